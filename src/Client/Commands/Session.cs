using System.CommandLine;
using System.Globalization;
using AsyncTour.Client.Connections;
using AsyncTour.Client.Rendering;
using AsyncTour.Client.Runs;
using AsyncTour.Client.Terminals;
using AsyncTour.Tracing.Analysis;
using AsyncTour.Tracing.Reading;
using AsyncTour.Tracing.Recording;
using Spectre.Console;

namespace AsyncTour.Client.Commands;

/// <summary>What a command that runs jobs holds while it works: a recorder, a silo, and the page it writes for people.</summary>
internal sealed class Session : IAsyncDisposable
{
    private readonly TraceRecorder _recorder;

    private Session(TraceRecorder recorder, Connection connection, Terminal terminal, IAnsiConsole page)
    {
        _recorder = recorder;
        Connection = connection;
        Terminal = terminal;
        Page = page;
        Execution = new RunExecution(connection, terminal);
    }

    public Connection Connection { get; }

    public Terminal Terminal { get; }

    /// <summary>Where people read: standard output, or the error stream when JSON has that.</summary>
    public IAnsiConsole Page { get; }

    public RunExecution Execution { get; }

    /// <summary>Starts recording, opens the silo that was decided on, and prints which it is.</summary>
    public static async Task<Session> OpenAsync(SiloChoice choice, TraceRecorderOptions recording, Terminal terminal, bool json)
    {
        var recorder = TraceRecorder.Start(recording);
        try
        {
            var connection = await Connector.OpenAsync(choice, SilenceNotice.Options(terminal, choice.Gateways), terminal.Interrupted);
            var page = json ? terminal.Notes() : terminal.Page();
            page.WriteLine(connection.Banner);
            return new Session(recorder, connection, terminal, page);
        }
        catch
        {
            await recorder.DisposeAsync();
            throw;
        }
    }

    /// <summary>The same for a command that is about runs elsewhere: a silo of our own would have none.</summary>
    /// <exception cref="NoSiloException">None answers.</exception>
    public static async Task<Session> OpenRunningAsync(ConnectionOptions options, ParseResult parsed, Terminal terminal, bool json) =>
        await OpenAsync(await options.RunningSiloAsync(parsed, terminal.Interrupted), options.Recording(parsed, json), terminal, json);

    /// <summary>
    /// A run as its spans tell it, by its trace id or its own; <c>null</c> when nothing was recorded or the spans went
    /// elsewhere.
    /// </summary>
    public RunTimeline? Timeline(string? id)
    {
        if (id is null || _recorder.Options.Exporter != TraceExporter.File || !_recorder.ForceFlush())
        {
            return null;
        }

        try
        {
            return RunTimeline.Of(new TraceFolder(_recorder.Options.Folder).Find(id));
        }
        catch (TraceUnreadableException)
        {
            // A silo elsewhere writes to a folder of its own.
            return null;
        }
    }

    /// <summary>A promise as its spans tell it; <c>null</c> when nothing was recorded or the spans went elsewhere.</summary>
    public PromiseTale? Tale(string promiseId) => _recorder.Options.Exporter == TraceExporter.File && _recorder.ForceFlush()
        ? PromiseTale.Of(new TraceFolder(_recorder.Options.Folder), promiseId)
        : null;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Connection.DisposeAsync();
        await _recorder.DisposeAsync();
        if (_recorder.Fault is { } fault)
        {
            var lost = _recorder.Statistics.Lost;
            Terminal.Error.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"asynctour: {lost:N0} span{(lost == 1 ? " was" : "s were")} not recorded ({fault.Message.TrimEnd('.')}); --traces DIR records elsewhere, --traces none leaves them out"));
        }
    }
}
