using AsyncTour.Grains.Jobs;

namespace AsyncTour.Simulation.Plans;

/// <summary>Everything that one simulated run depends on: the same plan has the same history, to the last message.</summary>
public sealed record Plan
{
    /// <summary>Decides the durations, the order of turns, the latencies and the faults.</summary>
    public required int Seed { get; init; }

    /// <summary>Silos, from 1. Default 5.</summary>
    public int Silos { get; init; } = 5;

    /// <summary>Jobs, from 1. Default 100.</summary>
    public int Jobs { get; init; } = 100;

    /// <summary>Workers. Default 10; the same on every machine, unlike <c>run</c>'s.</summary>
    public int MaxWorkers { get; init; } = 10;

    /// <summary>The strategy. Default <c>pool</c>.</summary>
    public string Strategy { get; init; } = "pool";

    /// <summary>The kind of job: <c>sleep</c>, <c>block</c>, <c>spin</c> or <c>fail</c>. Default <c>sleep</c>.</summary>
    public string Kind { get; init; } = "sleep";

    /// <summary>How long a job takes. Default 50 ms.</summary>
    public DurationDistribution Duration { get; init; } = Read("50ms");

    /// <summary>How long a message is on its way between silos, and between a silo and the client. Default 200 µs.</summary>
    public DurationDistribution Latency { get; init; } = Read("200us");

    /// <summary>How long one message keeps the grain that gets it busy. Default: no time.</summary>
    public TimeSpan TurnCost { get; init; }

    /// <summary>How much later than they were set for timers ring, and so how much longer a sleeping job takes. Default: no time.</summary>
    public TimeSpan TimerLateness { get; init; }

    /// <summary>Partitions of the run, each feeding its share of the workers. Default 1.</summary>
    public int Partitions { get; init; } = 1;

    /// <summary>Promises that three rivals each try to settle meanwhile. Default 0.</summary>
    public int Promises { get; init; }

    /// <summary>Crashes per silo and minute of virtual time, while faults last. Default 0.</summary>
    public double CrashRate { get; init; }

    /// <summary>Share of messages lost, while faults last. Default 0.</summary>
    public double Loss { get; init; }

    /// <summary>Partitions of the network per minute of virtual time, while faults last. Default 0.</summary>
    public double PartitionRate { get; init; }

    /// <summary>How long faults last; after that all silos are up and the network is whole. Default 2 min.</summary>
    public TimeSpan FaultsFor { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The time limit of one job; none by default.</summary>
    public TimeSpan? JobTimeout { get; init; }

    /// <summary>The time limit of the run; none by default.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How often a failed job is tried again. Default 0.</summary>
    public int Retries { get; init; }

    /// <summary>Whether a job whose silo died, or whose answer was lost, is left <c>unknown</c>.</summary>
    public bool AtMostOnce { get; init; }

    public bool HasFaults => CrashRate > 0 || Loss > 0 || PartitionRate > 0;

    /// <summary>The most jobs that may run at once.</summary>
    public int Bound => Strategy switch
    {
        "sequential" => 1,
        "wait-all" => Jobs,
        _ => MaxWorkers,
    };

    internal static DurationDistribution Read(string text) =>
        DurationDistribution.TryParse(text, out var distribution) ? distribution : throw new FormatException($"'{text}' is not a distribution; {DurationDistribution.Allowed}");
}
