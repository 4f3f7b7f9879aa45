using System.Diagnostics;
using System.Runtime.InteropServices;
using AsyncTour.Tracing.Analysis;
using AsyncTour.Tracing.Conventions;

namespace AsyncTour.Tracing.Rendering.Page;

/// <summary>A job's attributes, read off its span in one walk.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct JobTags
{
    public string? RunId { get; private init; }

    public bool Warmup { get; private init; }

    private int Index { get; init; }

    private int Worker { get; init; }

    private int Attempt { get; init; }

    private string? Status { get; init; }

    private string? Key { get; init; }

    private string? Silo { get; init; }

    private double? Queued { get; init; }

    public static JobTags Of(Activity job)
    {
        var tags = new JobTags { Index = -1, Worker = -1, Attempt = 1 };
        foreach (ref readonly var tag in job.EnumerateTagObjects())
            tags = tags.With(tag.Key, tag.Value);
        return tags;
    }

    public JobBar On(JobBar bar) => bar with
    {
        Index = Index,
        Worker = Worker,
        Attempt = Attempt,
        Status = Status ?? "",
        Key = Key,
        Silo = Silo,
        Queued = Queued is { } seconds && double.IsFinite(seconds) ? TimeSpan.FromSeconds(seconds) : bar.Queued,
    };

    private JobTags With(string key, object? value) => key switch
    {
        AttributeNames.RunId => this with { RunId = value as string },
        AttributeNames.JobIndex => this with { Index = value as int? ?? -1 },
        AttributeNames.JobWorker => this with { Worker = value as int? ?? -1 },
        AttributeNames.JobAttempt => this with { Attempt = value as int? ?? 1 },
        AttributeNames.JobStatus => this with { Status = value as string },
        AttributeNames.JobKey => this with { Key = value as string },
        AttributeNames.JobWarmup => this with { Warmup = value is true },
        AttributeNames.JobQueued => this with { Queued = value as double? },
        AttributeNames.Silo => this with { Silo = value as string },
        _ => this,
    };
}
