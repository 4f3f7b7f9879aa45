using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using AsyncTour.Concurrency.Pools;
using AsyncTour.Grains.Jobs;
using AsyncTour.Grains.Runs.Journal;
using AsyncTour.Grains.Runs.Log;
using AsyncTour.Grains.Runs.Partitions;
using AsyncTour.Grains.Turns;
using AsyncTour.Tracing.Conventions;
using Orleans;
using JobStatus = AsyncTour.Grains.Jobs.JobStatus;
using Outcome = AsyncTour.Grains.Jobs.Outcome;

namespace AsyncTour.Grains.Runs;

/// <summary>
/// One run under way, inside its coordinator grain: the strategy takes jobs from the intake and hands each to a worker;
/// what comes back goes through the ledger into the log.
/// </summary>
internal sealed partial class Run : IDisposable
{
    private readonly RunSpec _spec;
    private readonly RunPolicies _policies;
    private readonly Workers _workers;
    private readonly RunJournal? _journal;
    private readonly TimeProvider _time;
    private readonly bool _isRehearsal;
    private readonly StopOrder _stop = new();
    private readonly JobStops _stops;
    private readonly IdealMeter _ideal;
    private readonly JobDispatch _dispatch;
    private IdleNotes _idle;
    private IJobSource<Job> _input;
    private Ledger _ledger;
    private int _peak;
    private long _start;
    private long _lastEnd;
    private TimeSpan _wallBefore;
    private RunStatus? _end;
    private bool _isGoalMet;
    private string? _traceId;
    private int _mayHaveStarted;
    private Activity? _span;
    private int _earlier;
    private volatile bool _isLeft;

    public Run(
        string id, RunSpec spec, Workers workers, RunJournal? journal, Random random, TimeProvider time, bool isRehearsal = false, IGrainFactory? partitions = null)
    {
        Id = id;
        _spec = spec;
        _policies = RunPolicies.Of(spec);
        _workers = workers;
        _journal = journal;
        _time = time;
        _isRehearsal = isRehearsal;
        _ideal = new IdealMeter(_policies.Strategy.MaxWorkers);
        _idle = new IdleNotes(null, time);
        _stops = new JobStops(_stop);
        _dispatch = new JobDispatch(spec, _policies.Retry, workers, _stop, _stops, random, time, isRehearsal);
        _partitions = spec.Partitions > 1 ? partitions : null;
        _epochs = new Epochs(time);
        _partitioning = _partitions is null ? null : new Partitioning(_partitions, id, spec, _policies.Strategy.MaxWorkers, this, _epochs, time);
        Intake = new JobIntake(Math.Max(RunLimits.LargestBatch * 2, (_policies.Strategy.MaxWorkers ?? 0) * 2), _policies.MayHoldJobs);
        _input = Intake;
    }

    public string Id { get; }

    public string Strategy => _policies.Strategy.Name;

    public JobIntake Intake { get; }

    public TimeSpan? InputLease => _spec.InputLease;

    public OutcomeLog Log { get; } = new();

    public DateTimeOffset Started { get; private set; }

    public TimeSpan WarmUp { get; private set; }

    public bool HasEnded => _end is not null;

    /// <summary>Whether no further job will start, because the run was told to stop or has ended.</summary>
    public bool IsStopping => HasEnded || _stop.Reason is not null;

    /// <summary>What is kept of the run as it is now.</summary>
    public RunRecord Record => new()
    {
        Spec = _spec,
        Started = Started,
        WarmUp = WarmUp,
        // Only what was said is kept: a next coordinator gives the feeder a lease of its own.
        IsSealed = Intake.IsSealed && Intake.Loss is null,
        StopReason = _stop.Reason,
        StoppedAs = _stop.StoppedAs,
        End = _end,
    };

