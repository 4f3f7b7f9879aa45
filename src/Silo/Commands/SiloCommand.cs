using System.CommandLine;
using System.CommandLine.Help;
using AsyncTour.Grains;

namespace AsyncTour.Silo.Commands;

/// <summary>The silo's command line.</summary>
internal static class SiloCommand
{
    private const int WrongUsage = 2;

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

    /// <summary>Does what a command line says, or says in one sentence why not: exit code 2.</summary>
    public static Task<int> RunAsync(ParseResult line, InvocationConfiguration configuration) =>
        WhyNot(line) is { } sentence ? RefuseAsync(configuration.Error, sentence) : line.InvokeAsync(configuration);

    // Whoever asks for help is helped, whatever else is wrong.
    private static string? WhyNot(ParseResult line) => line switch
    {
        { Errors.Count: 0 } or { Action: HelpAction } => null,
        { UnmatchedTokens: [var token, ..] } => $"a silo has no option '{token}': see --help",
        _ => line.Errors[0].Message.TrimEnd('.'),
    };

    private static async Task<int> RefuseAsync(TextWriter error, string sentence)
    {
        await error.WriteLineAsync("silo: " + sentence);
        return WrongUsage;
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
            return await RefuseAsync(Console.Error, e.Message);
        }
    }
}
