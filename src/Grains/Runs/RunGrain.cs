using System.Collections.Immutable;
using AsyncTour.Grains.Jobs;
using Microsoft.Extensions.Logging;
using Orleans;

namespace AsyncTour.Grains.Runs;

/// <summary>The coordinator grain: the doors of a <see cref="Run"/>. The run itself goes on between the calls.</summary>
internal sealed class RunGrain(JobKinds kinds, TimeProvider time, ILogger<RunGrain> log) : Grain, IRunGrain
{
    private Run? _run;

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

        var id = this.GetPrimaryKeyString();
        var workers = new Workers(GrainFactory, id);
        var run = new Run(id, spec, workers, time);
        await run.WarmUpAsync();
        run.Submit(jobs);
        if (isSealed)
        {
            run.Intake.Seal();
        }

        _run = run;

        // The run outlives this call. It must not be collected for want of calls while it works.
        DelayDeactivation(TimeSpan.MaxValue);
        _ = RunToEnd(run, workers);
        return run.Status();
    }

    public async Task<int> Append(ImmutableArray<Job> jobs, TimeSpan wait)
    {
        var run = _run ?? throw NeverStarted();
        Refuse(RunRules.Refuse(run.Strategy, jobs, kinds));
        if (run.IsStopping)
        {
            return IRunGrain.WantsNoMore;
        }

        if (run.Intake.IsSealed)
        {
            throw new RefusedException("the run's input is sealed; start another run for more jobs");
        }

        await run.Intake.WaitForRoom(Bounded(wait), time);
        return run.IsStopping ? IRunGrain.WantsNoMore : run.Submit(jobs);
    }

    public Task Seal()
    {
        (_run ?? throw NeverStarted()).Intake.Seal();
        return Task.CompletedTask;
    }

    public Task<OutcomePage> Read(int cursor, int max, TimeSpan wait) =>
        (_run ?? throw NeverStarted()).Log.Read(cursor, Math.Clamp(max, 1, RunLimits.LargestBatch), Bounded(wait), time);

    public Task<RunStatus?> Status() => Task.FromResult(_run?.Status());

    public Task<RunStatus?> Cancel(string reason)
    {
        _run?.Stop(reason, JobStatus.Cancelled);
        return Status();
    }

    private async Task RunToEnd(Run run, Workers workers)
    {
        try
        {
            await run.RunAsync();
            await workers.RetireAsync();
        }
        catch (Exception e)
        {
            log.LogCritical(e, "Run {RunId} broke.", run.Id);
        }
        finally
        {
            DelayDeactivation(TimeSpan.Zero);
        }
    }

    private static TimeSpan Bounded(TimeSpan wait) => wait < RunLimits.LongestWait ? wait : RunLimits.LongestWait;

    private RefusedException NeverStarted() => new($"there is no run '{this.GetPrimaryKeyString()}'");

    private static void Refuse(string? reason)
    {
        if (reason is not null)
        {
            throw new RefusedException(reason);
        }
    }
}
