using AsyncTour.Grains.Jobs;

namespace AsyncTour.Simulation.Tests.Canaries;

/// <summary>
/// The notebook's refill loop with its bug: it waits for the first of its tasks, and takes everything that is done out of the window,
/// but keeps the result of one only. It shows when two jobs end before the loop runs again.
/// </summary>
internal sealed class LostWindowGrain(TimeProvider time) : PlantedRun(time)
{
    protected override async Task RunAsync(Queue<Job> jobs, int workers)
    {
        var window = new List<(Task<Outcome> Task, int Worker)>();
        var free = new Stack<int>(Enumerable.Range(0, workers));
        while (jobs.Count > 0 || window.Count > 0)
        {
            while (jobs.Count > 0 && free.TryPop(out var worker))
            {
                Begin();
                window.Add((OnWorker(jobs.Dequeue(), worker), worker));
            }

            var first = await Task.WhenAny(window.Select(one => one.Task));
            await Task.Yield();
            End(await first);
            foreach (var done in window.Where(one => one.Task.IsCompleted).ToList())
            {
                window.Remove(done);
                free.Push(done.Worker);
            }
        }
    }
}
