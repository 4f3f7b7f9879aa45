using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using AsyncTour.Concurrency.Pools;
using AsyncTour.Grains.Jobs;
using AsyncTour.Tracing.Conventions;

namespace AsyncTour.Grains.Runs;

/// <summary>
/// The run's input: a bounded buffer between the client, which appends, and the strategy, which takes. The bound is
/// what makes a long input lazy: a client is held back once the buffer is full.
/// </summary>
/// <param name="capacity">Most jobs that wait here.</param>
/// <param name="mayHold">Whether a limit may hold a job back after it was taken; such jobs are kept track of until they start.</param>
internal sealed class JobIntake(int capacity, bool mayHold) : IJobSource<Job>
{
    private readonly SortedDictionary<int, Job> _held = [];
    private readonly Queue<Job> _waiting = new();
    private readonly SubmissionTimes _times = new();
    private readonly Pulse _arrived = new();
    private readonly Pulse _taken = new();

    /// <summary>Jobs taken in so far.</summary>
    public int Received { get; private set; }

    /// <summary>Jobs that nobody has taken yet.</summary>
    public int Waiting => _waiting.Count;

    /// <summary>Whether the last job has been taken in.</summary>
    public bool IsSealed { get; private set; }

    /// <summary>Why there are no more, if nobody said that there are none; <c>null</c> otherwise.</summary>
    public string? Loss { get; private set; }

    private bool _waited;

    /// <summary>Those of the jobs offered that are new and for which there is room. Takes nothing in yet.</summary>
    public ImmutableArray<Job> Fitting(ImmutableArray<Job> jobs)
    {
        if (jobs.IsEmpty)
        {
            return [];
        }

        if (jobs[0].Index > Received)
        {
            throw new RefusedException($"job {jobs[0].Index} was offered, but the run has {Received} jobs; offer them in order");
        }

        var known = Math.Min(jobs.Length, Received - jobs[0].Index);
        var room = Math.Max(0, capacity - _waiting.Count);
        return jobs.Slice(known, Math.Min(room, jobs.Length - known));
    }

    /// <summary>Takes jobs in.</summary>
    /// <param name="now">The clock's timestamp.</param>
    public void Take(ImmutableArray<Job> jobs, long now)
    {
        foreach (var job in jobs.AsSpan())
        {
            _waiting.Enqueue(job);
        }

        Received += jobs.Length;
        _times.Add(Received, now);
        _arrived.Beat();
    }

    /// <summary>Puts back what an earlier coordinator had taken in and not finished.</summary>
    public void Restore(IEnumerable<Job> jobs, int received, bool isSealed)
    {
        foreach (var job in jobs)
        {
            _waiting.Enqueue(job);
        }

        (Received, IsSealed) = (received, isSealed);
        _times.Forget(received);
    }

    /// <summary>How long a job has waited since it came in; <c>null</c> when an earlier coordinator took it in.</summary>
    public TimeSpan? Queued(int index, TimeProvider time) => _times.Of(index) is { } since ? time.GetElapsedTime(since) : null;

    /// <summary>A job that was taken has started: no limit holds it any more.</summary>
    public void Started(Job job)
    {
        if (mayHold)
        {
            _held.Remove(job.Index);
        }
    }

    /// <summary>A job that has not started; <c>null</c> if it has.</summary>
    public Job? Find(int index) => _held.GetValueOrDefault(index) ?? _waiting.FirstOrDefault(job => job.Index == index);

    /// <summary>Why the job just taken was late, if the input had nothing to give before it; asked once per job.</summary>
    public string? TakeWaited()
    {
        var waited = _waited;
        _waited = false;
        return waited ? WaitCauses.Input : null;
    }

    public void Seal()
    {
        IsSealed = true;
        _arrived.Beat();
    }

    /// <summary>Closes the input because whoever fed it has gone.</summary>
    public void Lose()
    {
        Loss = $"its client was lost before the input ended; {(Received == 1 ? "1 job was" : $"{Received} jobs were")} given";
        Seal();
    }

    /// <summary>
    /// Waits until half the buffer is free, at most so long. One free place would be room, but a client that is let in for
    /// every one of them offers its batch once per job.
    /// </summary>
    public Task WaitForRoom(TimeSpan wait, TimeProvider time) =>
        _waiting.Count > capacity / 2 ? _taken.NextWithin(wait, time) : Task.CompletedTask;

    /// <summary>Takes back every job that has not started; the input is closed.</summary>
    public IReadOnlyList<Job> TakeRest()
    {
        Job[] rest = [.. _held.Values, .. _waiting];
        _held.Clear();
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

        if (mayHold)
        {
            _held.Add(job.Index, job);
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

            await _arrived.NextAsync(cancellation);
            _waited = true;
        }

        return true;
    }
}
