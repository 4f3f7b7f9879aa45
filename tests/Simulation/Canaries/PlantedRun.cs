using System.Collections.Immutable;
using AsyncTour.Grains.Jobs;
using AsyncTour.Grains.Runs;
using Orleans;

namespace AsyncTour.Simulation.Tests.Canaries;

/// <summary>A coordinator in a few lines, for bugs to be planted in: it keeps nothing but what it must say.</summary>
public abstract class PlantedRun(TimeProvider time) : Grain, IRunGrain
{
    private readonly List<Outcome> _outcomes = [];
    private RunSpec _spec = new() { Strategy = "pool" };
    private Ledger _ledger;
    private bool _hasEnded;
    private DateTimeOffset _started;

    protected TimeProvider Clock => time;

    public Task<RunStatus> Start(RunSpec spec, ImmutableArray<Job> jobs, bool isSealed)
    {
        if (_started == default)
        {
            (_spec, _started) = (spec, time.GetUtcNow());
            _ledger.Submit(jobs.Length);
            _ = RunToEndAsync(new Queue<Job>(jobs), spec.MaxWorkers ?? 1);
        }

        return Task.FromResult(StatusNow());
    }

    public Task<int> Append(ImmutableArray<Job> jobs, TimeSpan wait) => throw new NotSupportedException("A canary's jobs fit into one batch.");

    public Task Seal() => Task.CompletedTask;

    public async Task<OutcomePage> Read(int cursor, int max, TimeSpan wait)
    {
        if (cursor == _outcomes.Count && !_hasEnded && wait > TimeSpan.Zero)
            await Task.Delay(wait < TimeSpan.FromSeconds(1) ? wait : TimeSpan.FromSeconds(1), time);
        var page = _outcomes.Skip(cursor).Take(max).ToImmutableArray();
        return new OutcomePage(page, cursor + page.Length, _hasEnded && cursor + page.Length == _outcomes.Count);
    }

    public Task<RunStatus?> Status() => Task.FromResult(_started == default ? null : StatusNow());

    public Task<RunStatus?> Cancel(string reason) => Status();

    public Task<JobLook> Look(int index, TimeSpan wait) => throw new NotSupportedException("A canary's jobs are nobody's promises.");

    public Task<JobLook> CancelJob(int index, string reason, TimeSpan wait) => throw new NotSupportedException("A canary's jobs are nobody's promises.");

    protected abstract Task RunAsync(Queue<Job> jobs, int workers);

    protected void Begin() => _ledger.Start();

    protected void End(Outcome outcome)
    {
        _ledger.Finish(outcome.Status);
        _outcomes.Add(outcome);
    }

    protected Task<Outcome> OnWorker(Job job, int worker, TimeSpan? timeout = null) =>
        GrainFactory.GetGrain<IWorkerGrain>($"{this.GetPrimaryKeyString()}/{worker}").Run(new JobAttempt(job, worker, 1, timeout, false), CancellationToken.None);

    protected TimeSpan? JobTimeout => _spec.JobTimeout;

    private async Task RunToEndAsync(Queue<Job> jobs, int workers)
    {
        await RunAsync(jobs, workers);
        _hasEnded = true;
    }

    private RunStatus StatusNow() => new()
    {
        RunId = this.GetPrimaryKeyString(),
        State = _hasEnded ? RunState.Ended : RunState.Running,
        Strategy = _spec.Strategy,
        MaxWorkers = _spec.MaxWorkers ?? 1,
        Ledger = _ledger,
        Started = _started,
        Wall = time.GetUtcNow() - _started,
        Ideal = TimeSpan.Zero,
        PeakConcurrency = 0,
        WarmUp = TimeSpan.Zero,
    };
}
