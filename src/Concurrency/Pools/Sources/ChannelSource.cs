using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace AsyncTour.Concurrency.Pools;

internal sealed class ChannelSource<TJob>(ChannelReader<TJob> jobs) : IJobSource<TJob>
{
    public bool TryTake([MaybeNullWhen(false)] out TJob job) => jobs.TryRead(out job);

    public ValueTask<bool> WaitToTakeAsync(CancellationToken cancellation) => jobs.WaitToReadAsync(cancellation);
}
