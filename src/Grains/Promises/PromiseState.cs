using Orleans;

namespace AsyncTour.Grains.Promises;

/// <summary>Where a promise is in its life. Once it has left <see cref="Pending"/> and <see cref="Running"/> it never goes back.</summary>
[GenerateSerializer, Alias("asynctour.PromiseState")]
public enum PromiseState
{
    /// <summary>Nobody has settled it yet.</summary>
    Pending,

    /// <summary>A worker is at it: only a job's promise is ever in this state.</summary>
    Running,

    /// <summary>Settled with a value.</summary>
    Done,

    /// <summary>Settled with an error.</summary>
    Failed,

    /// <summary>Settled without either.</summary>
    Cancelled,

    /// <summary>Nobody settled or read it for its time to live, so what it held is gone; its name is kept once as long again, to say so.</summary>
    Forgotten,
}

/// <summary>The words for a state, as JSON, spans and the console write them.</summary>
public static class PromiseStateText
{
    /// <summary>The word for a state: <c>pending</c>, <c>done</c>, <c>cancelled</c>, …</summary>
    public static string ToText(this PromiseState state) => state switch
    {
        PromiseState.Pending => "pending",
        PromiseState.Running => "running",
        PromiseState.Done => "done",
        PromiseState.Failed => "failed",
        PromiseState.Cancelled => "cancelled",
        PromiseState.Forgotten => "forgotten",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "not a promise's state"),
    };
}