    /// <summary>Takes jobs in, as many as there is room for, once they are safe. Answers how many the run has in all.</summary>
    public async ValueTask<int> SubmitAsync(ImmutableArray<Job> jobs)
    {
        var fitting = Intake.Fitting(jobs);
        if (_journal is not null)
        {
            await _journal.WriteAsync(fitting);
        }

        if (IsStopping || fitting.IsEmpty)
        {
            return IsStopping ? IRunGrain.WantsNoMore : Intake.Received;
        }

        _ledger.Submit(fitting.Length);
        Intake.Take(fitting, _time.GetTimestamp());
        _span?.SetTag(AttributeNames.RunJobs, _ledger.Submitted);
        return Intake.Received;
    }

    /// <summary>Takes up a run where an earlier coordinator left it.</summary>
    public void Resume(RunRecord record, List<Job> jobs, List<Outcome> outcomes)
    {
        (Started, WarmUp, _end) = (record.Started, record.WarmUp, record.End);
        _wallBefore = _time.GetUtcNow() - record.Started;
        _ledger.Submit(jobs.Count);
        foreach (var outcome in outcomes)
        {
            _ledger.Recount(outcome.Status);
            _earlier += outcome.Status == JobStatus.NotStarted ? 0 : 1;
            _ideal.Finish(_ideal.Start(), outcome.Duration);
            Log.Add(outcome);
        }

        if (record.End is not null)
        {
            Log.Complete();
            return;
        }

        var ended = outcomes.Select(outcome => outcome.Index).ToHashSet();
        Intake.Restore(jobs.Where(job => !ended.Contains(job.Index)), jobs.Count, record.IsSealed);

        // Any of the first unfinished jobs, as many as there are workers, may have been on a worker when the silo died.
        _mayHaveStarted = _partitioning?.MostInFlight ?? _policies.Strategy.MaxWorkers ?? int.MaxValue;
        if (record.StopReason is { } reason)
        {
            _stop.Give(reason, record.StoppedAs);
        }
    }

    public void Stop(string reason, JobStatus stoppedAs)
    {
        if (!HasEnded && _stop.Give(reason, stoppedAs))
        {
            _idle.Draining();
        }
    }

    /// <summary>One job, once it has ended or after the wait.</summary>
    public async Task<JobLook> LookAsync(int index, TimeSpan wait)
    {
        if (index < 0 || index >= Intake.Received)
        {
            throw new RefusedException($"the run '{Id}' has {Intake.Received} jobs, and so no job {index}; they count from 0");
        }

        return await Log.FindAsync(index, wait, _time) is { } outcome
            ? new JobLook(outcome, true, Started)
            : new JobLook(await JobNowAsync(index), false, Started);
    }

    /// <summary>Stops one job; the run goes on. One that has not started ends here and now.</summary>
    public async Task StopJobAsync(int index, string reason)
    {
        if ((_partitioning is not null && await _partitioning.StopJobAsync(index, reason))
            || _stops.Stop(index, reason) || IsStopping || Intake.Find(index) is not { } job)
        {
            return;
        }

        _stops.Strike(index);
        _ledger.Start();
        _ledger.Finish(JobStatus.Cancelled);
        Note(Outcome.StoppedBeforeStart(job, reason, _time.GetUtcNow()));
    }

    /// <summary>
    /// Leaves the run as it is because this silo stops: nothing more starts, and a job whose answer the stopping silo
    /// loses gets no outcome from here. <see cref="RunAsync"/> then never ends; the next coordinator reads the journal.
    /// </summary>
    public void Leave()
    {
        _isLeft = !HasEnded;
        _dispatch.Dispose();
    }

