using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Configuration;
using Orleans.Runtime;

namespace AsyncTour.Simulator.Runtime;

/// <summary>One silo: the way that calls of its grains, and of its process's own client, take.</summary>
internal sealed class Silo : IGrainRuntime, IGrainLink, ILocalSiloDetails
{
    private readonly SiloMessagingOptions _messaging;
    private readonly ClusterOptions _clusterOptions;

    /// <param name="hosts">Whether it takes activations; a simulation's client, which is outside of every silo, does not.</param>
    public Silo(Cluster cluster, GrainCatalog catalog, IServiceProvider services, bool hosts = true)
    {
        Cluster = cluster;
        Catalog = catalog;
        ServiceProvider = services;
        Log = services.GetRequiredService<ILoggerFactory>().CreateLogger("Orleans.Silo");
        _messaging = services.GetRequiredService<IOptions<SiloMessagingOptions>>().Value;
        _clusterOptions = services.GetRequiredService<IOptions<ClusterOptions>>().Value;
        Collection = services.GetRequiredService<IOptions<GrainCollectionOptions>>().Value;
        var endpoint = services.GetRequiredService<IOptions<EndpointOptions>>().Value;
        Name = services.GetRequiredService<IOptions<SiloOptions>>().Value.SiloName ?? $"Silo_{Environment.ProcessId:X5}";
        SiloAddress = SiloAddress.New(endpoint.AdvertisedIPAddress, endpoint.SiloPort, generation: 1);
        GatewayAddress = SiloAddress.New(endpoint.AdvertisedIPAddress, endpoint.GatewayPort, generation: 1);
        GrainFactory = new GrainFactory(this, catalog);
        Outgoing = new OutgoingCalls(this, services);
        Incoming = new IncomingCalls(services);
        if (hosts)
            cluster.Add(this);
    }

    public Cluster Cluster { get; }

    public GrainCatalog Catalog { get; }

    public ILogger Log { get; }

    public GrainCollectionOptions Collection { get; }

    public OutgoingCalls Outgoing { get; }

    public IncomingCalls Incoming { get; }

    public string Name { get; }

    public string ClusterId => _clusterOptions.ClusterId;

    public string ServiceId => _clusterOptions.ServiceId;

    public string DnsHostName => Dns.GetHostName();

    public SiloAddress SiloAddress { get; }

    public SiloAddress GatewayAddress { get; }

    public string SiloIdentity => SiloAddress.ToString();

    public SiloStatus Status { get; set; } = SiloStatus.Created;

    public IGrainFactory GrainFactory { get; }

    public IServiceProvider ServiceProvider { get; }

    public TimeProvider TimeProvider => Cluster.Time;

    public bool CopiesArguments => true;

    public GrainReference ReferenceTo(Type interfaceType, GrainId id) => GrainInterface.Of(interfaceType).MakeReference(id, this);

    public void Send(Call call)
    {
        if (call.PendingSlot < 0)
            Cluster.Pending.Add(call, call.Method.ResponseTimeout ?? _messaging.ResponseTimeout);
        if ((call.Source?.Silo ?? this).Status is SiloStatus.Stopping or SiloStatus.Dead)
        {
            Answer(call, new SiloUnavailableException($"Silo {Name} is shutting down and takes no more calls: {call.Describe()} did not run."));
            return;
        }

        try
        {
            if (Cluster.Network is { } network)
            {
                network.Request(call, TargetOf(call));
                return;
            }

            while (!TargetOf(call).Turns.TryPost(call))
                call.Target.LastTarget = null;
        }
        catch (Exception failure)
        {
            Answer(call, failure);
        }
    }

    /// <summary>The callee is done; its outcome goes to the caller.</summary>
    public void Answer(Call call)
    {
        if (Cluster.Network is { } network)
            network.Answer(call, this);
        else
            Settle(call);
    }

    /// <summary>The outcome has reached the caller.</summary>
    public void Settle(Call call)
    {
        if (!call.TrySettle())
            return;
        Cluster.Pending.Remove(call);
        call.Deliver();
    }

    public void OnCallerCancelled(Call call)
    {
        if (_messaging.WaitForCancellationAcknowledgement)
        {
            AskToStop(call);
        }
        else if (call.TrySettle())
        {
            Cluster.Pending.Remove(call);
            AskToStop(call);
            call.Fail(new OperationCanceledException(call.CallerToken));
        }
    }

    /// <summary>Once a second: callers that have waited long enough are told so. What becomes of their calls is not known.</summary>
    public void GiveUpLateCalls()
    {
        foreach (var call in Cluster.Pending.Late())
        {
            if (!call.TrySettle())
                continue;
            Cluster.Pending.Remove(call);
            if (_messaging.CancelRequestOnTimeout)
                AskToStop(call);
            call.Fail(new TimeoutException($"Response did not arrive on time in {call.Timeout} for message: {call.Describe()}."));
        }
    }

    public void DeactivateOnIdle(IGrainContext grainContext) =>
        grainContext.Deactivate(new DeactivationReason(DeactivationReasonCode.ApplicationRequested, "DeactivateOnIdle was called."));

    public void DelayDeactivation(IGrainContext grainContext, TimeSpan timeSpan) => ((Activation)grainContext).Delay(timeSpan);

    private void Answer(Call call, Exception failure)
    {
        if (!call.TrySettle())
            return;
        Cluster.Pending.Remove(call);
        call.Fail(failure);
    }

    private Activation TargetOf(Call call)
    {
        if (call.Target.LastTarget is Activation last)
            return last;
        var found = Cluster.Locate(call.Target.GrainId, this);
        call.Target.LastTarget = found;
        return found;
    }

    private void AskToStop(Call call)
    {
        if (!call.Method.TakesToken)
            return;
        var target = TargetOf(call);
        if (Cluster.Network is { } network)
            network.Stop(call, target, new StopMessage(call));
        else
            target.Turns.TryPost(new StopMessage(call));
    }

    private sealed class StopMessage(Call call) : Message
    {
        public override void Handle(Activation activation)
        {
            if (call.Host == activation)
                call.Stop();
        }
    }
}
