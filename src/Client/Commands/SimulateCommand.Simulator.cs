using System.CommandLine;
using AsyncTour.Client.Commands.Help;
using AsyncTour.Client.Commands.Simulate;
using AsyncTour.Client.Json;
using AsyncTour.Client.Terminals;
using AsyncTour.Grains.Jobs;
using AsyncTour.Simulation.Scenes;
using AsyncTour.Simulation.Sweeps;

namespace AsyncTour.Client.Commands;

/// <summary><c>simulate</c>: the same grains in virtual time, on many silos, with faults, repeatable from a seed.</summary>
internal static class SimulateCommand
{
    public static Command Build(ConnectionOptions connection, Terminal terminal)
    {
        var command = new DocumentedCommand("simulate", "Run jobs in virtual time on simulated silos, with faults; the same seed gives the same history (Simulator engine only).")
        {
            Examples =
            [
                ("simulate --jobs 100000 --max-workers 1000 --silos 100", "a hundred thousand jobs on a hundred silos"),
                ("simulate --crash-rate 1 --loss 0.01 --duration 0..10s --seed 7", "silos crash and messages are lost, and every job still has one outcome"),
                ("simulate --seeds 1..1000 --crash-rate 1 --duration 0..10s", "a thousand histories; the first that breaks an invariant is made small and shown"),
                ("simulate --seed 7 --verify", "the same seed twice: is it the same history?"),
            ],
        };
        var options = new SimulateOptions();
        options.AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            var request = options.Read(parsed, terminal);
            if (request.TracesOne)
                return await TraceAsync(request, connection.Folder(parsed), terminal);
            return request.LastSeed is { } last ? await SweepAsync(request, last, terminal) : await PlayAsync(request, terminal);
        });
        return command;
    }

    private static async Task<int> PlayAsync(SimulateRequest request, Terminal terminal)
    {
        var page = new SimulatePage(terminal, request.Json);
        page.Announce(request.Plan);
        return await ReportAsync(request, await request.Play(request.Plan), page, terminal);
    }

    private static async Task<int> TraceAsync(SimulateRequest request, string folder, Terminal terminal)
    {
        var page = new SimulatePage(terminal, request.Json);
        page.Announce(request.Plan);
        var outcomes = new List<Outcome>();
        var report = await new Scene(request.Plan) { OutcomeHeard = outcomes.Add }.PlayAsync();
        var exit = await ReportAsync(request, report, page, terminal);
        if (report.End is not null)
            page.Traced(SimulatedTrace.Write(report, outcomes, folder));
        return exit;
    }

    private static async Task<int> ReportAsync(SimulateRequest request, SceneReport report, SimulatePage page, Terminal terminal)
    {
        if (report.Breach is not null && report.Plan.Jobs > 1)
        {
            page.Breach(report);
            report = await new Minimiser(request.Play).MinimiseAsync(report);
        }

        if (request.Json)
            RunJson.Print(terminal, writer => SimulateJson.Write(writer, report));
        else
            page.Report(report);
        return ExitCodeOf(report);
    }

    private static async Task<int> SweepAsync(SimulateRequest request, int last, Terminal terminal)
    {
        var page = new SimulatePage(terminal, request.Json);
        page.AnnounceSweep(request.Plan, last);
        var plans = Enumerable.Range(request.Plan.Seed, last - request.Plan.Seed + 1).Select(seed => request.Plan with { Seed = seed });
        var digests = request.Json ? new List<SceneReport>() : null;
        var sweep = await new Sweep(request.Play).RunAsync(plans, scene => digests?.Add(scene), terminal.Interrupted);
        var smallest = sweep.Failing is null ? null : await new Minimiser(request.Play).MinimiseAsync(sweep.Failing);
        if (digests is not null)
            RunJson.Print(terminal, writer => SimulateJson.Write(writer, sweep, digests, smallest));
        else
            page.Report(sweep, smallest);
        return smallest is not null ? ExitCode.Breach : terminal.Interrupted.IsCancellationRequested ? ExitCode.Interrupted : ExitCode.Success;
    }

    private static int ExitCodeOf(SceneReport report) =>
        report.Breach is not null ? ExitCode.Breach : report.Ledger.AllSucceeded ? ExitCode.Success : ExitCode.SomeJobDidNot;
}
