using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using AsyncTour.Concurrency.Pools;
using AsyncTour.Grains.Jobs;

namespace AsyncTour.Grains.Runs;

/// <summary>
/// The run's input: a bounded buffer between the client, which appends, and the strategy, which takes. The bound is
/// what makes a long input lazy: a client is held back once the buffer is full.
/// </summary>
internal sealed class JobIntake(int capacity) : IJobSource<Job>
{
    private readonly Queue<Job> _waiting = new();
    private readonly Pulse _arrived = new();
    private readonly Pulse _taken = new();

    /// <summary>Jobs taken in so far.</summary>
    public int Received { get; private set; }

    /// <summary>Whether the last job has been taken in.</summary>
    public bool IsSealed { get; private set; }

    private bool IsFull => _waiting.Count >= capacity;

    /// <summary>Takes in what there is room for, passing over jobs it already has. Answers how many are new.</summary>
    public int Offer(ImmutableArray<Job> jobs)
    {
        if (!jobs.IsEmpty && jobs[0].Index > Received)
        {
            throw new RefusedException($"job {jobs[0].Index} was offered, but the run has {Received} jobs; offer them in order");
        }

        var before = Received;
        foreach (var job in jobs.AsSpan())
        {
            if (job.Index == Received && !IsFull)
            {
                _waiting.Enqueue(job);
                Received++;
            }
        }

        if (Received > before)
        {
            _arrived.Beat();
        }

        return Received - before;
    }

    public void Seal()
    {
        IsSealed = true;
        _arrived.Beat();
    }

    /// <summary>Waits until there is room, at most so long.</summary>
    public Task WaitForRoom(TimeSpan wait, TimeProvider time) => IsFull ? _taken.NextWithin(wait, time) : Task.CompletedTask;

    /// <summary>Takes back every job that nobody took; the input is closed.</summary>
    public IReadOnlyList<Job> TakeRest()
    {
        var rest = _waiting.ToArray();
        _waiting.Clear();
        Seal();
        _taken.Beat();
        return rest;
    }

    public bool TryTake([MaybeNullWhen(false)] out Job job)
    {
        if (!_waiting.TryDequeue(out job))
        {
            return false;
        }

        // Woken at half, a client sends a batch worth sending rather than one job at a time.
        if (_waiting.Count == capacity / 2)
        {
            _taken.Beat();
        }

        return true;
    }

    public async ValueTask<bool> WaitToTakeAsync(CancellationToken cancellation)
    {
        while (_waiting.Count == 0)
        {
            if (IsSealed)
            {
                return false;
            }

            await _arrived.Next.WaitAsync(cancellation);
        }

        return true;
    }
}
