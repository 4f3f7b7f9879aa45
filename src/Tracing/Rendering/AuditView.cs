using AsyncTour.Tracing.Analysis;

namespace AsyncTour.Tracing.Rendering;

/// <summary>An audit for the terminal: what was checked, and every breach in one sentence.</summary>
public static class AuditView
{
    /// <param name="colour">True: the lines are Spectre markup.</param>
    public static IReadOnlyList<string> Lines(Audit audit, bool colour = false)
    {
        ArgumentNullException.ThrowIfNull(audit);
        var lines = new List<StyledLine>();
        foreach (var run in audit.Runs)
        {
            lines.Add(new StyledLine()
                .Add("run " + (run.Strategy.Length > 0 ? run.Strategy : run.RunId), Palette.Heading)
                .Add($" · {Units.Count(run.Submitted ?? run.Attempts, "job", "jobs")} · {Units.Count(run.Attempts, "attempt", "attempts")}")
                .Add($" · peak {run.PeakConcurrency} of {run.MaxWorkers?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "an unknown bound"}")
                .Add($" · trace {audit.TraceId[..Math.Min(8, audit.TraceId.Length)]}", Palette.Quiet));
        }

        foreach (var breach in audit.Breaches)
            lines.Add(new StyledLine().Add("✗ ", Palette.Colour(Conventions.JobStatusNames.Failed, second: false)).Add(breach.Sentence));
        lines.Add(audit.Passed
            ? new StyledLine().Add("✓ ", "green").Add("the bound held at every instant, every submitted job has one outcome, every parent is there")
            : new StyledLine().Add(Units.Count(audit.Breaches.Count, "breach", "breaches"), Palette.Heading));
        return [.. lines.Select(l => l.ToString(colour))];
    }
}
