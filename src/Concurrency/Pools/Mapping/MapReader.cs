using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace AsyncTour.Concurrency.Pools;

/// <summary>
/// The reader's side of a map: takes outcomes ticket by ticket, and tells the lanes how far it is. Nothing runs before
/// the first read, and nothing runs after the reader is disposed.
/// </summary>
internal sealed class MapReader<TInput, TResult>(MapFeed<TInput, TResult> map, MapPlan<TInput, TResult> plan, Feeds pool, CancellationToken ofMap, CancellationToken ofReader)
    : IAsyncEnumerator<Outcome<TInput, TResult>>
{
    private long _read;
    private bool _hasCurrent;
    private bool _isStarted;
    private bool _isEnded;
    private bool _isLeft;
    private bool _knowsFailure;

    public Outcome<TInput, TResult> Current => _hasCurrent ? map.Outcomes.At(_read).Outcome : default;

    public ValueTask<bool> MoveNextAsync()
    {
        if (_isEnded)
            return new(false);

        if (_isStarted)
            Recycle();
        else
            Start();
        return map.Outcomes.At(_read).IsThere() ? new(Read()) : ReadLaterAsync();
    }

    /// <summary>Left early, the map asks its jobs to stop and waits until they have. A failure the reader has not met by then is thrown here.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isLeft)
            return;

        _isLeft = true;
        if (_isStarted && !_isEnded)
        {
            map.Stop();
            do
            {
                Recycle();
                await ArrivalAsync();
            }
            while (!map.Outcomes.At(_read).IsEnd);
        }

        _isEnded = true;
        map.Dispose();
        Exception? failure = _knowsFailure ? null : map.Failure;
        try
        {
            await plan.Source.DisposeAsync();
        }
        catch (Exception disposing)
        {
            failure ??= disposing;
        }

        if (failure is not null)
            ExceptionDispatchInfo.Throw(failure);
    }

    private void Start()
    {
        ObjectDisposedException.ThrowIf(!pool.TryAdd(map), typeof(PoolExecutor));
        _isStarted = true;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> ReadLaterAsync()
    {
        await ArrivalAsync();
        return Read();
    }

    /// <summary>Waits until there is something under the ticket that is to be read next.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask ArrivalAsync()
    {
        // A reader that is as fast as the jobs would be woken for each of them. Giving way once lets a number of jobs
        // end meanwhile, and a reader who finds them there need not be woken at all.
        await Task.Yield();

        while (!map.Outcomes.At(_read).IsThereOrAwaited())
            await map.OutcomeArrived.WaitAsync(CancellationToken.None);
    }

    private bool Read()
    {
        _hasCurrent = !map.Outcomes.At(_read).IsEnd;
        if (_hasCurrent)
            return true;

        _isEnded = true;
        ThrowIfCutShort();
        return false;
    }

    /// <summary>The outcome has been read, or never will be: its place can take another.</summary>
    private void Recycle()
    {
        _hasCurrent = false;
        map.Outcomes.At(_read).Clear();
        map.ReadUpTo(++_read);
    }

    /// <summary>An end that is not the input's own must not look like one.</summary>
    private void ThrowIfCutShort()
    {
        if (map.Failure is { } failure)
        {
            _knowsFailure = true;
            ExceptionDispatchInfo.Throw(failure);
        }

        ofMap.ThrowIfCancellationRequested();
        ofReader.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(map.WasCutShort, typeof(PoolExecutor));
    }
}
