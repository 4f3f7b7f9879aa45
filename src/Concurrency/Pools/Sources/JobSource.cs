using System.Threading.Channels;

namespace AsyncTour.Concurrency.Pools;

/// <summary>Makes sources of jobs from the collections .NET already has. All of them are lazy.</summary>
public static class JobSource
{
    /// <summary>Jobs from a sequence, which is advanced once per job taken and never ahead of it.</summary>
    public static IJobSource<TJob> From<TJob>(IEnumerable<TJob> jobs)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        return new SequenceSource<TJob>(jobs);
    }

    /// <summary>Jobs from an asynchronous sequence. Idle workers wait for its next item together, with one call.</summary>
    public static IJobSource<TJob> From<TJob>(IAsyncEnumerable<TJob> jobs)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        return new AsyncSequenceSource<TJob>(jobs);
    }

    /// <summary>Jobs from a channel, until its writer completes it. A channel completed with an error ends the run with it.</summary>
    public static IJobSource<TJob> From<TJob>(ChannelReader<TJob> jobs)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        return new ChannelSource<TJob>(jobs);
    }
}
