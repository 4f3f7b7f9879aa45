namespace AsyncTour.Concurrency.Waiting;

/// <summary>What a wait came back with: the futures that are done and those that are not, each in the order they were given.</summary>
/// <param name="Done">Settled, one way or another.</param>
/// <param name="Pending">Still going on: a wait cancels nothing.</param>
public readonly record struct Waited<TFuture>(IReadOnlyList<TFuture> Done, IReadOnlyList<TFuture> Pending);
