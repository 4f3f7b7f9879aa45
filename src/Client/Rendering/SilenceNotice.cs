using AsyncTour.Client.Connections;
using AsyncTour.Client.Terminals;
using AsyncTour.Grains.Runs;

namespace AsyncTour.Client.Rendering;

/// <summary>Tells, on the error stream and in one line, that a silo does not answer and is asked again. Once, however many calls it leaves unanswered.</summary>
internal sealed class SilenceNotice(Terminal terminal, GatewayList gateways)
{
    // A silo that is being restarted by hand is worth some patience.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private int _isSilent;

    /// <summary>How a command speaks to runs: for half a minute of silence, which it tells of.</summary>
    public static RunClientOptions Options(Terminal terminal, GatewayList gateways) => new()
    {
        Time = terminal.Time,
        Random = terminal.Random,
        Patience = Patience,
        AnswersChanged = new SilenceNotice(terminal, gateways).Change,
    };

    private void Change(bool answers)
    {
        if (Interlocked.Exchange(ref _isSilent, answers ? 0 : 1) == 0 && !answers)
        {
            // Over the progress line, if there is one.
            var line = $"the silo at {gateways} does not answer; asking again for up to {Times.Coarse(Patience)}";
            terminal.Error.WriteLine(terminal.ErrorIsTerminal ? "\r" + line.PadRight(terminal.Width - 1) : line);
        }
    }
}
