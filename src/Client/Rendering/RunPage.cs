using System.Globalization;
using AsyncTour.Client.Inputs;
using AsyncTour.Client.Runs;
using AsyncTour.Grains.Runs;
using AsyncTour.Tracing.Analysis;
using AsyncTour.Tracing.Rendering;
using Spectre.Console;

namespace AsyncTour.Client.Rendering;

/// <summary>One run for people: what was asked, the picture, what became of the jobs.</summary>
internal sealed class RunPage(IAnsiConsole page)
{
    /// <summary>Says which jobs are about to run, and how to have the same ones again.</summary>
    public void Announce(JobInput input) =>
        page.WriteLine(input.Seed is { } seed
            ? string.Create(CultureInfo.InvariantCulture, $"{input.Description}, --seed {seed}")
            : input.Description);

    /// <summary>The report of a run that has ended.</summary>
    /// <param name="hasRealInput">Whether its results are worth reading, not only what went wrong.</param>
    /// <param name="timeline">Its picture; <c>null</c> when there is none.</param>
    public void Report(FinishedRun report, bool hasRealInput, RunTimeline? timeline)
    {
        var status = report.Status;
        if (status.WarmUp > TimeSpan.Zero)
        {
            page.MarkupLine($"[{Palette.Quiet}]warm-up {Times.Text(status.WarmUp)}, not counted below; --cold leaves it out[/]");
        }

        page.WriteLine();
        if (timeline is null)
        {
            Numbers(status);
        }
        else
        {
            DrawnLines.Write(page, Waterfall.Lines(timeline, DrawnLines.Options(page)));
        }

        Rows(report, hasRealInput);
        page.WriteLine();
        Conclusion(report);
    }

    private void Numbers(RunStatus status) =>
        page.WriteLine($"run {status.Strategy} · wall {Times.Text(status.Wall)} · ideal {Times.Text(status.Ideal)} · efficiency {Times.Share(status.Efficiency)} · peak {status.PeakConcurrency}");

    // Real inputs have results worth reading; of made-up jobs only what went wrong is news.
    private void Rows(FinishedRun report, bool hasRealInput)
    {
        var isReal = hasRealInput && report.Outcomes.Count is > 0 and <= OutcomeRows.Most;
        var rows = isReal ? report.Outcomes : report.Failures;
        if (rows.Count == 0)
        {
            return;
        }

        page.WriteLine();
        new OutcomeRows(page).Write(rows);
        var ledger = report.Status.Ledger;
        if (!isReal && ledger.Ended - ledger.Succeeded - rows.Count is var more and > 0)
        {
            page.WriteLine(string.Create(CultureInfo.InvariantCulture, $"       … and {more:N0} more; --json has them all"));
        }
    }

    private void Conclusion(FinishedRun report)
    {
        var ledger = report.Status.Ledger;
        var tone = ledger.AllSucceeded ? Palette.Good : ledger.Succeeded > 0 ? Palette.Warn : Palette.Bad;
        page.MarkupLine($"[{tone}]{LedgerText(ledger)}[/] [{Palette.Quiet}]· run {report.Status.RunId.EscapeMarkup()}[/]");
        if (report.Status.StopReason is { } reason)
        {
            page.MarkupLine($"[{Palette.Warn}]stopped: {reason.EscapeMarkup()}[/]");
        }

        if (report.Status.InputLoss is { } loss)
        {
            page.MarkupLine($"[{Palette.Warn}]{loss.EscapeMarkup()}[/]");
        }

        if (report.InputError is { } error)
        {
            page.MarkupLine($"[{Palette.Bad}]the input broke off: {error.EscapeMarkup()}[/]");
        }
    }

    /// <summary><c>10 jobs = 8 succeeded + 2 failed</c>: only the counts that are not zero, and they add up.</summary>
    public static string LedgerText(Ledger ledger)
    {
        (string Name, int Count)[] counts =
        [
            ("succeeded", ledger.Succeeded), ("failed", ledger.Failed), ("cancelled", ledger.Cancelled),
            ("timed out", ledger.TimedOut), ("unknown", ledger.Unknown), ("not started", ledger.NotStarted), ("running", ledger.Running),
        ];
        var parts = counts.Where(static c => c.Count > 0).Select(static c => string.Create(CultureInfo.InvariantCulture, $"{c.Count:N0} {c.Name}"));
        return string.Create(CultureInfo.InvariantCulture, $"{ledger.Submitted:N0} job{(ledger.Submitted == 1 ? "" : "s")} = {string.Join(" + ", parts)}");
    }
}
