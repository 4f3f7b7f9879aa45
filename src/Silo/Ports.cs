using System.Net;
using System.Net.Sockets;
using AsyncTour.Grains;

namespace AsyncTour.Silo;

/// <summary>The ports a silo will listen on, tried before it starts: the usual mishap deserves a sentence, not a stack trace.</summary>
internal static class Ports
{
    /// <exception cref="RefusedException">Somebody else listens on one of them.</exception>
    public static void Refuse(SiloSettings settings)
    {
        foreach (var (option, port, otherwise) in Of(settings))
        {
            if (IsTaken(port))
            {
                throw new RefusedException($"port {port} is taken, perhaps by another silo: give another with {option}{otherwise}");
            }
        }
    }

    private static IEnumerable<(string Option, int Port, string Otherwise)> Of(SiloSettings settings)
    {
        yield return ("--port", settings.GatewayPort, "");
        if (Engine.Name != "simulator")
        {
            yield return ("--silo-port", settings.SiloPort, "");
        }

        if (settings.HttpPort is { } port)
        {
            yield return ("--http-port", port, ", or 0 for no pages");
        }
    }

    private static bool IsTaken(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return false;
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
        {
            return true;
        }
    }
}
