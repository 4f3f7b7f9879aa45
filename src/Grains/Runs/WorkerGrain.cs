using System.Globalization;
using AsyncTour.Concurrency.Pools;
using AsyncTour.Grains.Jobs;
using JobStatus = AsyncTour.Grains.Jobs.JobStatus;
using AsyncTour.Tracing.Conventions;
using Orleans;
using Orleans.Runtime;

namespace AsyncTour.Grains.Runs;

/// <summary>One slot of a pool. A run's workers are spread evenly over the silos.</summary>
[EvenPlacement]
internal sealed class WorkerGrain(JobKinds kinds, TimeProvider time, ILocalSiloDetails silo) : Grain, IWorkerGrain
{
    private ThreadExecutor? _thread;
    private string _runId = "";
    private (int Index, int Number)? _at;

    public static string KeyOf(string runId, int worker) =>
        string.Create(CultureInfo.InvariantCulture, $"{runId}/{worker}");

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var key = this.GetPrimaryKeyString();
        _runId = key[..key.LastIndexOf('/')];
        return Task.CompletedTask;
    }

    public async Task<Outcome> Run(JobAttempt attempt, CancellationToken cancellationToken)
    {
        using var timeout = attempt.Timeout is { } limit ? new CancellationTokenSource(limit, time) : null;
        using var linked = timeout is null ? null : CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);

        // What is measured of a warm-up stands apart, as a kind of its own; left out, the first real job would pay for warming the meters up.
        var kind = attempt.IsWarmUp ? "warm-up" : attempt.Job.Kind;
        TourMeter.JobStarted(kind, attempt.Queued);
        var span = TourActivitySource.StartJob(SpanOf(attempt));
        var started = time.GetUtcNow();
        var stop = linked?.Token ?? cancellationToken;
        _at = (attempt.Job.Index, attempt.Number);
        var status = JobStatus.Succeeded;
        string? value = null;
        Exception? error = null;
        try
        {
            value = await ValueOf(attempt.Job, stop);
        }
        catch (Exception e)
        {
            status = e is OperationCanceledException && stop.IsCancellationRequested ? JobStatus.Cancelled : JobStatus.Failed;
            error = e;
        }

        if (timeout is { IsCancellationRequested: true } && !cancellationToken.IsCancellationRequested)
        {
            (status, value) = (JobStatus.TimedOut, null);
            error = new TimeoutException($"ran longer than its timeout of {Duration.Format(attempt.Timeout!.Value)}");
        }

        _at = null;
        var finished = time.GetUtcNow();
        TourActivitySource.EndJob(span, status.ToText(), error);
        TourMeter.JobEnded(kind, status.ToText(), finished - started);
        return new Outcome(
            attempt.Job.Index, attempt.Job.Key, status, value, error is null ? null : Sentence(error),
            attempt.Worker, silo.Name, attempt.Number, started, finished);
    }

    public Task<bool> IsAt(int index, int number) => Task.FromResult(_at == (index, number));

    public Task Retire()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_thread is not null)
        {
            await _thread.DisposeAsync();
        }
    }

    private ValueTask<string?> ValueOf(Job job, CancellationToken stop) => kinds[job.Kind] switch
    {
        IJobHandler handler => handler.RunAsync(job, stop),
        IBlockingJobHandler handler => BlockAsync(handler, job, stop),
        var other => throw new InvalidOperationException($"{other.GetType()} cannot run jobs."),
    };

    // A worker that blocks has one thread of its own, so K workers block K threads and none of the silo's.
    private async ValueTask<string?> BlockAsync(IBlockingJobHandler handler, Job job, CancellationToken stop)
    {
        _thread ??= new ThreadExecutor(1, this.GetPrimaryKeyString());
        return await _thread.Submit(token => handler.Run(job, token), stop);
    }

    private JobSpan SpanOf(JobAttempt attempt) => new()
    {
        Kind = attempt.Job.Kind,
        RunId = _runId,
        Index = attempt.Job.Index,
        Key = attempt.Job.Key,
        Worker = attempt.Worker,
        Attempt = attempt.Number,
        Silo = silo.Name,
        Queued = attempt.Queued,
        Warmup = attempt.IsWarmUp,
    };

    private static string Sentence(Exception error) =>
        error.InnerException is { } inner && !error.Message.Contains(inner.Message, StringComparison.Ordinal)
            ? $"{error.Message} {inner.Message}"
            : error.Message;
}
