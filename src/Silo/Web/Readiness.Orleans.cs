using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace AsyncTour.Silo.Web;

/// <summary>
/// How this silo is, as its own membership oracle says, and whether what it keeps things in answers: asking needs no other
/// silo, so a dead one makes nobody unready.
/// </summary>
internal sealed class Readiness(IServiceProvider services)
{
    private readonly ISiloStatusOracle _oracle = services.GetRequiredService<ISiloStatusOracle>();
    private readonly RedisPulse? _redis = services.GetService<RedisPulse>();

    /// <summary>How many silos are active, this one included.</summary>
    public int Silos => _oracle.GetApproximateSiloStatuses(onlyActive: true).Count;

    /// <summary>Why the silo should not be given calls, in a few words; <c>null</c> when it should.</summary>
    public async Task<string?> WhyNotAsync() =>
        _oracle.CurrentStatus is var status and not SiloStatus.Active ? $"the silo is {status.ToString().ToLowerInvariant()}"
            : _redis is not null ? await _redis.WhyNotAsync()
            : null;
}
