using System.Net.Sockets;
using AsyncTour.Grains.Jobs;
using AsyncTour.Grains.Runs;
using Microsoft.Extensions.DependencyInjection;

namespace AsyncTour.Client.Connections;

/// <summary>Finds a silo, or starts one.</summary>
internal static class Connector
{
    // Nobody is to wait long for a silo that need not be there; one that was named may be far away, or its machine busy.
    private static readonly TimeSpan ShortProbe = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan LongProbe = TimeSpan.FromSeconds(5);

    /// <summary>The kinds of job that a silo of this build knows. A silo elsewhere may know more.</summary>
    public static JobKinds BuiltInKinds() => new ServiceCollection()
        .AddLogging()
        .AddSingleton(TimeProvider.System)
        .AddBuiltInJobHandlers()
        .BuildServiceProvider()
        .GetRequiredService<JobKinds>();

    /// <summary>Decides, when the command line leaves it open, between a silo that answers and one of our own.</summary>
    /// <exception cref="NoSiloException">A silo elsewhere was asked for and does not answer.</exception>
    public static async Task<SiloChoice> DecideAsync(SiloChoice choice, CancellationToken cancellationToken)
    {
        if (choice.MayConnect && await AnsweringFirstAsync(choice.Gateways, choice.MayEmbed ? ShortProbe : LongProbe, cancellationToken) is { } gateways)
        {
            return SiloChoice.At(gateways);
        }

        return choice.MayEmbed ? SiloChoice.Embedded : throw Remote.NotThere(choice.Gateways);
    }

    /// <summary>Opens the connection that was decided on.</summary>
    public static Task<Connection> OpenAsync(SiloChoice choice, RunClientOptions runs, CancellationToken cancellationToken) =>
        choice.MayConnect ? Remote.OpenAsync(choice.Gateways, cancellationToken, runs) : EmbeddedSilo.OpenAsync(cancellationToken);

    // All of them, for one that does not answer now may do so later; null when none does.
    private static async Task<GatewayList?> AnsweringFirstAsync(GatewayList gateways, TimeSpan probe, CancellationToken cancellationToken)
    {
        foreach (var gateway in gateways.Addresses)
        {
            if (await AnswersAsync(gateway, probe, cancellationToken))
            {
                return new GatewayList([gateway, .. gateways.Addresses.Where(other => other != gateway)]);
            }
        }

        return null;
    }

    private static async Task<bool> AnswersAsync(GatewayAddress address, TimeSpan probe, CancellationToken cancellationToken)
    {
        using var socket = new TcpClient();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(probe);
        try
        {
            await socket.ConnectAsync(address.Host.Trim('[', ']'), address.Port, patience.Token);
            return true;
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return false;
        }
    }
}
