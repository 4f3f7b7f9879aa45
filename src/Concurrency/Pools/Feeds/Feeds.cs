using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace AsyncTour.Concurrency.Pools;

/// <summary>
/// All that wants a pool's workers, as one source: the feeds take turns, so that a long map does not keep a small one
/// or a submitted job waiting for its end.
/// </summary>
internal sealed class Feeds : IJobSource<Work>
{
    private readonly Signal _changed = new();
    private readonly Lock _opening = new();
    private ImmutableArray<Feed> _feeds = [];
    private volatile bool _closed;
    private int _turn;

    /// <summary>True when no other feed wants a turn.</summary>
    public bool IsAlone(Feed feed)
    {
        foreach (Feed other in _feeds)
        {
            if (other != feed && other.WantsTurn)
                return false;
        }

        return true;
    }

    /// <summary>False when the pool is closed: its lanes may have left, and nobody would ever look at the feed.</summary>
    public bool TryAdd(Feed feed)
    {
        lock (_opening)
        {
            if (_closed)
                return false;
            ImmutableInterlocked.Update(ref _feeds, static (feeds, added) => feeds.Add(added), feed);
        }

        Ring();
        return true;
    }

    /// <summary>Some feed may have work, or may have ended.</summary>
    public void Ring() => _changed.Ring();

    public void Close()
    {
        lock (_opening)
            _closed = true;
        foreach (Feed feed in _feeds)
            feed.Close();
        Ring();
    }

    public bool TryTake([MaybeNullWhen(false)] out Work work)
    {
        ImmutableArray<Feed> feeds = _feeds;
        for (int i = 0; i < feeds.Length; i++)
        {
            _turn = _turn + 1 >= feeds.Length ? 0 : _turn + 1;
            Feed feed = feeds[_turn];
            if (feed.TryTake(out work))
                return true;
            if (feed.IsEnded)
                ImmutableInterlocked.Update(ref _feeds, static (feeds, ended) => feeds.Remove(ended), feed);
        }

        work = null;
        return false;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<bool> WaitToTakeAsync(CancellationToken cancellation)
    {
        if (_closed && _feeds.IsEmpty)
            return false;

        await _changed.WaitAsync(cancellation);
        return true;
    }
}
