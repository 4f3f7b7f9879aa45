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
{
    // A job whose silo dies is run again; one whose silo dies this often is not, because then the job is the likely cause.
    private const int MostLostAttempts = 5;

    /// <summary>Runs the job, from a given attempt on: 1, unless an earlier coordinator may have started it already.</summary>
    /// <param name="queued">How long the job has waited since it was submitted; <c>null</c>: unknown.</param>
    [AsyncMethodBuilder(typeof(TurnMethodBuilder<>))]
    public async ValueTask<Outcome> RunAsync(Job job, int lane, int firstAttempt, TimeSpan? queued, IdleNotes idle)
    {
        var stopped = stops.Start(job.Index, lane);
        var lost = 0;
        var failures = 0;
        for (var attempt = firstAttempt; ; attempt++)
        {
            var asked = time.GetUtcNow();
            Outcome outcome;
            var isLost = false;
            try
            {
                outcome = await workers[lane].Run(new JobAttempt(job, workers.NumberOf(lane), attempt, spec.JobTimeout, isWarmUp, queued), stopped);
            }
            catch (Exception e)
            {
                isLost = LostCalls.IsLost(e);
                outcome = NoAnswer(job, lane, attempt, asked, e);
            }

            queued = null;
            if (isLost)
            {
                if (spec.AtMostOnce || ++lost == MostLostAttempts || stopped.IsCancellationRequested)
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
            else if (!retry.MayRetry(++failures) || !await BackOffAsync(failures, lane, idle, stopped))
            {
                return outcome;
            }
        }
    }

    // False when the run stopped meanwhile: the failure then stands.
    private async ValueTask<bool> BackOffAsync(int failures, int lane, IdleNotes idle, CancellationToken stopped)
    {
        var since = time.GetUtcNow();
        try
        {
            await Task.Delay(retry.NextDelay(failures, random), time, stopped);
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

    private Outcome NoAnswer(Job job, int lane, int attempt, DateTimeOffset asked, Exception failure)
    {
        var (status, error) = failure switch
        {
            // Called back before the worker began.
            OperationCanceledException => (JobStatus.Cancelled, null),
            _ when LostCalls.IsLost(failure) => (JobStatus.Unknown, $"no answer came from its silo: {failure.Message}"),
            _ => (JobStatus.Failed, $"its worker could not be called: {failure.Message}"),
        };
        return new(job.Index, job.Key, status, null, error, workers.NumberOf(lane), null, attempt, asked, time.GetUtcNow());
    }
}
