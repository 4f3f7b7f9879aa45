using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using AsyncTour.Grains.Turns;
using JobStatus = AsyncTour.Grains.Jobs.JobStatus;
using Outcome = AsyncTour.Grains.Jobs.Outcome;

namespace AsyncTour.Grains.Runs.Partitions;

/// <summary>
/// One epoch of a partition: the run's strategy over this partition's workers, and the outcomes that the coordinator has not
/// read yet.
/// </summary>
internal sealed class Partition : IDisposable
{
    // Outcomes wait at most so long for others to share their page.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(10);

    private readonly PartitionSpec _spec;
    private readonly RunPolicies _policies;
    private readonly Workers _workers;
    private readonly TimeProvider _time;
    private readonly StopOrder _stop = new();
    private readonly JobStops _stops;
    private readonly JobDispatch _dispatch;
    private readonly List<IdleNote> _waits = [];
    private readonly IdleNotes _idle;
    private readonly DealtJobs _dealt = new();
    private readonly List<Outcome> _ended = [];
    private readonly Pulse _news = new();
    private int _forgotten;
    private int _running;
    private int _runningWhenRead;
    private long _newSince;
    private Task? _working;

    public Partition(PartitionSpec spec, Workers workers, Random random, TimeProvider time)
    {
        _spec = spec;
        _policies = RunPolicies.Of(spec.Run);
        _workers = workers;
        _time = time;
        _stops = new JobStops(_stop);
        _idle = new IdleNotes(null, time, spec.NotesWaits ? _waits : null);
        _dispatch = new JobDispatch(spec.Run, _policies.Retry, workers, _stop, _stops, random, time, spec.IsWarmUp);
    }

    public long Epoch => _spec.Epoch;

    private bool HasNews => _ended.Count > 0 || _running != _runningWhenRead;

    private bool IsStopped => _stop.Reason is not null && _working is null or { IsCompleted: true };

    // A coordinator that does not hear of these now would leave workers without jobs, or wait for nothing.
    private bool IsUrgent => IsStopped || (_ended.Count > 0 && _dealt.Count <= _running / 4);

    public void Give(int before, ImmutableArray<DealtJob> jobs)
    {
        _dealt.Add(before, jobs, _time.GetTimestamp());
        _working ??= _policies.Strategy.RunAsync(_dealt, RunJobAsync, _stop.Token);
    }

    public async Task<PartitionPage> ReadAsync(int cursor, TimeSpan wait)
    {
        Forget(cursor);
        var asked = _time.GetTimestamp();
        while (!IsUrgent)
        {
            var left = wait - _time.GetElapsedTime(asked);
            if (HasNews && Patience - _time.GetElapsedTime(_newSince) is var patience && patience < left)
            {
                left = patience;
            }

            // Timers count in milliseconds: less than one would be no wait at all.
            if (left < TimeSpan.FromMilliseconds(1))
            {
                break;
            }

            await _news.NextWithin(left, _time);
        }

        // A bug in here must not look like a partition at work.
        if (_working is { IsFaulted: true })
        {
            await _working;
        }

        Forget(cursor);
        (_runningWhenRead, _newSince) = (_running, 0);
        var page = new PartitionPage(
            IsKnown: true, [.. _ended.Take(RunLimits.LargestBatch)], _running, IsStopped && _ended.Count <= RunLimits.LargestBatch,
            [.. _waits.Select(wait => wait with { Worker = _workers.NumberOf(wait.Worker) })]);
        _waits.Clear();
        return page;
    }

    public void Stop(string reason, JobStatus stoppedAs)
    {
        if (_stop.Give(reason, stoppedAs))
        {
            _ = TellStoppedAsync();
        }
    }

    /// <summary>Stops it, and ends when nothing of it is running any more.</summary>
    public async Task StopAsync(string reason, JobStatus stoppedAs)
    {
        Stop(reason, stoppedAs);
        await (_working ?? Task.CompletedTask);
        _dispatch.Dispose();
    }

    public void StopJob(int index, string reason)
    {
        if (!_stops.Stop(index, reason) && _dealt.Find(index) is { } job)
        {
            _stops.Strike(index);
            Note(Outcome.StoppedBeforeStart(job, reason, _time.GetUtcNow()));
        }
    }

    public bool IsRunning(int index) => _stops.IsRunning(index);

    /// <summary>The run is over: nothing more will come.</summary>
    public async Task RetireAsync()
    {
        await StopAsync("the run is over", JobStatus.Cancelled);
        await _workers.RetireAsync();
    }

    public void Dispose()
    {
        _dispatch.Dispose();
        _stop.Dispose();
    }

    [AsyncMethodBuilder(typeof(TurnMethodBuilder))]
    private async ValueTask RunJobAsync((DealtJob Dealt, long At) taken, int lane)
    {
        var job = taken.Dealt.Job;
        if (_stops.TakeStruck(job.Index))
        {
            return;
        }

        _idle.Start(lane, taken.Dealt.WaitCause);
        _running++;
        Tell();
        var outcome = await _dispatch.RunAsync(job, lane, taken.Dealt.Attempt, taken.Dealt.Queued + _time.GetElapsedTime(taken.At), _idle);
        _stops.End(lane);
        _running--;
        _idle.Free(lane);
        Note(taken.Dealt.HeldBy is null ? outcome : outcome with { HeldBy = taken.Dealt.HeldBy });
    }

    private void Note(Outcome outcome)
    {
        _ended.Add(outcome);
        Tell();
    }

    // Readers are woken by the first news, to begin their wait for more, and again when they should wait no longer.
    private void Tell()
    {
        var isFirst = _newSince == 0;
        if (isFirst)
        {
            _newSince = _time.GetTimestamp();
        }

        if (isFirst || IsUrgent)
        {
            _news.Beat();
        }
    }

    private async Task TellStoppedAsync()
    {
        // However it ended: a reader hears of a bug too.
        await Task.WhenAny(_working ?? Task.CompletedTask);
        _news.Beat();
    }

    private void Forget(int cursor)
    {
        var read = cursor - _forgotten;
        if (read > 0)
        {
            _ended.RemoveRange(0, read);
            _forgotten = cursor;
        }
    }
}
