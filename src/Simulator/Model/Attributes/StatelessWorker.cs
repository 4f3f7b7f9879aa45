using Orleans.Placement;
using Orleans.Runtime;

namespace Orleans.Concurrency;

/// <summary>
/// Several activations of one identity. The Simulator refuses it at start-up: its cancellation reaches the wrong activation in Orleans
/// (dotnet/orleans#9877), and it never leaves the caller's silo.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class StatelessWorkerAttribute : PlacementAttribute
{
    public StatelessWorkerAttribute(int maxLocalWorkers)
        : base(new RandomPlacement()) =>
        MaxLocalWorkers = maxLocalWorkers;

    public StatelessWorkerAttribute()
        : this(-1)
    {
    }

    internal int MaxLocalWorkers { get; }
}
