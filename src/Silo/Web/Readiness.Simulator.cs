using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AsyncTour.Silo.Web;

/// <summary>How this silo is. The Simulator's cluster is this silo, so it is ready from its start to its stop.</summary>
internal sealed class Readiness(IServiceProvider services)
{
    private readonly IHostApplicationLifetime _lifetime = services.GetRequiredService<IHostApplicationLifetime>();

    /// <summary>How many silos are active.</summary>
    public int Silos => _lifetime.ApplicationStarted.IsCancellationRequested ? 1 : 0;

    /// <summary>Why the silo should not be given calls, in a few words; <c>null</c> when it should.</summary>
    public Task<string?> WhyNotAsync() => Task.FromResult(Silos == 1 ? null : "the silo is joining");
}
