using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime;
using Orleans.Runtime.Messaging;

namespace AsyncTour.Simulator.Runtime;

/// <summary>The way that a client's calls take to a silo in another process: each is one request to a gateway.</summary>
internal sealed class GatewayLink : IGrainLink, IHostedService, IDisposable
{
    private readonly ClientMessagingOptions _messaging;
    private readonly PendingCalls _pending;
    private readonly TimeProvider _time;
    private readonly GatewayRing _gateways;
    private readonly ConcurrentDictionary<GrainType, string> _prefixes = new();
    private ITimer? _late;

    public GatewayLink(IServiceProvider services, TimeProvider time)
    {
        _time = time;
        _messaging = services.GetRequiredService<IOptions<ClientMessagingOptions>>().Value;
        _pending = new PendingCalls(time);
        Outgoing = new OutgoingCalls(this, services);
        var gateways = services.GetRequiredService<IOptions<StaticGatewayListProviderOptions>>().Value.Gateways;
        if (gateways.Count == 0)
            throw new OrleansConfigurationException("The client has no gateway to connect to: call UseLocalhostClustering or UseStaticClustering.");
        var settings = services.GetRequiredService<IOptions<GatewaySettings>>().Value;
        var cluster = services.GetRequiredService<IOptions<ClusterOptions>>().Value;
        var json = WireFormat.Create(this);
        _gateways = new GatewayRing(
            [.. gateways.Select(address =>
            {
                var connection = new GatewayConnection(address, settings.Token);
                return new Gateway(connection, new GatewayRequests(connection, json, _prefixes), cluster);
            })],
            settings.ReadyTimeout,
            time,
            new GatewayEvents(services));
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
        await _gateways.MeetAsync(cancellationToken);
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
            _ = _gateways.StopAsync(call);
        }
        else if (call.TrySettle())
        {
            _pending.Remove(call);
            _gateways.Abort(call);
            call.Fail(new OperationCanceledException(call.CallerToken));
        }
    }

    public void Dispose()
    {
        _late?.Dispose();
        _gateways.Dispose();
    }

    private async Task SendAsync(Call call)
    {
        Exception? failure = null;
        try
        {
            await _gateways.SendAsync(call);
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
                _gateways.Abort(call);
            call.Fail(new TimeoutException(string.Create(CultureInfo.InvariantCulture, $"Response did not arrive on time in {call.Timeout} for message: {call.Describe()}.")));
        }
    }
}
