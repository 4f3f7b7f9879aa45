using System.CommandLine;
using AsyncTour.Client.Commands.Help;
using AsyncTour.Client.Terminals;
using AsyncTour.Grains;

namespace AsyncTour.Client.Commands;

/// <summary><c>simulate</c> on Orleans: there is no virtual time there, and it says so.</summary>
internal static class SimulateCommand
{
    public static Command Build(ConnectionOptions connection, Terminal terminal)
    {
        var command = new DocumentedCommand("simulate", "Run jobs in virtual time on simulated silos, with faults; the same seed gives the same history (Simulator engine only).") { TreatUnmatchedTokensAsErrors = false };
        command.SetAction(static int (_) => throw new RefusedException("this build runs on Orleans, which has no virtual time: build without -p:Engine=Orleans to simulate"));
        return command;
    }
}
