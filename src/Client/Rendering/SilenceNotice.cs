using AsyncTour.Client.Connections;
using AsyncTour.Client.Terminals;
using AsyncTour.Grains.Runs;

namespace AsyncTour.Client.Rendering;

/// <summary>Tells, on the error stream and in one line, that a silo does not answer and is asked again. Once, however many calls it leaves unanswered.</summary>
internal sealed class SilenceNotice(Terminal terminal, GatewayList gateways)
{
    // A silo that is being restarted by hand is worth some patience.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private long? _told;

    /// <summary>How a command speaks to runs: for half a minute of silence, which it tells of.</summary>
    public static RunClientOptions Options(Terminal terminal, GatewayList gateways) => new()
    {
        Time = terminal.Time,
        Random = terminal.Random,
        Patience = Patience,
        Unanswered = new SilenceNotice(terminal, gateways).Tell,
    };

    // Of a cluster that has lost a silo some calls are answered and others are not: what was told stands for a while.
    private void Tell()
    {
        lock (_gate)
        {
            if (_told is { } told && terminal.Time.GetElapsedTime(told) < Patience)
            {
                return;
            }

            _told = terminal.Time.GetTimestamp();

            // Over the progress line, if there is one.
            var line = $"{gateways.Subject} does not answer; asking again for up to {Times.Coarse(Patience)}";
            terminal.Error.WriteLine(terminal.ErrorIsTerminal ? "\r" + line.PadRight(terminal.Width - 1) : line);
        }
    }
}