    /// <summary>Runs every job to its outcome. Ends when nothing of the run is running any more.</summary>
    public async Task RunAsync()
    {
        using var span = _isRehearsal ? null : TourActivitySource.StartRun(Strategy, Id, _policies.Strategy.MaxWorkers ?? Intake.Received, null);
        _span = span;
        _traceId = span?.TraceId.ToHexString();
        span?.SetTag(AttributeNames.RunJobs, _ledger.Submitted);
        if (_earlier > 0)
        {
            span?.SetTag(AttributeNames.RunEarlier, _earlier);
        }

        _idle = new IdleNotes(span, _time, _isRehearsal ? [] : null);
        _input = _policies.Limited(Intake, _time);
        _start = _time.GetTimestamp();
        if (_wallBefore == TimeSpan.Zero)
        {
            Started = _time.GetUtcNow();
        }

        using var ended = new CancellationTokenSource();
        var timeout = _spec.Timeout is { } limit ? StopAfterAsync(limit, ended.Token) : Task.CompletedTask;
        try
        {
            await (_partitioning is null ? _policies.Strategy.RunAsync(_input, RunJobAsync, _stop.Token) : RunPartitionedAsync(_partitioning));
        }
        catch (Exception e)
        {
            Stop($"the coordinator broke: {e.Message}", JobStatus.Cancelled);
            throw;
        }
        finally
        {
            ended.Cancel();
            _dispatch.Dispose();
            await timeout;
            await EndAsync(span);
        }
    }

    public RunStatus Status() => _end ?? new()
    {
        RunId = Id,
        State = _stop.Reason is null ? RunState.Running : RunState.Stopping,
        StopReason = _stop.Reason,
        IsGoalMet = _isGoalMet,
        InputLoss = Intake.Loss,
        Strategy = Strategy,
        MaxWorkers = _policies.Strategy.MaxWorkers ?? Intake.Received,
        Ledger = _ledger,
        Started = Started,
        Wall = _start == 0 ? _wallBefore : _wallBefore + _time.GetElapsedTime(_start),
        Ideal = _ideal.Ideal,
        PeakConcurrency = _peak,
        WarmUp = WarmUp,
        TraceId = _traceId,
        Partitions = _spec.Partitions,
    };

    public void Dispose()
    {
        _dispatch.Dispose();
        _stop.Dispose();
    }

    /// <summary>Lets everyone go who worked for the run.</summary>
    public Task RetireAsync() => _partitioning?.CloseAsync() ?? _workers.RetireAsync();

    // A delay and not a timer: a timer's callback would not come back to the grain's scheduler.
    private async Task StopAfterAsync(TimeSpan limit, CancellationToken ended)
    {
        try
        {
            await Task.Delay(limit > _wallBefore ? limit - _wallBefore : TimeSpan.Zero, _time, ended);
            Stop($"the run's timeout of {Duration.Format(limit)} passed", JobStatus.TimedOut);
        }
        catch (OperationCanceledException)
        {
            // The run ended in time.
        }
    }

    private async Task<Outcome> JobNowAsync(int index)
    {
        var isRunning = _partitioning is null ? _stops.IsRunning(index) : await _partitioning.IsRunningAsync(index);
        return new Outcome(index, (_partitioning?.Find(index) ?? Intake.Find(index))?.Key ?? "", isRunning ? JobStatus.Running : JobStatus.NotStarted, null, null, -1, null, 0, default, default);
    }

    [AsyncMethodBuilder(typeof(TurnMethodBuilder))]
    private async ValueTask RunJobAsync(Job job, int worker)
    {
        await StayAsync();
        if (_stops.TakeStruck(job.Index))
        {
            Intake.Started(job);
            return;
        }

        var heldBy = _input.HeldBy;
        _idle.Start(worker, WaitCauseOf(heldBy));
        Intake.Started(job);
        _ledger.Start();
        _peak = Math.Max(_peak, _ledger.Running);
        var place = _ideal.Start();
        var outcome = await OutcomeOf(job, worker);
        _stops.End(worker);
        if (outcome.Status == JobStatus.Unknown || _journal?.Fault is not null)
        {
            await StayAsync();
        }

        _idle.Free(worker);
        Finish(heldBy is null ? outcome : outcome with { HeldBy = heldBy }, place);
    }

