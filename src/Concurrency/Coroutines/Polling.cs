using System.Collections;
using AsyncTour.Concurrency.Futures;

namespace AsyncTour.Concurrency.Coroutines;

/// <summary>
/// A coroutine as the generator it is under the cover. The first look begins it; looks say "not ready" until it has
/// returned, then the value once, and then they end. What it throws is thrown by the look that finds it.
/// </summary>
public sealed class Polling<T> : IEnumerable<Poll<T>>, IAsyncEnumerable<Poll<T>>
{
    private readonly Coroutine<T> _coroutine;

    internal Polling(Coroutine<T> coroutine) => _coroutine = coroutine;

    /// <summary>Looks that never wait. Between two of them, let the scheduler have its turn, or nothing can change.</summary>
    public IEnumerator<Poll<T>> GetEnumerator()
    {
        _coroutine.Claim();
        _coroutine.Begin(Delivery.Current);
        while (_coroutine.State != CoroutineState.Closed)
            yield return default;
        yield return new Poll<T>(_coroutine.Result);
    }

    /// <summary>Looks that give the turn back: the next comes when the coroutine has returned.</summary>
    public async IAsyncEnumerator<Poll<T>> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        _coroutine.Claim();
        _coroutine.Begin(Delivery.Current);
        if (_coroutine.State != CoroutineState.Closed)
        {
            yield return default;
            var over = new Future<bool>();
            _coroutine.WhenOver(() => over.TrySetResult(true));
            using CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(static over => ((Future<bool>)over!).Cancel(), over);
            await over;
        }

        yield return new Poll<T>(_coroutine.Result);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
