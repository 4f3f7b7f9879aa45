using System.Collections.Immutable;
using AsyncTour.Grains.Jobs;
using AsyncTour.Grains.Runs.Directory;
using AsyncTour.Grains.Runs.Journal;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace AsyncTour.Grains.Runs;

/// <summary>The coordinator grain: the doors of a <see cref="Run"/>. The run itself goes on between the calls.</summary>
internal sealed class RunGrain(
    JobKinds kinds,
    RunStorage storage,
    [PersistentState("run", RunStorage.Name)] IPersistentState<RunRecord> kept,
    TimeProvider time,
    ILogger<RunGrain> log,
    IHostApplicationLifetime? process = null) : Grain, IRunGrain
{
    // How long an ended run can still be read when nothing outlives the silo.
    private static readonly TimeSpan Keep = TimeSpan.FromHours(1);

    // How long a caller waits for the store before being told that it is away.
    private static readonly TimeSpan StoreWait = TimeSpan.FromSeconds(10);

    private readonly RecordKeeper _keeper = new(kept, time);
    private Run? _run;
    private InputLease? _lease;

    /// <summary>Takes up a run that an earlier coordinator of the same id left unfinished, or shows one that has ended.</summary>
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (!storage.IsDurable || kept.State.Spec is not { } spec)
        {
            return;
        }

        var journal = Journal();
        var (jobs, outcomes) = await journal.ReadAsync();
        var run = NewRun(spec, journal);
        run.Resume(kept.State, jobs, outcomes);
        _run = run;
        if (!run.HasEnded)
        {
            GoOn(run);
        }
    }

    /// <summary>A run that has not ended is left to the next coordinator.</summary>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _run?.Leave();
        _lease?.End();
        return Task.CompletedTask;
    }

    public async Task<RunStatus> Start(RunSpec spec, ImmutableArray<Job> jobs, bool isSealed)
    {
        if (_run is not null)
        {
            return _run.Status();
        }

        Refuse(RunRules.Refuse(spec) ?? RunRules.Refuse(spec.Strategy, jobs, kinds));
        if (isSealed && jobs.IsEmpty)
        {
            throw new RefusedException("there are no jobs to run; give at least one");
        }

        var run = NewRun(spec, storage.IsDurable ? Journal() : null);
        await run.WarmUpAsync();
        await run.SubmitAsync(jobs);
        if (isSealed)
        {
            run.Intake.Seal();
        }

        await LostCalls.AgainAsync(() => Directory().Began(new RunEntry(run.Id, run.Strategy, run.Started, null)), time);
        await SaveAsync(run);
        _run = run;
        GoOn(run);
        return run.Status();
    }

    public async Task<int> Append(ImmutableArray<Job> jobs, TimeSpan wait)
    {
        var run = Started();
        Refuse(RunRules.Refuse(run.Strategy, jobs, kinds));
        if (run.IsStopping || run.Intake.Loss is not null)
        {
            return IRunGrain.WantsNoMore;
        }

        if (run.Intake.IsSealed)
        {
            throw new RefusedException("the run's input is sealed; start another run for more jobs");
        }

        _lease?.Hold();
        try
        {
            await (jobs.IsEmpty ? Task.CompletedTask : run.Intake.WaitForRoom(Bounded(wait), time));
            return await run.SubmitAsync(jobs);
        }
        finally
        {
            _lease?.Release();
        }
    }

    public Task Seal()
    {
        var run = Started();
        run.Intake.Seal();
        _lease?.End();
        return SaveAsync(run);
    }

    public Task<OutcomePage> Read(int cursor, int max, TimeSpan wait) =>
        Started().Log.Read(cursor, Math.Clamp(max, 1, RunLimits.LargestBatch), Bounded(wait), time);

    public Task<RunStatus?> Status() => Task.FromResult(_run?.Status());

    public async Task<RunStatus?> Cancel(string reason)
    {
        if (_run is { } run)
        {
            run.Stop(reason, JobStatus.Cancelled);
            await SaveSoonAsync(run);
        }

        return _run?.Status();
    }

    public Task<JobLook> Look(int index, TimeSpan wait) => Started().LookAsync(index, Bounded(wait));

    public async Task<JobLook> CancelJob(int index, string reason, TimeSpan wait)
    {
        var run = Started();
        await run.StopJobAsync(index, reason);
        return await run.LookAsync(index, Bounded(wait));
    }

    private Run NewRun(RunSpec spec, RunJournal? journal)
    {
        var id = this.GetPrimaryKeyString();
        return new Run(id, spec, new Workers(GrainFactory, id), journal, new Random(Seed(id)), time, partitions: GrainFactory);
    }

    // The run outlives the call that started it, and must not be collected for want of calls while it works.
    private void GoOn(Run run)
    {
        DelayDeactivation(TimeSpan.MaxValue);
        _ = RunToEndAsync(run);
        if (!run.Intake.IsSealed && run.InputLease is { } term)
        {
            _lease = new InputLease(term, time);
            _ = WatchInputAsync(run, _lease);
        }
    }

    // A run whose input is complete is not watched: whoever started it may go.
    private async Task WatchInputAsync(Run run, InputLease lease)
    {
        if (await lease.LapsedAsync() && !run.IsStopping)
        {
            run.Intake.Lose();
            log.LogWarning("Run {RunId}: {InputLoss}.", run.Id, run.Intake.Loss);
        }
    }

    private async Task RunToEndAsync(Run run)
    {
        using var stopping = process?.ApplicationStopping.Register(run.Leave);
        try
        {
            await run.RunAsync();
            _lease?.End();
            await SaveAsync(run);
            var entry = new RunEntry(run.Id, run.Strategy, run.Started, run.Status().Ledger);
            await StoragePatience.UntilKeptByAsync(() => Directory().Ended(entry), time);
            run.Log.Complete();
            await run.RetireAsync();
            DelayDeactivation(storage.IsDurable ? TimeSpan.Zero : Keep);
        }
        catch (Exception e)
        {
            // What was acknowledged is in the journal; a fresh activation reads it and goes on.
            log.LogCritical(e, "Run {RunId} broke.", run.Id);
            if (!storage.IsDurable)
            {
                run.Log.Complete();
            }

            DeactivateOnIdle();
        }
    }

    private Task SaveAsync(Run run) => storage.IsDurable ? _keeper.SaveAsync(() => run.Record) : Task.CompletedTask;

    // The stop order itself holds from now on; only its record may have to wait.
    private async Task SaveSoonAsync(Run run)
    {
        try
        {
            await SaveAsync(run).WaitAsync(StoreWait, time);
        }
        catch (TimeoutException)
        {
            throw new StorageAwayException($"the run '{run.Id}' is stopping, but that cannot be written down yet: the store does not answer");
        }
    }

    private RunJournal Journal() => new(GrainFactory, this.GetPrimaryKeyString(), time);

    private IRunDirectoryGrain Directory() => GrainFactory.GetGrain<IRunDirectoryGrain>(IRunDirectoryGrain.Key);

    private Run Started() => _run ?? throw new RefusedException($"there is no run '{this.GetPrimaryKeyString()}'");

    private static TimeSpan Bounded(TimeSpan wait) => wait < RunLimits.LongestWait ? wait : RunLimits.LongestWait;

    // The same run draws the same jitter, in any process.
    internal static int Seed(string id) => id.Aggregate(17, (seed, letter) => unchecked((seed * 31) + letter));

    private static void Refuse(string? reason)
    {
        if (reason is not null)
        {
            throw new RefusedException(reason);
        }
    }
}
