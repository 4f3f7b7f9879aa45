using Microsoft.Extensions.Hosting;

namespace AsyncTour.Client.Connections;

/// <summary>Signals are the terminal's business: a host that heard them would stop the silo under the run.</summary>
internal sealed class LifetimeOfTheCommand : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
