using System.CommandLine;
using System.CommandLine.Invocation;
using AsyncTour.Client.Terminals;

namespace AsyncTour.Client.Commands;

/// <summary><c>--version</c>: the program's version and the engine it was built for.</summary>
internal sealed class PrintVersion(Terminal terminal) : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        var version = typeof(PrintVersion).Assembly.GetName().Version?.ToString(3);
        terminal.Out.WriteLine($"asynctour {version}, {Silo.Engine.Name} engine");
        return ExitCode.Success;
    }
}
