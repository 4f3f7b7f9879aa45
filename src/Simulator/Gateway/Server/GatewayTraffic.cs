using Microsoft.AspNetCore.Connections;

namespace AsyncTour.Simulator.Runtime;

/// <summary>What is open at a gateway now.</summary>
/// <param name="Connections">Connections, idle ones too.</param>
/// <param name="Requests">Requests whose headers have arrived and whose answer has not left.</param>
internal readonly record struct GatewayStatistics(int Connections, int Requests);

/// <summary>Counts what is open. What is counted here and never leaves is a leak.</summary>
internal sealed class GatewayTraffic
{
    private int _connections;
    private int _requests;

    public GatewayStatistics Statistics => new(Volatile.Read(ref _connections), Volatile.Read(ref _requests));

    public ConnectionDelegate Count(ConnectionDelegate next) => async connection =>
    {
        Interlocked.Increment(ref _connections);
        try
        {
            await next(connection);
        }
        finally
        {
            Interlocked.Decrement(ref _connections);
        }
    };

    public void Enter() => Interlocked.Increment(ref _requests);

    public void Leave() => Interlocked.Decrement(ref _requests);
}
