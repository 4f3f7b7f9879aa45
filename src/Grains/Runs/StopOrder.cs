using AsyncTour.Grains.Jobs;

namespace AsyncTour.Grains.Runs;

/// <summary>
/// Why a run stops early, and how the jobs it stops are to count. The first order given stands: a run that was timed
/// out stays timed out when it is cancelled after that.
/// </summary>
internal sealed class StopOrder : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Set when the order is given; running jobs see it.</summary>
    public CancellationToken Token => _stopping.Token;

    /// <summary>One sentence; <c>null</c> while no order has been given.</summary>
    public string? Reason { get; private set; }

    /// <summary>How a job that this order stopped counts.</summary>
    public JobStatus StoppedAs { get; private set; }

    /// <summary>Gives the order; answers whether it was the first.</summary>
    public bool Give(string reason, JobStatus stoppedAs)
    {
        if (Reason is not null)
        {
            return false;
        }

        Reason = reason;
        StoppedAs = stoppedAs;
        _stopping.Cancel();
        return true;
    }

    public void Dispose() => _stopping.Dispose();
}
