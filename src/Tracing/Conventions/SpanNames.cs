using System.Collections.Concurrent;

namespace AsyncTour.Tracing.Conventions;

/// <summary>The names of this project's spans: a verb's noun and one word of low cardinality, never an id.</summary>
public static class SpanNames
{
    /// <summary>What every run span's name starts with.</summary>
    public const string RunPrefix = "run ";

    /// <summary>What every job span's name starts with.</summary>
    public const string JobPrefix = "job ";

    // One string per kind instead of one per job. Kinds are registered handlers, so there are few of them.
    private static readonly ConcurrentDictionary<string, string> Jobs = new(StringComparer.Ordinal);

    public static string Run(string strategy) => RunPrefix + strategy;

    public static string Job(string kind) => Jobs.GetOrAdd(kind, static k => JobPrefix + k);
}
