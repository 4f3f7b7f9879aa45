using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AsyncTour.Silo.Web;

/// <summary>How this silo is. The Simulator's cluster is this silo, so it is ready from its start to its stop.</summary>
internal sealed class Readiness(IServiceProvider services)
{
    private readonly IHostApplicationLifetime _lifetime = services.GetRequiredService<IHostApplicationLifetime>();

    /// <summary>Whether the silo takes calls.</summary>
    public bool IsActive => _lifetime.ApplicationStarted.IsCancellationRequested;

    /// <summary>How many silos are active.</summary>
    public int Silos => IsActive ? 1 : 0;
}
