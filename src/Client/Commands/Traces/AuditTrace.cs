using System.CommandLine;
using AsyncTour.Client.Commands.Help;
using AsyncTour.Client.Commands.Parsing;
using AsyncTour.Client.Rendering;
using AsyncTour.Client.Terminals;
using AsyncTour.Grains.Runs;
using AsyncTour.Tracing.Analysis;
using AsyncTour.Tracing.Rendering;

namespace AsyncTour.Client.Commands.Traces;

/// <summary><c>trace audit</c>: checks a run's claims from its workers' spans; exit code 4 when one does not hold.</summary>
internal static class AuditTrace
{
    public static Command Build(ConnectionOptions connection, Terminal terminal)
    {
        var command = new DocumentedCommand(
            "audit", "Check from the workers' spans alone that never more jobs ran at once than allowed and that every job has one outcome. Exit code 4 names the instant and the jobs at fault.");
        var which = TraceCommand.Which();
        var bound = Reading.Option("--max-workers", "K", "hold the run to this bound instead of its own", Reading.Whole(1, RunSpec.MostWorkers));
        var tolerance = Reading.Option("--clock-tolerance", "T", "how far the clocks of two machines may be apart (default 0)", Reading.Time);
        var json = Reading.Flag("--json", "one JSON object");
        command.Add(which);
        command.AddSection("audit", bound, tolerance, json);
        command.SetAction(parsed =>
        {
            var options = new AuditOptions { MaxWorkers = parsed.GetValue(bound), ClockTolerance = parsed.GetValue(tolerance) ?? TimeSpan.Zero };
            var audit = Audit.Of(TraceCommand.Find(connection, parsed, which), options);
            if (parsed.GetValue(json))
            {
                terminal.Out.WriteLine(AuditReport.Of(audit).ToJson());
            }
            else
            {
                var page = terminal.Page();
                DrawnLines.Write(page, AuditView.Lines(audit, DrawnLines.IsColored(page)));
            }

            return audit.Passed ? ExitCode.Success : ExitCode.Breach;
        });
        return command;
    }
}
