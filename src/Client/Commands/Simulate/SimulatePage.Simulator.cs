using System.Globalization;
using AsyncTour.Client.Rendering;
using AsyncTour.Client.Terminals;
using AsyncTour.Simulation.Plans;
using AsyncTour.Simulation.Scenes;
using AsyncTour.Simulation.Sweeps;
using Spectre.Console;

namespace AsyncTour.Client.Commands.Simulate;

/// <summary>What <c>simulate</c> prints. With <c>--json</c> the seed still comes first, on the error stream.</summary>
internal sealed class SimulatePage(Terminal terminal, bool json)
{
    private const int NameWidth = 14;

    private readonly IAnsiConsole _page = terminal.Page();

    public void Announce(Plan plan) => First($"seed {plan.Seed}", plan);

    public void AnnounceSweep(Plan plan, int last) => First($"seeds {plan.Seed}..{last}", plan);

    public void Breach(SceneReport report) => terminal.Error.WriteLine($"asynctour: {report.Breach}\nmaking it smaller…");

    public void Traced(string id)
    {
        if (!json)
            _page.MarkupLine($"{"trace",-NameWidth}[{Palette.Strong}]{id}[/] (asynctour trace show {id[..8]})");
    }

    public void Report(SceneReport report)
    {
        if (report.Breach is { } breach)
        {
            Broken(breach, report);
            return;
        }

        var ledger = report.Ledger;
        var numbers = report.Statistics;
        Row("virtual wall", $"{Times.Text(report.VirtualWall)} (ideal {Times.Text(report.Ideal)}, efficiency {Times.Share(report.Efficiency)})");
        Row("jobs", $"{Count(ledger.Submitted, "submitted")} = {Sum((ledger.Succeeded, "succeeded"), (ledger.Failed, "failed"), (ledger.Cancelled, "cancelled"), (ledger.TimedOut, "timed out"), (ledger.Unknown, "unknown"), (ledger.NotStarted, "not started"))}");
        Row("at once", string.Create(CultureInfo.InvariantCulture, $"{report.PeakConcurrency:N0} at most, bound {report.Plan.Bound:N0}"));
        Row("faults", Sum((numbers.Crashes, "crashes"), (numbers.Deaths, "declared dead"), (numbers.Restarts, "restarts"), (numbers.Cuts, "partitions"), (numbers.Lost, "messages lost"), (numbers.Held, "held back")));
        Row("history", string.Create(CultureInfo.InvariantCulture, $"{numbers.Turns:N0} turns, {numbers.Messages:N0} messages, digest {report.Digest}"));
        Row("real time", string.Create(CultureInfo.InvariantCulture, $"{Times.Text(report.RealTime)} ({report.CompletionsPerSecond:N0} jobs/s)"));
        _page.MarkupLine($"[{Palette.Good}]every invariant held after every turn[/]");
    }

    public void Report(SweepReport sweep, SceneReport? smallest)
    {
        Row("played", string.Create(CultureInfo.InvariantCulture, $"{sweep.Seeds:N0} seeds, {sweep.Jobs:N0} jobs, {sweep.Turns:N0} turns, {sweep.Messages:N0} messages"));
        Row("faults", Sum((sweep.Crashes, "crashes"), (sweep.Deaths, "declared dead"), (sweep.Partitions, "partitions"), (sweep.Lost, "messages lost"), (sweep.Held, "held back")));
        Row("time", $"{Times.Text(sweep.Virtual)} virtual, {Times.Text(sweep.Real)} real");
        if (smallest is null)
            _page.MarkupLine($"[{Palette.Good}]every invariant held after every turn of every seed[/]");
        else
            Broken(sweep.Failing!.Breach!, smallest);
    }

    private void Broken(string breach, SceneReport smallest)
    {
        _page.MarkupLine($"[{Palette.Bad}]broken:[/] {breach.EscapeMarkup()}");
        if (smallest.Breach != breach)
            _page.WriteLine($"made smaller: {smallest.Breach}");
        _page.WriteLine("this repeats it:");
        _page.MarkupLine($"  [{Palette.Strong}]{PlanText.Command(smallest.Plan).EscapeMarkup()}[/]");
    }

    private void First(string seed, Plan plan)
    {
        if (json)
        {
            terminal.Error.WriteLine(seed);
            return;
        }

        _page.WriteLine(seed);
        _page.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"engine: simulator in virtual time, {plan.Silos:N0} silo{(plan.Silos == 1 ? "" : "s")}; {plan.Strategy} of {plan.MaxWorkers:N0} workers, {plan.Jobs:N0} {plan.Kind} jobs of {plan.Duration}"));
    }

    private static string Count(long number, string of) => string.Create(CultureInfo.InvariantCulture, $"{number:N0} {of}");

    /// <summary>What there is any of.</summary>
    private static string Sum(params IEnumerable<(long Number, string Of)> parts) =>
        parts.Where(static part => part.Number > 0).Select(static part => Count(part.Number, part.Of)).ToList() is { Count: > 0 } some ? string.Join(" + ", some) : "none";

    private void Row(string name, string text)
    {
        foreach (var line in TextLines.Wrap(text, _page.Profile.Width - NameWidth))
        {
            _page.WriteLine(name.PadRight(NameWidth) + line);
            name = "";
        }
    }
}
