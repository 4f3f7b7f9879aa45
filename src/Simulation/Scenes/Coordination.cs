using System.Collections.Immutable;
using AsyncTour.Grains.Jobs;
using AsyncTour.Grains.Runs;
using AsyncTour.Simulation.Plans;
using AsyncTour.Simulation.Watching;
using Orleans.Runtime;

namespace AsyncTour.Simulation.Scenes;

/// <summary>
/// The client's side of the run: starts it, feeds it, reads its outcomes to the end. It asks again whatever was not
/// answered, which every call of a run allows, and so outlives lost messages and dead silos.
/// </summary>
internal sealed class Coordination(IRunGrain run, PlannedJobs jobs, RunSpec spec, TimeProvider time, Action<Outcome>? heard)
{
    private static readonly TimeSpan BeforeAskingAgain = TimeSpan.FromSeconds(1);

    // Who asks again at once gets every few outcomes in a page of their own, and the asking costs more than the jobs.
    private static readonly TimeSpan BetweenPages = TimeSpan.FromMilliseconds(20);

    /// <summary>The run to its end; answers its last status.</summary>
    public async Task<RunStatus> RunAsync()
    {
        var first = jobs.Batch(0, RunLimits.LargestBatch);
        await Ask(() => run.Start(spec, first, first.Length == jobs.Count));
        var feeding = FeedAsync(first.Length);
        await ReadAsync();
        await feeding;
        return await Ask(run.Status) ?? throw new BreachException($"run {jobs.RunId} has ended and is not known any more");
    }

    private async Task FeedAsync(int next)
    {
        while (next < jobs.Count)
        {
            var batch = jobs.Batch(next, RunLimits.LargestBatch);
            var taken = await Ask(() => run.Append(batch, RunLimits.LongestWait));
            if (taken == IRunGrain.WantsNoMore)
                return;
            next = taken;
        }

        if (next > RunLimits.LargestBatch)
            await Ask(async () =>
            {
                await run.Seal();
                return true;
            });
    }

    private async Task ReadAsync()
    {
        var seen = new JobSet(jobs.Count);
        OutcomePage? page = null;
        var cursor = 0;
        while (page is not { IsLast: true })
        {
            if (page is { Outcomes.Length: < RunLimits.LargestBatch })
                await Task.Delay(BetweenPages, time);
            page = await Ask(() => run.Read(cursor, RunLimits.LargestBatch, RunLimits.LongestWait));
            if (page.Next != cursor + page.Outcomes.Length)
                throw new BreachException($"run {jobs.RunId}: from cursor {cursor} came {page.Outcomes.Length} outcomes, and the next cursor is {page.Next}");
            Take(page.Outcomes, seen);
            cursor = page.Next;
        }

        if (seen.Count != jobs.Count && spec.Timeout is null)
            throw new BreachException($"run {jobs.RunId} has ended with outcomes of {seen.Count} of its {jobs.Count} jobs");
    }

    private void Take(ImmutableArray<Outcome> outcomes, JobSet seen)
    {
        foreach (var outcome in outcomes)
        {
            if (!seen.Add(outcome.Index))
                throw new BreachException($"run {jobs.RunId}: job {outcome.Index} has two outcomes");
            heard?.Invoke(outcome);
        }
    }

    private async Task<T> Ask<T>(Func<Task<T>> question)
    {
        while (true)
        {
            try
            {
                return await question();
            }
            catch (Exception e) when (e is TimeoutException or OrleansMessageRejectionException)
            {
                await Task.Delay(BeforeAskingAgain, time);
            }
        }
    }
}
