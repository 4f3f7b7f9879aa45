using System.Runtime.ExceptionServices;
using Polly;

namespace AsyncTour.Concurrency.Pools;

/// <summary>One job's attempts, under the pool's timeout and retries.</summary>
internal sealed class JobRunner(PoolOptions options)
{
    private readonly ResiliencePipeline? _retrying = options.Retry.Retries == 0
        ? null
        : options.Retry.ToPipeline(options.Time, options.Random ?? new Random(0));

    /// <summary>True when a job is simply its function.</summary>
    public bool IsPlain => _retrying is null && options.JobTimeout is null;

    public async ValueTask<TResult> RunAsync<TInput, TResult>(
        Work work,
        Func<TInput, CancellationToken, ValueTask<TResult>> function,
        TInput input,
        CancellationToken cancellation)
    {
        if (_retrying is null)
            return await AttemptAsync(work, function, input, cancellation);

        // Polly leaves the scheduler unless it is told to stay.
        ResilienceContext context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: true, cancellation);
        try
        {
            return await _retrying.ExecuteAsync(
                static (context, job) => job.Runner.AttemptAsync(job.Work, job.Function, job.Input, context.CancellationToken),
                context,
                (Runner: this, Work: work, Function: function, Input: input));
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private async ValueTask<TResult> AttemptAsync<TInput, TResult>(
        Work work,
        Func<TInput, CancellationToken, ValueTask<TResult>> function,
        TInput input,
        CancellationToken cancellation)
    {
        work.Attempts++;
        if (options.JobTimeout is not { } timeout)
            return await function(input, cancellation);

        using var deadline = new Deadline(timeout, options.Time, cancellation);
        try
        {
            TResult result = await function(input, deadline.Token);
            ThrowIfBroken(deadline);
            return result;
        }
        catch (OperationCanceledException stopped) when (deadline.Token.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            ThrowIfBroken(deadline);
            throw new JobTimeoutException(timeout, stopped);
        }
    }

    private static void ThrowIfBroken(Deadline deadline)
    {
        if (deadline.Failure is { } failure)
            ExceptionDispatchInfo.Throw(failure);
    }
}
