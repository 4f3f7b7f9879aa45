using System.Runtime.CompilerServices;
using AsyncTour.Concurrency.Pools;
using AsyncTour.Grains.Jobs;
using AsyncTour.Grains.Turns;
using JobStatus = AsyncTour.Grains.Jobs.JobStatus;
using Outcome = AsyncTour.Grains.Jobs.Outcome;

namespace AsyncTour.Grains.Runs;

/// <summary>
/// Takes one job to its outcome on one worker: through retries, through silos that die under it, to the moment when the
/// worker says that it has stopped.
/// </summary>
internal sealed class JobDispatch(RunSpec spec, RetryPolicy retry, Workers workers, StopOrder stop, JobStops stops, Random random, TimeProvider time, bool isWarmUp)
    : IDisposable
{
    // A job whose silo dies is run again; one whose silo dies this often is not, because then the job is the likely cause.
    private const int MostLostAttempts = 5;

    // Two minutes: far longer than a cluster takes to find out that a silo is dead.
    private const int MostRejections = 60;
    private static readonly RetryPolicy AfterLoss = new(int.MaxValue) { MaxDelay = TimeSpan.FromSeconds(2) };

    private readonly AnswerWatch _watch = new(workers, time);

    /// <summary>Runs the job, from a given attempt on: 1, unless an earlier coordinator may have started it already.</summary>
    /// <param name="queued">How long the job has waited since it was submitted; <c>null</c>: unknown.</param>
    [AsyncMethodBuilder(typeof(TurnMethodBuilder<>))]
    public async ValueTask<Outcome> RunAsync(Job job, int lane, int firstAttempt, TimeSpan? queued, IdleNotes idle)
    {
        var stopped = stops.Start(job.Index, lane);
        var (lost, rejections, failures) = (0, 0, 0);
        for (var attempt = firstAttempt; ; attempt++)
        {
            var asked = time.GetUtcNow();
            Outcome outcome;
            Exception? loss = null;
            try
            {
                outcome = await _watch.Call(lane, new JobAttempt(job, workers.NumberOf(lane), attempt, spec.JobTimeout, isWarmUp, queued), stopped);
            }
            catch (Exception e)
            {
                loss = LostCalls.IsLost(e, stopped) ? e : null;
                outcome = NoAnswer(job, lane, attempt, asked, e, stopped);
            }

            queued = null;
            if (loss is not null && LostCalls.IsRejected(loss))
            {
                // It reached nobody, so this was no attempt.
                attempt--;
                if (++rejections == MostRejections || !await BackOffAsync(AfterLoss, rejections, lane, idle, stopped))
                {
                    return stopped.IsCancellationRequested ? Stopped(outcome, lane) : outcome;
                }
            }
            else if (loss is not null)
            {
                if (spec.AtMostOnce || ++lost == MostLostAttempts || !await BackOffAsync(AfterLoss, lost, lane, idle, stopped))
                {
                    return outcome;
                }
            }
            else if (outcome.Status == JobStatus.Succeeded)
            {
                return outcome;
            }
            else if (outcome.Status == JobStatus.Cancelled)
            {
                return Stopped(outcome, lane);
            }
            else if (!retry.MayRetry(++failures) || !await BackOffAsync(retry, failures, lane, idle, stopped))
            {
                return outcome;
            }
        }
    }

    /// <summary>Asks no worker any more what it is at.</summary>
    public void Dispose() => _watch.Dispose();

    // False when the run stopped meanwhile: the failure then stands.
    private async ValueTask<bool> BackOffAsync(RetryPolicy policy, int tries, int lane, IdleNotes idle, CancellationToken stopped)
    {
        var since = time.GetUtcNow();
        try
        {
            await Task.Delay(policy.NextDelay(tries, random), time, stopped);
        }
        catch (OperationCanceledException)
        {
            return false;
        }

        idle.Retried(lane, since);
        return true;
    }

    private Outcome Stopped(Outcome outcome, int lane) => stops.ReasonOf(lane) is { } reason
        ? outcome with { Status = JobStatus.Cancelled, Error = "stopped: " + reason }
        : outcome with { Status = stop.StoppedAs, Error = "stopped: " + stop.Reason };

    private Outcome NoAnswer(Job job, int lane, int attempt, DateTimeOffset asked, Exception failure, CancellationToken stopped)
    {
        var (status, error) = failure switch
        {
            _ when LostCalls.IsLost(failure, stopped) => (JobStatus.Unknown, $"no answer came from its silo: {failure.Message}"),

            // Called back before the worker began.
            OperationCanceledException => (JobStatus.Cancelled, null),
            _ => (JobStatus.Failed, $"its worker could not be called: {failure.Message}"),
        };
        return new(job.Index, job.Key, status, null, error, workers.NumberOf(lane), null, attempt, asked, time.GetUtcNow());
    }
}
