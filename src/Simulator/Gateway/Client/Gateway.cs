using Orleans.Configuration;
using Orleans.Runtime;
using Orleans.Runtime.Messaging;

namespace AsyncTour.Simulator.Runtime;

/// <summary>One gateway that a client knows. Before its first call the client makes sure that it is of its own cluster.</summary>
internal sealed class Gateway(GatewayConnection connection, GatewayRequests requests, ClusterOptions cluster) : IDisposable
{
    private volatile bool _isMet;

    public GatewayRequests Requests => requests;

    /// <exception cref="ConnectionFailedException">Nothing answers at the address, or what answers is not this client's cluster.</exception>
    public async Task MeetAsync(CancellationToken cancellationToken)
    {
        var silo = await connection.DescribeAsync(cancellationToken);
        if (silo.Protocol != GatewayProtocol.Version)
            throw new ConnectionFailedException($"The client speaks version {GatewayProtocol.Version} of the gateway's protocol and the silo at {connection.Address} {silo.Protocol}: use client and silo of one build.");
        if (silo.ClusterId != cluster.ClusterId || silo.ServiceId != cluster.ServiceId)
            throw new ConnectionFailedException($"The silo at {connection.Address} is of cluster {silo.ClusterId}, service {silo.ServiceId}; the client wants cluster {cluster.ClusterId}, service {cluster.ServiceId}.");
        _isMet = true;
    }

    /// <summary>Makes a call. Answers why not, if it certainly has not begun: another gateway may be asked, or this one later.</summary>
    public Task<SiloUnavailableException?> TrySendAsync(Call call) => _isMet ? requests.TrySendAsync(call) : MeetAndSendAsync(call);

    public void Dispose() => connection.Dispose();

    private async Task<SiloUnavailableException?> MeetAndSendAsync(Call call)
    {
        try
        {
            await MeetAsync(call.CallerToken);
        }
        catch (ConnectionFailedException failure)
        {
            return new SiloUnavailableException($"{failure.Message} {call.Describe()} did not run.", failure);
        }

        return await requests.TrySendAsync(call);
    }
}
