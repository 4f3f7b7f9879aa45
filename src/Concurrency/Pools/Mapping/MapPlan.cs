namespace AsyncTour.Concurrency.Pools;

/// <summary>
/// What a map is to do: its jobs, how many they are if the input can tell without being pulled, what runs each, in
/// which order outcomes are read, and under which policies.
/// </summary>
internal sealed record MapPlan<TInput, TResult>(
    IJobSource<TInput> Source,
    long? KnownTotal,
    Func<TInput, CancellationToken, ValueTask<TResult>> Function,
    bool InInputOrder,
    PoolOptions Options,
    JobRunner Runner);
