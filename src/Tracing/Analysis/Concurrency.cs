using System.Runtime.InteropServices;

namespace AsyncTour.Tracing.Analysis;

/// <summary>
/// How many jobs ran at once. Intervals are half-open: a job that ends at t and one that starts at t do not overlap, and a
/// job that took no measurable time overlaps nothing.
/// </summary>
public static class Concurrency
{
    /// <summary>From <paramref name="At"/> on, so many ran.</summary>
    [StructLayout(LayoutKind.Auto)]
    public readonly record struct Step(TimeSpan At, int Running);

    /// <summary>The number of running jobs over time, one step at each instant where it changes; it ends at zero.</summary>
    public static IReadOnlyList<Step> Over(IEnumerable<JobBar> jobs)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        var changes = new List<(long At, int By)>();
        foreach (var job in jobs)
        {
            if (job.Finish <= job.Start)
                continue;
            changes.Add((job.Start.Ticks, 1));
            changes.Add((job.Finish.Ticks, -1));
        }

        changes.Sort();
        var steps = new List<Step>();
        var running = 0;
        for (var i = 0; i < changes.Count; i++)
        {
            running += changes[i].By;
            var instantIsOver = i + 1 == changes.Count || changes[i + 1].At != changes[i].At;
            if (instantIsOver && (steps.Count == 0 || steps[^1].Running != running))
                steps.Add(new Step(TimeSpan.FromTicks(changes[i].At), running));
        }

        return steps;
    }

    /// <summary>The most that ever ran at once.</summary>
    public static int Peak(IEnumerable<JobBar> jobs) => Over(jobs).Select(static s => s.Running).DefaultIfEmpty(0).Max();
}
