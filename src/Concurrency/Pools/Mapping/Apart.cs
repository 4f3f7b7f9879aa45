using System.Runtime.InteropServices;

namespace AsyncTour.Concurrency.Pools;

/// <summary>
/// A number on a cache line of its own: one that one thread writes all the time would slow down whoever reads what
/// lies beside it.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 128)]
internal struct Apart
{
    [FieldOffset(64)]
    public long Value;
}
