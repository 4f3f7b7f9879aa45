using System.Collections;

namespace AsyncTour.Concurrency.Tests.Throwing;

/// <summary>Five numbers from a user's own sequence, one member of which throws, about half way.</summary>
public sealed class BrokenSequence(string place) : IEnumerable<int>, IEnumerator<int>, IAsyncEnumerable<int>, IAsyncEnumerator<int>
{
    public const string Opening = "GetEnumerator";
    public const string Moving = "MoveNext";
    public const string MovingLater = "MoveNextAsync, later";
    public const string Reading = "Current";
    public const string Disposing = "Dispose";

    private int _at = -1;

    public int Current => _at == 3 && place == Reading ? throw new BrokenException(place) : _at;

    object IEnumerator.Current => Current;

    public IEnumerator<int> GetEnumerator()
    {
        BrokenException.If(place, Opening);
        return this;
    }

    public IAsyncEnumerator<int> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        BrokenException.If(place, Opening);
        return this;
    }

    public bool MoveNext()
    {
        if (++_at == 3)
            BrokenException.If(place, Moving);
        return _at < 5;
    }

    public ValueTask<bool> MoveNextAsync() => _at == 2 && place == MovingLater ? LaterAsync() : new(MoveNext());

    public void Dispose() => BrokenException.If(place, Disposing);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    public void Reset() => throw new NotSupportedException("A pool reads its input once.");

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private async ValueTask<bool> LaterAsync()
    {
        await Task.Yield();
        throw new BrokenException(place);
    }
}
