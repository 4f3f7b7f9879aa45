using Microsoft.Extensions.Hosting;

namespace AsyncTour.Client.Connections;

/// <summary>A host that is stopped before it is disposed.</summary>
internal sealed class RunningHost(IHost host) : IAsyncDisposable
{
    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        if (host is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync();
        }
        else
        {
            host.Dispose();
        }
    }
}
