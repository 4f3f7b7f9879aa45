using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using AsyncTour.Concurrency.Pools;
using AsyncTour.Grains.Jobs;

namespace AsyncTour.Grains.Runs.Partitions;

/// <summary>Jobs that a partition was given and has not started, with the time at which each came.</summary>
internal sealed class DealtJobs : IJobSource<(DealtJob Dealt, long At)>
{
    private readonly Queue<(DealtJob Dealt, long At)> _waiting = new();
    private readonly Pulse _arrived = new();
    private int _received;

    public int Count => _waiting.Count;

    /// <summary>Takes jobs in; those that were given before are passed over.</summary>
    public void Add(int before, ImmutableArray<DealtJob> jobs, long now)
    {
        if (before > _received)
        {
            throw new InvalidOperationException($"{before} jobs are said to have been given before, and {_received} were, which is a bug in the coordinator.");
        }

        foreach (var job in jobs.AsSpan()[Math.Min(jobs.Length, _received - before)..])
        {
            _waiting.Enqueue((job, now));
            _received++;
        }

        _arrived.Beat();
    }

    /// <summary>A job that has not started; <c>null</c> if it has, or was never here.</summary>
    public Job? Find(int index) => _waiting.FirstOrDefault(one => one.Dealt.Job.Index == index).Dealt?.Job;

    public bool TryTake([MaybeNullWhen(false)] out (DealtJob Dealt, long At) job) => _waiting.TryDequeue(out job);

    /// <summary>Never ends by itself: the coordinator says when there is no more, by stopping the partition.</summary>
    public async ValueTask<bool> WaitToTakeAsync(CancellationToken cancellation)
    {
        while (_waiting.Count == 0)
        {
            await _arrived.NextAsync(cancellation);
        }

        return true;
    }
}
