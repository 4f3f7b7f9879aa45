namespace AsyncTour.Concurrency.Bench;

/// <summary>One way to run a job over many inputs, at most so many at once.</summary>
/// <param name="Name">As it stands in the report.</param>
/// <param name="Results">What it gives back: nothing, results in input order, in completion order.</param>
/// <param name="RunAsync">Runs the job over 0 up to the first number, with the second as its bound.</param>
public sealed record Contender(string Name, string Results, Func<int, int, Func<int, ValueTask<int>>, Task> RunAsync);
