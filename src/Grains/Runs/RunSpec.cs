using Orleans;

namespace AsyncTour.Grains.Runs;

/// <summary>How a run treats its jobs; the jobs themselves come as they are appended.</summary>
[GenerateSerializer, Immutable, Alias("asynctour.RunSpec")]
public sealed record RunSpec
{
    /// <summary>Most workers a run may have.</summary>
    public const int MostWorkers = 1_000_000;

    /// <summary>How many jobs run when: <c>sequential</c>, <c>wait-all</c>, <c>first-completed</c>, <c>pool</c> or <c>executor</c>.</summary>
    [Id(0)]
    public required string Strategy { get; init; }

    /// <summary>
    /// Workers, and so the most jobs at once; <c>null</c> for the strategy's own: 1 for <c>sequential</c>, one per job for
    /// <c>wait-all</c>, and Python's min(32, cores + 4) for the others.
    /// </summary>
    [Id(1)]
    public int? MaxWorkers { get; init; }

    /// <summary>After this long the run stops: running jobs are stopped and count as timed out. <c>null</c>: never.</summary>
    [Id(2)]
    public TimeSpan? Timeout { get; init; }

    /// <summary>After this long one job is stopped and counts as timed out. <c>null</c>: never.</summary>
    [Id(3)]
    public TimeSpan? JobTimeout { get; init; }

    /// <summary>What a failure means for the others: <c>collect</c> (default), <c>fail-fast</c> or <c>stop:N</c>.</summary>
    [Id(4)]
    public string OnError { get; init; } = "collect";

    /// <summary>How often a failed job is tried again before its failure counts. Default 0.</summary>
    [Id(5)]
    public int Retries { get; init; }

    /// <summary>Whether a job whose silo died, or whose answer was lost, is left <c>unknown</c> rather than run again.</summary>
    [Id(6)]
    public bool AtMostOnce { get; init; }

    /// <summary>How many workers run one unreported job each before the run's clock starts. Default 0: a cold run.</summary>
    [Id(7)]
    public int WarmWorkers { get; init; }

    /// <summary>Most jobs with one key at once; <c>null</c>: no such bound.</summary>
    [Id(8)]
    public int? PerKey { get; init; }

    /// <summary>Most starts per unit of time, such as <c>50/s</c>; <c>null</c>: no such bound.</summary>
    [Id(9)]
    public string? Rate { get; init; }

    /// <summary>Stop once this many jobs, or this share (<c>50%</c>), have succeeded; <c>null</c>: run all.</summary>
    [Id(10)]
    public string? Until { get; init; }

    /// <summary>
    /// How long nothing need be heard of whoever feeds the run before its input counts as ended; the jobs it has then run to
    /// their end. Every <see cref="IRunGrain.Append"/> is a sign of life. Default 60 s; <c>null</c>: wait for ever.
    /// </summary>
    [Id(11)]
    public TimeSpan? InputLease { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Most partitions a run may have.</summary>
    public const int MostPartitions = 1_000;

    /// <summary>
    /// Over how many partition coordinators the workers are divided. Default 1: one coordinator feeds them all. More let a
    /// run have more workers than one grain can feed; jobs then start in input order within each partition.
    /// </summary>
    [Id(12)]
    public int Partitions { get; init; } = 1;
}
