using StackExchange.Redis;

namespace AsyncTour.Silo.Web;

/// <summary>Whether the cluster's Redis answers, asked on a connection of its own so that no queue of writes is in the way.</summary>
internal sealed class RedisPulse(SiloSettings settings, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Lazy<Task<ConnectionMultiplexer>> _connection = new(() => ConnectAsync(settings));

    /// <summary>That it does not, in a few words; <c>null</c> when it does.</summary>
    public async Task<string?> WhyNotAsync()
    {
        try
        {
            await PingAsync().WaitAsync(Patience, time);
            return null;
        }
        catch (Exception e) when (e is RedisException or TimeoutException)
        {
            return $"the cluster's Redis at {RedisServers.Names(settings.Redis)} does not answer";
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection.IsValueCreated)
        {
            await (await _connection.Value).DisposeAsync();
        }
    }

    private async Task PingAsync() => await (await _connection.Value).GetDatabase().PingAsync();

    // Made once, whether or not anybody answers yet: it connects again by itself, and asks at once rather than queue.
    private static Task<ConnectionMultiplexer> ConnectAsync(SiloSettings settings)
    {
        var options = ConfigurationOptions.Parse(settings.Redis);
        options.AbortOnConnectFail = false;
        options.BacklogPolicy = BacklogPolicy.FailFast;
        options.ReconnectRetryPolicy = new LinearRetry((int)Patience.TotalMilliseconds);
        return ConnectionMultiplexer.ConnectAsync(options);
    }
}
