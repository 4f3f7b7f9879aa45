using System.CommandLine;
using AsyncTour.Client.Commands.Help;
using AsyncTour.Client.Commands.Parsing;
using AsyncTour.Client.Rendering;
using AsyncTour.Client.Terminals;
using AsyncTour.Concurrency.Pools;
using AsyncTour.Grains.Runs;
using AsyncTour.Tracing.Analysis;
using Spectre.Console;

namespace AsyncTour.Client.Commands.Traces;

/// <summary><c>trace replay</c>: what the recorded jobs would have taken under other limits, before the time is spent.</summary>
internal static class ReplayTrace
{
    private static readonly Dictionary<string, ReplayOrder> Orders = new(StringComparer.Ordinal)
    {
        ["recorded"] = ReplayOrder.Recorded,
        ["input"] = ReplayOrder.Input,
        ["shortest-first"] = ReplayOrder.ShortestFirst,
        ["longest-first"] = ReplayOrder.LongestFirst,
    };

    public static Command Build(ConnectionOptions connection, Terminal terminal)
    {
        var command = new DocumentedCommand("replay", "What the recorded durations would have taken with other workers, another strategy or another order.");
        var which = TraceCommand.Which();
        var workers = Reading.Option("--max-workers", "K", "so many workers (default: 1, 2, 4, … beside the recorded number)", Reading.Whole(1, RunSpec.MostWorkers));
        var strategy = Reading.Option("--strategy", "S", "another strategy (default: the recorded one)", Reading.Word("strategy", "strategies", Strategy.Names));
        var order = Reading.Option("--order", "O", "recorded (default), input, shortest-first or longest-first", Reading.Word("order", "orders", [.. Orders.Keys]));
        command.Add(which);
        command.AddSection("what if", workers, strategy, order);
        command.SetAction(parsed =>
        {
            var timeline = RunTimeline.Of(TraceCommand.Find(connection, parsed, which));
            var options = new ReplayOptions { Strategy = parsed.GetValue(strategy), Order = Orders[parsed.GetValue(order) ?? "recorded"] };
            Write(terminal.Page(), timeline, [.. Bounds(timeline, parsed.GetValue(workers)).Select(bound => Replay.Of(timeline, options with { MaxWorkers = bound }))]);
            return ExitCode.Success;
        });
        return command;
    }

    // Without a number: the recorded one among the powers of two up to where more workers find no more jobs.
    private static IEnumerable<int> Bounds(RunTimeline timeline, int? asked)
    {
        if (asked is { } bound)
        {
            return [bound];
        }

        var most = Math.Max(1, timeline.Jobs.Count);
        return Enumerable.Range(0, 10).Select(static power => 1 << power).TakeWhile(workers => workers < most).Append(Math.Min(most, 1 << 10)).Append(timeline.MaxWorkers).Distinct().Order();
    }

    private static void Write(IAnsiConsole page, RunTimeline timeline, IReadOnlyList<Replay> replays)
    {
        page.MarkupLine($"[{Palette.Heading}]{"",-9} {"strategy",-15} {"workers",7} {"wall",9} {"ideal",9} {"efficiency",10}[/]");
        page.WriteLine(Row("recorded", timeline.Strategy, timeline.MaxWorkers, timeline.Wall, timeline.Ideal, timeline.Efficiency));
        foreach (var replay in replays.DistinctBy(static replay => replay.MaxWorkers))
        {
            page.WriteLine(Row("replayed", replay.Strategy, replay.MaxWorkers, replay.Wall, replay.Ideal, replay.Efficiency));
        }
    }

    private static string Row(string what, string strategy, int workers, TimeSpan wall, TimeSpan ideal, double efficiency) =>
        $"{what,-9} {strategy,-15} {workers,7} {Times.Text(wall),9} {Times.Text(ideal),9} {Times.Share(efficiency),10}";
}
