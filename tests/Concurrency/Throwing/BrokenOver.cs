using System.Diagnostics.CodeAnalysis;
using AsyncTour.Concurrency.Pools;

namespace AsyncTour.Concurrency.Tests.Throwing;

/// <summary>A hundred jobs, from a source that breaks over the end of some of them.</summary>
public sealed class BrokenOver(Predicate<int> breaks) : IJobSource<int>
{
    private int _next;

    public BrokenOver(int afterJob)
        : this(job => job > afterJob)
    {
    }

    public bool TryTake([MaybeNullWhen(false)] out int job)
    {
        job = _next;
        return _next++ < 100;
    }

    public ValueTask<bool> WaitToTakeAsync(CancellationToken cancellation) => new(false);

    public void Finished(int job)
    {
        if (breaks(job))
            throw new BrokenException(BrokenSource.Ended);
    }
}
