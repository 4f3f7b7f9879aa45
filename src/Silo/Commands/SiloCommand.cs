using System.CommandLine;
using AsyncTour.Grains;

namespace AsyncTour.Silo.Commands;

/// <summary>The silo's command line.</summary>
internal static class SiloCommand
{
    /// <summary>The command; running it calls <paramref name="run"/> with the settings it read.</summary>
    /// <param name="run">Runs the silo until it is told to stop; answers the exit code.</param>
    /// <param name="ask">Asks a running silo on this machine how it is, for <c>health</c>.</param>
    public static RootCommand Create(Func<SiloSettings, CancellationToken, Task<int>> run, Func<int, CancellationToken, Task<int>> ask)
    {
        var options = new SiloOptions();
        var command = new RootCommand("Runs a silo: the process that hosts coordinators and workers.");
        options.AddTo(command);
        command.SetAction((line, cancellationToken) => RunAsync(() => run(options.Read(line), cancellationToken)));
        command.Add(Health(ask));
        return command;
    }

    private static Command Health(Func<int, CancellationToken, Task<int>> ask)
    {
        var port = SiloOptions.PortOption("--http-port", "The silo's HTTP port.", SiloSettings.DefaultHttpPort);
        var command = new Command("health", "Asks the silo on this machine whether it is ready: exit code 0 or 1, for containers that have no curl.") { port };
        command.SetAction((line, cancellationToken) => ask(line.GetValue(port), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (RefusedException e)
        {
            await Console.Error.WriteLineAsync("silo: " + e.Message);
            return 2;
        }
    }
}
