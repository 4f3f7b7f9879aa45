using System.Runtime.InteropServices;
using System.Text;

namespace AsyncTour.Client.Terminals;

/// <summary>
/// The terminal of this process. The first Ctrl-C or SIGTERM asks the command to stop and report; the second ends the
/// process at once, as it would without us.
/// </summary>
internal sealed class SystemTerminal : IDisposable
{
    private readonly CancellationTokenSource _interrupted = new();
    private readonly PosixSignalRegistration[] _signals;

    private SystemTerminal()
    {
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        Terminal = new Terminal
        {
            OpenInput = Console.OpenStandardInput,
            Out = Console.Out,
            Error = Console.Error,
            OutIsTerminal = !Console.IsOutputRedirected,
            ErrorIsTerminal = !Console.IsErrorRedirected,
            WantsColor = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")),
            Width = Console.IsOutputRedirected && Console.IsErrorRedirected ? Terminal.PlainWidth : Columns(),
            Random = new Random(),
            Interrupted = _interrupted.Token,
        };
        _signals = [Catch(PosixSignal.SIGINT), Catch(PosixSignal.SIGTERM)];
    }

    public Terminal Terminal { get; }

    public static SystemTerminal Open() => new();

    public void Dispose()
    {
        foreach (var signal in _signals)
        {
            signal.Dispose();
        }

        _interrupted.Dispose();
    }

    private static int Columns() => Console.WindowWidth is var width and > 0 ? width : Terminal.PlainWidth;

    private PosixSignalRegistration Catch(PosixSignal signal) => PosixSignalRegistration.Create(signal, context =>
    {
        if (_interrupted.IsCancellationRequested)
        {
            return;
        }

        context.Cancel = true;
        Terminal.Error.WriteLine();
        Terminal.Error.WriteLine("stopping; Ctrl-C again leaves at once");
        _interrupted.Cancel();
    });
}
