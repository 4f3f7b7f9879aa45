using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;
using Orleans.Runtime.Messaging;

namespace AsyncTour.Simulator.Runtime;

/// <summary>
/// The gateways of a client, in the order in which it was given them. Calls go to one of them for as long as it takes them, and then
/// to the next; when none does, a call that has not begun waits a while for one that is starting or comes back.
/// </summary>
/// <param name="readyTimeout">How long that is, from the moment when the last of them was lost.</param>
internal sealed class GatewayRing(Gateway[] gateways, TimeSpan readyTimeout, TimeProvider time, GatewayEvents events) : IDisposable
{
    private static readonly TimeSpan _firstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan _longestPause = TimeSpan.FromSeconds(1);

    private readonly Random _jitter = new();
    private volatile int _turn;
    private long _lostSince;

    /// <exception cref="ConnectionFailedException">None of them is there to be used; why the first is not.</exception>
    public async Task MeetAsync(CancellationToken cancellationToken)
    {
        ConnectionFailedException? first = null;
        for (var at = 0; at < gateways.Length; at++)
        {
            try
            {
                await gateways[at].MeetAsync(cancellationToken);
                _turn = at;
                return;
            }
            catch (ConnectionFailedException failure)
            {
                first ??= failure;
            }
        }

        throw first!;
    }

    /// <summary>Ends when the answer has been read into the call; throws what the grain threw.</summary>
    /// <exception cref="SiloUnavailableException">No gateway took the call, or the one that did went away before it answered.</exception>
    public async Task SendAsync(Call call)
    {
        for (var pause = _firstPause; await TryAllAsync(call) is { } refusal; pause = pause * 2 < _longestPause ? pause * 2 : _longestPause)
        {
            if (call.IsSettled || !MayComeBack())
                throw refusal;
            await Task.Delay(pause * Jitter(), time, call.CallerToken);
        }
    }

    /// <summary>Cancels without waiting.</summary>
    public void Abort(Call call) => Array.ForEach(gateways, gateway => gateway.Requests.Abort(call));

    /// <summary>Asks the silo to stop a call, whose answer then tells that it has.</summary>
    public Task StopAsync(Call call) => Task.WhenAll(gateways.Select(gateway => gateway.Requests.StopAsync(call)));

    public void Dispose() => Array.ForEach(gateways, static gateway => gateway.Dispose());

    private async Task<SiloUnavailableException?> TryAllAsync(Call call)
    {
        SiloUnavailableException? refusal = null;
        for (int first = _turn, i = 0; i < gateways.Length; i++)
        {
            var at = (first + i) % gateways.Length;
            try
            {
                refusal = await gateways[at].TrySendAsync(call);
            }
            catch (SiloUnavailableException)
            {
                // Whether it ran is not known, so it is not sent again; the next call begins elsewhere.
                _turn = (at + 1) % gateways.Length;
                throw;
            }

            if (refusal is null)
            {
                Taken(at);
                return null;
            }
        }

        return refusal;
    }

    private void Taken(int at)
    {
        if (_turn != at)
            _turn = at;
        if (Volatile.Read(ref _lostSince) != 0 && Interlocked.Exchange(ref _lostSince, 0) != 0)
            events.Recovered();
    }

    private bool MayComeBack()
    {
        var since = Interlocked.CompareExchange(ref _lostSince, time.GetTimestamp(), 0);
        if (since != 0)
            return time.GetElapsedTime(since) < readyTimeout;
        events.Lost();
        return readyTimeout > TimeSpan.Zero;
    }

    // Clients that lost a silo together do not come back together.
    private double Jitter()
    {
        lock (_jitter)
            return 0.5 + _jitter.NextDouble();
    }
}

/// <summary>Who wants to hear that a client has lost its last gateway, or found one again.</summary>
internal sealed class GatewayEvents(IServiceProvider services)
{
    public void Lost()
    {
        Count(0, 1);
        foreach (var handler in services.GetServices<ConnectionToClusterLostHandler>())
            handler(services.GetRequiredService<IClusterClient>(), EventArgs.Empty);
    }

    public void Recovered() => Count(1, 0);

    private void Count(int now, int before)
    {
        foreach (var handler in services.GetServices<GatewayCountChangedHandler>())
            handler(services.GetRequiredService<IClusterClient>(), new GatewayCountChangedEventArgs(now, before));
    }
}