    private void Finish(Outcome outcome, int place)
    {
        _lastEnd = _time.GetTimestamp();
        _ideal.Finish(place, outcome.Duration);
        _ledger.Finish(outcome.Status);
        Note(outcome);
        Judge(outcome);
    }

    private string? WaitCauseOf(string? heldBy) =>
        heldBy is null ? Intake.TakeWaited() : heldBy.StartsWith("rate", StringComparison.Ordinal) ? WaitCauses.RateLimit : WaitCauses.KeyBusy;

    // Ends at once, or never once the run is left.
    private Task StayAsync() => _isLeft ? new TaskCompletionSource().Task : Task.CompletedTask;

    private ValueTask<Outcome> OutcomeOf(Job job, int worker)
    {
        var mayHaveStarted = TakeMayHaveStarted();
        return mayHaveStarted && _spec.AtMostOnce
            ? new(LostWithCoordinator(job))
            : _dispatch.RunAsync(job, worker, mayHaveStarted ? 2 : 1, Intake.Queued(job.Index, _time), _idle);
    }

    private static Outcome LostWithCoordinator(Job job) =>
        Outcome.NeverStarted(job, "the coordinator's silo died; the job may have been running") with { Status = JobStatus.Unknown, Attempt = 1 };

    // Whether the job taken now may have been under way when an earlier coordinator died; asked once per job.
    private bool TakeMayHaveStarted() => _mayHaveStarted > 0 && _mayHaveStarted-- > 0;

    private void Note(Outcome outcome)
    {
        if (_journal is null)
        {
            Log.Add(outcome);
        }
        else
        {
            _journal.Write(outcome, Log.Add);
            if (_journal.Fault is { } fault)
            {
                Stop($"the run's journal cannot be written: {fault.Message}", JobStatus.Cancelled);
            }
        }
    }

    // Whether this outcome ends the run: too many failures, or enough successes.
    private void Judge(Outcome outcome)
    {
        if (outcome.Status is JobStatus.Failed or JobStatus.TimedOut && _policies.OnError.ShouldStop(_ledger.Failed + _ledger.TimedOut))
        {
            Stop($"{_policies.OnError}: job {outcome.Index} failed with: {outcome.Error}", JobStatus.Cancelled);
        }
        else if (_policies.Until?.IsMet(_ledger.Succeeded, Intake.IsSealed ? _ledger.Submitted : null) == true && !IsStopping)
        {
            _isGoalMet = true;
            Stop($"{_ledger.Succeeded} of {_ledger.Submitted} jobs have succeeded, which was the goal ({_policies.Until})", JobStatus.Cancelled);
        }
    }

    private async Task EndAsync(Activity? span)
    {
        foreach (var job in (_partitioning?.NeverStarted ?? []).Concat(Intake.TakeRest()).Where(job => !_stops.TakeStruck(job.Index)))
        {
            Note(Outcome.NeverStarted(job, "not started: " + _stop.Reason));
        }

        var end = Status() with { State = RunState.Ended };
        if (_lastEnd != 0)
        {
            end = end with { Wall = _wallBefore + _time.GetElapsedTime(_start, _lastEnd) };
        }

        span?.SetTag(AttributeNames.RunJobs, _ledger.Submitted);
        span?.SetTag(AttributeNames.RunMaxWorkers, end.MaxWorkers);
        span?.SetTag(AttributeNames.RunNotStarted, _ledger.NotStarted);
        span?.SetTag(AttributeNames.RunUnknown, _ledger.Unknown);
        if (_journal is not null)
        {
            await _journal.FlushAsync();
        }

        _end = end;
        if (_ledger.Running != 0 || Log.Count != _ledger.Submitted)
        {
            throw new InvalidOperationException($"Run {Id} ended with {Log.Count} outcomes, which is a bug in the coordinator: {_ledger}");
        }
    }
}
