using System.IO.Pipelines;
using AsyncTour.Client.Terminals;

// One recorder a process, and one silo at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace AsyncTour.Client.Tests.Support;

/// <summary>One command line, run through the real program with streams of the test's own.</summary>
internal sealed class Invocation : IDisposable
{
    private readonly CancellationTokenSource _interrupt = new();
    private readonly Pipe _input = new();
    private readonly StringWriter _out = new();
    private readonly StringWriter _error = new();

    /// <summary>Where this command's traces go.</summary>
    public TempFolder Folder { get; } = new();

    /// <summary>The same, where it is not to be that folder.</summary>
    public string? Traces { get; init; }

    /// <summary>Where standard output goes; <c>null</c>: to <see cref="Out"/>.</summary>
    public TextWriter? Output { get; init; }

    public bool IsTerminal { get; init; }

    public bool WantsColor { get; init; } = true;

    public int Width { get; init; } = Terminal.PlainWidth;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public string Out => _out.ToString();

    public string Error => _error.ToString();

    public static async Task<Invocation> Of(params string[] args)
    {
        var invocation = new Invocation();
        invocation.ExitCode = await invocation.RunAsync(args);
        return invocation;
    }

    public int ExitCode { get; private set; } = -1;

    public async Task<int> RunAsync(params string[] args)
    {
        var terminal = new Terminal
        {
            OpenInput = () => _input.Reader.AsStream(),
            Out = Output ?? TextWriter.Synchronized(_out),
            Error = TextWriter.Synchronized(_error),
            OutIsTerminal = IsTerminal,
            ErrorIsTerminal = IsTerminal,
            WantsColor = WantsColor,
            Width = Width,
            Time = Time,
            Random = new Random(1),
            Interrupted = _interrupt.Token,
        };
        // A silo that happens to run on this machine is not the test's: those that mean one say --connect.
        string[] alone = args is ["run" or "compare" or "tour", ..] && !args.Contains("--connect") && !args.Contains("--embedded") ? ["--embedded"] : [];
        return ExitCode = await TourConsole.RunAsync(["--traces", Traces ?? Folder.Path, .. alone, .. args], terminal);
    }

    public async Task Type(string line)
    {
        await _input.Writer.WriteAsync(System.Text.Encoding.UTF8.GetBytes(line + "\n"));
    }

    public Task EndInput() => _input.Writer.CompleteAsync().AsTask();

    public void Interrupt() => _interrupt.Cancel();

    public void Dispose()
    {
        Folder.Dispose();
        _interrupt.Dispose();
        _out.Dispose();
        _error.Dispose();
    }
}
