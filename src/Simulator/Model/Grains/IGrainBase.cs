using Orleans.Runtime;

namespace Orleans;

/// <summary>What every grain class is: something that runs in an activation and hears of its beginning and its end.</summary>
public interface IGrainBase
{
    /// <summary>The activation that this instance lives in.</summary>
    IGrainContext GrainContext { get; }

    /// <summary>Runs before the first call. If it throws, that call fails and no activation is left behind. At most 30 s.</summary>
    Task OnActivateAsync(CancellationToken token) => Task.CompletedTask;

    /// <summary>Runs after the last call, when there is time: a crashed silo skips it. At most 30 s.</summary>
    Task OnDeactivateAsync(DeactivationReason reason, CancellationToken token) => Task.CompletedTask;
}
