using System.Globalization;
using AsyncTour.Client.Terminals;
using AsyncTour.Grains.Runs;
using Orleans.Runtime;

namespace AsyncTour.Client.Rendering;

/// <summary>
/// One line that tells how far a run has come and when it may end. It is drawn on the error stream, over itself, wiped
/// at the end, and only where a person looks.
/// </summary>
internal sealed class ProgressLine : IAsyncDisposable
{
    private const int BarLength = 24;
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(125);
    private static readonly TimeSpan FirstAfter = TimeSpan.FromMilliseconds(400);

    private readonly CancellationTokenSource _ended = new();
    private readonly Terminal _terminal;
    private readonly Task _drawing;

    private ProgressLine(RunHandle run, int? total, Terminal terminal)
    {
        _terminal = terminal;
        _drawing = terminal.ErrorIsTerminal ? DrawAsync(run, total) : Task.CompletedTask;
    }

    /// <summary>Draws until disposed.</summary>
    public static ProgressLine Follow(RunHandle run, int? total, Terminal terminal) => new(run, total, terminal);

    /// <summary>What the line says of a run at one moment.</summary>
    public static string Text(RunStatus status, int? total)
    {
        var ledger = status.Ledger;
        var done = total is > 0 ? Math.Min(1, (double)ledger.Ended / total.Value) : (double?)null;
        var parts = new List<string>
        {
            total is { } n ? Format($"{ledger.Ended:N0} of {n:N0}") : Format($"{ledger.Ended:N0} done"),
            Format($"{ledger.Running:N0} running"),
        };
        if (ledger.Ended - ledger.Succeeded is var bad and > 0)
        {
            parts.Add(Format($"{bad:N0} failed"));
        }

        if (status.State == RunState.Stopping)
        {
            parts.Add("stopping");
        }
        else if (done is > 0 and < 1)
        {
            parts.Add("ETA " + Times.Coarse(status.Wall * (1 / done.Value - 1)));
        }

        var filled = (int)((done ?? 0) * BarLength);
        return (done is null ? "" : new string('━', filled) + new string('╌', BarLength - filled) + "  ") + string.Join(" · ", parts);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _drawing;
        _ended.Dispose();
    }

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private async Task DrawAsync(RunHandle run, int? total)
    {
        var longest = 0;
        try
        {
            await Task.Delay(FirstAfter, _terminal.Time, _ended.Token);
            using var timer = new PeriodicTimer(Period, _terminal.Time);
            do
            {
                if (await run.StatusAsync().WaitAsync(_ended.Token) is { } status)
                {
                    var text = TextLines.Cut(Text(status, total), _terminal.Width - 1);
                    _terminal.Error.Write("\r" + text.PadRight(longest));
                    longest = text.Length;
                }
            }
            while (await timer.WaitForNextTickAsync(_ended.Token));
        }
        catch (OperationCanceledException)
        {
            // The run has ended.
        }
        catch (Exception e) when (e is OrleansException or TimeoutException)
        {
            // Who reads the run's outcomes meets the same loss and tells it; the line only gets out of the way.
        }

        if (longest > 0)
        {
            _terminal.Error.Write("\r" + new string(' ', longest) + "\r");
        }
    }
}
