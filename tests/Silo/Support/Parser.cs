using System.CommandLine;
using AsyncTour.Client.Commands;
using AsyncTour.Client.Terminals;
using AsyncTour.Silo.Commands;

namespace AsyncTour.Silo.Tests.Support;

/// <summary>The programs' own parsers, with nothing behind them.</summary>
internal static class Parser
{
    /// <summary>What the silo's program would run with; fails as the program would.</summary>
    public static async Task<(int ExitCode, SiloSettings? Settings)> SiloAsync(params string[] args) => await SiloAsync(TextWriter.Null, args);

    /// <summary>The same, and what it says of a mistake goes to <paramref name="error"/>.</summary>
    public static async Task<(int ExitCode, SiloSettings? Settings)> SiloAsync(TextWriter error, string[] args)
    {
        SiloSettings? read = null;
        var command = SiloCommand.Create(
            (settings, _) =>
            {
                read = settings;
                return Task.FromResult(0);
            },
            static (_, _) => Task.FromResult(0));
        var configuration = new InvocationConfiguration { Output = TextWriter.Null, Error = error };
        return (await SiloCommand.RunAsync(command.Parse(args), configuration), read);
    }

    /// <summary>What is wrong with a command line of the client.</summary>
    public static IReadOnlyList<string> ClientErrors(params string[] args)
    {
        var terminal = new Terminal { OpenInput = static () => Stream.Null, Out = TextWriter.Null, Error = TextWriter.Null, Random = new Random(1) };
        return [.. CommandTree.Build(terminal).Parse(args).Errors.Select(static error => error.Message)];
    }
}
