using AsyncTour.Grains.Jobs;

namespace AsyncTour.Simulation.Tests.Canaries;

/// <summary>A pool that counts a job as timed out when its time is up, and frees the slot, while the job still runs.</summary>
internal sealed class HastySlotGrain(TimeProvider time) : PlantedRun(time)
{
    protected override async Task RunAsync(Queue<Job> jobs, int workers) =>
        await Task.WhenAll(Enumerable.Range(0, workers).Select(worker => LaneAsync(jobs, worker)));

    private async Task LaneAsync(Queue<Job> jobs, int worker)
    {
        while (jobs.TryDequeue(out var job))
        {
            Begin();
            var began = Clock.GetUtcNow();
            try
            {
                End(await OnWorker(job, worker).WaitAsync(JobTimeout ?? TimeSpan.FromDays(1), Clock));
            }
            catch (TimeoutException e)
            {
                End(new Outcome(job.Index, job.Key, JobStatus.TimedOut, null, e.Message, worker, null, 1, began, Clock.GetUtcNow()));
            }
        }
    }
}
