using System.Runtime.ExceptionServices;

namespace AsyncTour.Concurrency.Pools;

/// <summary>
/// What the refill loop waits for: the jobs that run, and the next input while there is room for it.
/// </summary>
internal sealed class RefillWindow<TJob>(
    IJobSource<TJob> source,
    Func<TJob, int, ValueTask> run,
    int workers,
    CancellationTokenSource waiting)
{
    private readonly List<Task> _awaited = [];
    private readonly Stack<int> _freeWorkers = new();
    private Task<bool>? _input;
    private bool _exhausted;
    private int _opened;
    private int _running;
    private Exception? _bug;

    public bool IsOpen => _awaited.Count > 0;

    public void Refill()
    {
        while (_running < workers && _input is null && !_exhausted && !waiting.IsCancellationRequested)
        {
            try
            {
                if (source.TryTake(out TJob? job))
                    Start(job);
                else
                    _awaited.Add(_input = NextInputAsync());
            }
            catch (Exception inputFailure)
            {
                Break(inputFailure);
            }
        }
    }

    public async Task FirstCompletedAsync()
    {
        Task first = await Task.WhenAny(_awaited);
        _awaited.Remove(first);
        try
        {
            if (first == _input)
                await InputArrivedAsync(_input);
            else
                await JobEndedAsync((Task<int>)first);
        }
        catch (OperationCanceledException) when (waiting.IsCancellationRequested && first is Task<bool>)
        {
            // Stopped while waiting for input: the jobs that run are still waited for.
        }
        catch (Exception bug)
        {
            Break(bug);
        }
    }

    public void ThrowIfBroken()
    {
        if (_bug is not null)
            ExceptionDispatchInfo.Throw(_bug);
    }

    private async Task<bool> NextInputAsync() => await source.WaitToTakeAsync(waiting.Token);

    private async Task InputArrivedAsync(Task<bool> input)
    {
        _input = null;
        _exhausted = !await input;
    }

    private async Task JobEndedAsync(Task<int> job)
    {
        _running--;
        _freeWorkers.Push(await job);
    }

    private void Start(TJob job)
    {
        int worker = _freeWorkers.TryPop(out int free) ? free : _opened++;
        _running++;
        _awaited.Add(RunOneAsync(job, worker));
    }

    private async Task<int> RunOneAsync(TJob job, int worker)
    {
        try
        {
            await run(job, worker);
            return worker;
        }
        finally
        {
            source.Finished(job);
        }
    }

    private void Break(Exception bug)
    {
        _bug ??= bug;
        _exhausted = true;
        try
        {
            waiting.Cancel();
        }
        catch (AggregateException)
        {
            // A callback of the source's on this token threw. The bug came first and is what the caller is told.
        }
    }
}
