using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime;
using Orleans.Runtime.Messaging;

namespace AsyncTour.Simulator.Runtime;

/// <summary>The way that a client's calls take to a silo in another process: each is one request to the silo's gateway.</summary>
internal sealed class GatewayLink : IGrainLink, IHostedService, IDisposable
{
    private readonly ClientMessagingOptions _messaging;
    private readonly ClusterOptions _cluster;
    private readonly PendingCalls _pending;
    private readonly TimeProvider _time;
    private readonly GatewayConnection _connection;
    private readonly GatewayRequests _requests;
    private readonly ConcurrentDictionary<GrainType, string> _prefixes = new();
    private ITimer? _late;

    public GatewayLink(IServiceProvider services, TimeProvider time)
    {
        _time = time;
        _messaging = services.GetRequiredService<IOptions<ClientMessagingOptions>>().Value;
        _cluster = services.GetRequiredService<IOptions<ClusterOptions>>().Value;
        _pending = new PendingCalls(time);
        Outgoing = new OutgoingCalls(this, services);
        var gateways = services.GetRequiredService<IOptions<StaticGatewayListProviderOptions>>().Value.Gateways;
        if (gateways.Count == 0)
            throw new OrleansConfigurationException("The client has no gateway to connect to: call UseLocalhostClustering or UseStaticClustering.");
        _connection = new GatewayConnection(gateways[0], services.GetRequiredService<IOptions<GatewaySettings>>().Value.Token);
        _requests = new GatewayRequests(_connection, WireFormat.Create(this), _prefixes);
    }

    public bool CopiesArguments => false;

    public OutgoingCalls Outgoing { get; }

    public GrainReference ReferenceTo(Type interfaceType, GrainId id) => GrainInterface.Of(interfaceType).MakeReference(id, this);

    public GrainType TypeFor(Type interfaceType, string? prefix)
    {
        if (!GrainInterface.IsOne(interfaceType))
            throw new ArgumentException($"{interfaceType.Name} is not a grain interface.", nameof(interfaceType));
        if (prefix is null)
            return GrainType.Create(interfaceType.Name);
        var type = GrainType.Create($"{interfaceType.Name}:{prefix}");
        _prefixes[type] = prefix;
        return type;
    }

    /// <exception cref="ConnectionFailedException">Nothing answers at the address, or what answers is not this client's cluster.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var silo = await _connection.DescribeAsync(cancellationToken);
        if (silo.Protocol != GatewayProtocol.Version)
            throw new ConnectionFailedException($"The client speaks version {GatewayProtocol.Version} of the gateway's protocol and the silo at {_connection.Address} {silo.Protocol}: use client and silo of one build.");
        if (silo.ClusterId != _cluster.ClusterId || silo.ServiceId != _cluster.ServiceId)
            throw new ConnectionFailedException($"The silo at {_connection.Address} is of cluster {silo.ClusterId}, service {silo.ServiceId}; the client wants cluster {_cluster.ClusterId}, service {_cluster.ServiceId}.");
        var second = TimeSpan.FromSeconds(1);
        _late = _time.CreateTimer(static state => ((GatewayLink)state!).GiveUpLateCalls(), this, second, second);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Send(Call call)
    {
        _pending.Add(call, call.Method.ResponseTimeout ?? _messaging.ResponseTimeout);
        _ = SendAsync(call);
    }

    public void OnCallerCancelled(Call call)
    {
        if (_messaging.WaitForCancellationAcknowledgement)
        {
            _ = _requests.StopAsync(call);
        }
        else if (call.TrySettle())
        {
            _pending.Remove(call);
            _requests.Abort(call);
            call.Fail(new OperationCanceledException(call.CallerToken));
        }
    }

    public void Dispose()
    {
        _late?.Dispose();
        _connection.Dispose();
    }

    private async Task SendAsync(Call call)
    {
        Exception? failure = null;
        try
        {
            await _requests.SendAsync(call);
        }
        catch (Exception thrown)
        {
            failure = thrown;
        }

        if (!call.TrySettle())
            return;
        _pending.Remove(call);
        if (failure is null)
            call.Deliver();
        else
            call.Fail(failure);
    }

    private void GiveUpLateCalls()
    {
        foreach (var call in _pending.Late())
        {
            if (!call.TrySettle())
                continue;
            _pending.Remove(call);
            if (_messaging.CancelRequestOnTimeout)
                _requests.Abort(call);
            call.Fail(new TimeoutException(string.Create(CultureInfo.InvariantCulture, $"Response did not arrive on time in {call.Timeout} for message: {call.Describe()}.")));
        }
    }
}
