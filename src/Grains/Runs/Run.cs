using System.Collections.Immutable;
using System.Diagnostics;
using AsyncTour.Grains.Jobs;
using AsyncTour.Tracing.Conventions;
using Orleans.Runtime;

namespace AsyncTour.Grains.Runs;

/// <summary>
/// One run under way, inside its coordinator grain: the strategy takes jobs from the intake and hands each to a worker;
/// what comes back goes through the ledger into the log.
/// </summary>
internal sealed class Run : IDisposable
{
    // A job whose silo dies is run again; one whose silo dies this often is not, because then the job is the likely cause.
    private const int MostLostAttempts = 5;

    private readonly RunSpec _spec;
    private readonly Concurrency.Pools.Strategy _strategy;
    private readonly Workers _workers;
    private readonly TimeProvider _time;
    private readonly StopOrder _stop = new();
    private readonly IdealMeter _ideal;
    private Ledger _ledger;
    private int _peak;
    private long _start;
    private TimeSpan? _wall;
    private string? _traceId;

    public Run(string id, RunSpec spec, Workers workers, TimeProvider time)
    {
        if (!Concurrency.Pools.Strategy.TryParse(spec.Strategy, spec.MaxWorkers, out var strategy, out var reason))
        {
            throw new RefusedException(reason);
        }

        Id = id;
        _spec = spec;
        _strategy = strategy;
        _workers = workers;
        _time = time;
        _ideal = new IdealMeter(strategy.MaxWorkers);
        Intake = new JobIntake(Math.Max(RunLimits.LargestBatch * 2, (strategy.MaxWorkers ?? 0) * 2));
    }

    public string Id { get; }

    public JobIntake Intake { get; }

    public OutcomeLog Log { get; } = new();

    public DateTimeOffset Started { get; private set; }

    public TimeSpan WarmUp { get; private set; }

    public string Strategy => _strategy.Name;

    public bool HasEnded => _wall is not null;

    /// <summary>Whether no further job will start, because the run was told to stop or has ended.</summary>
    public bool IsStopping => HasEnded || _stop.Reason is not null;

    /// <summary>Warms the first workers up, each with one job that is counted nowhere.</summary>
    public async Task WarmUpAsync()
    {
        var began = _time.GetTimestamp();
        await _workers.WarmUpAsync(_spec.WarmWorkers, _spec.Strategy == "executor");
        WarmUp = _spec.WarmWorkers > 0 ? _time.GetElapsedTime(began) : TimeSpan.Zero;
    }

    /// <summary>Takes jobs in; answers how many the run has in all.</summary>
    public int Submit(ImmutableArray<Job> jobs)
    {
        _ledger.Submit(Intake.Offer(jobs));
        return Intake.Received;
    }

    public void Stop(string reason, JobStatus stoppedAs)
    {
        if (!HasEnded)
        {
            _stop.Give(reason, stoppedAs);
        }
    }

    /// <summary>Runs every job to its outcome. Ends when nothing of the run is running any more.</summary>
    public async Task RunAsync()
    {
        using var span = TourActivitySource.StartRun(_spec.Strategy, Id, _strategy.MaxWorkers ?? Intake.Received, null);
        _traceId = span?.TraceId.ToHexString();
        Started = _time.GetUtcNow();
        _start = _time.GetTimestamp();
        using var ended = new CancellationTokenSource();
        var timeout = _spec.Timeout is { } limit ? StopAfter(limit, ended.Token) : Task.CompletedTask;
        try
        {
            await _strategy.RunAsync(Intake, RunJobAsync, _stop.Token);
        }
        catch (Exception e)
        {
            Stop($"the coordinator broke: {e.Message}", JobStatus.Cancelled);
            throw;
        }
        finally
        {
            End(span);
            ended.Cancel();
            await timeout;
        }
    }

    public RunStatus Status() => new()
    {
        RunId = Id,
        State = HasEnded ? RunState.Ended : _stop.Reason is null ? RunState.Running : RunState.Stopping,
        StopReason = _stop.Reason,
        Strategy = Strategy,
        MaxWorkers = _strategy.MaxWorkers ?? Intake.Received,
        Ledger = _ledger,
        Started = Started,
        Wall = _wall ?? (_start == 0 ? TimeSpan.Zero : _time.GetElapsedTime(_start)),
        Ideal = _ideal.Ideal,
        PeakConcurrency = _peak,
        WarmUp = WarmUp,
        TraceId = _traceId,
    };

    public void Dispose() => _stop.Dispose();

    // A delay and not a timer: a timer's callback would not come back to the grain's scheduler.
    private async Task StopAfter(TimeSpan limit, CancellationToken ended)
    {
        await Task.Delay(limit, _time, ended).ContinueWith(
            static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Current);
        Stop($"the run's timeout of {Duration.Format(limit)} passed", JobStatus.TimedOut);
    }

    private async ValueTask RunJobAsync(Job job, int worker)
    {
        _ledger.Start();
        _peak = Math.Max(_peak, _ledger.Running);
        var place = _ideal.Start();
        var outcome = await OutcomeOf(job, worker);
        _ideal.Finish(place, outcome.Duration);
        _ledger.Finish(outcome.Status);
        Log.Add(outcome);
    }

    private async ValueTask<Outcome> OutcomeOf(Job job, int worker)
    {
        for (var attempt = 1; ; attempt++)
        {
            var asked = _time.GetUtcNow();
            try
            {
                var outcome = await _workers[worker].Run(new JobAttempt(job, worker, attempt, _spec.JobTimeout, false), _stop.Token);
                return outcome.Status == JobStatus.Cancelled ? Stopped(outcome) : outcome;
            }
            catch (OperationCanceledException)
            {
                // Called back before the worker began.
                return Stopped(NoAnswer(job, worker, attempt, asked, JobStatus.Cancelled, _stop.Reason));
            }
            catch (Exception e) when (e is SiloUnavailableException or OrleansMessageRejectionException or TimeoutException)
            {
                if (_spec.AtMostOnce || attempt == MostLostAttempts || _stop.Reason is not null)
                {
                    return NoAnswer(job, worker, attempt, asked, JobStatus.Unknown, $"no answer came from its silo: {e.Message}");
                }
            }
            catch (Exception e)
            {
                return NoAnswer(job, worker, attempt, asked, JobStatus.Failed, $"its worker could not be called: {e.Message}");
            }
        }
    }

    private Outcome Stopped(Outcome outcome) => outcome with { Status = _stop.StoppedAs, Error = "stopped: " + _stop.Reason };

    private Outcome NoAnswer(Job job, int worker, int attempt, DateTimeOffset asked, JobStatus status, string? error) =>
        new(job.Index, job.Key, status, null, error, worker, null, attempt, asked, _time.GetUtcNow());

    private void End(Activity? span)
    {
        foreach (var job in Intake.TakeRest())
        {
            Log.Add(Outcome.NeverStarted(job, "not started: " + _stop.Reason));
        }

        _wall = _time.GetElapsedTime(_start);
        span?.SetTag(AttributeNames.RunJobs, _ledger.Submitted);
        span?.SetTag(AttributeNames.RunMaxWorkers, _strategy.MaxWorkers ?? Intake.Received);
        span?.SetTag(AttributeNames.RunNotStarted, _ledger.NotStarted);
        span?.SetTag(AttributeNames.RunUnknown, _ledger.Unknown);
        Log.Complete();
        if (_ledger.Running != 0 || Log.Count != _ledger.Submitted)
        {
            throw new InvalidOperationException($"Run {Id} ended with {Log.Count} outcomes, which is a bug in the coordinator: {_ledger}");
        }
    }
}
