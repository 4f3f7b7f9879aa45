using System.Runtime.CompilerServices;

namespace AsyncTour.Concurrency.Pools;

/// <summary>
/// Where one job of a map lives from the pull of its input to the reading of its outcome. A map has as many slots as
/// it may have jobs under way and uses them again and again, so a job by itself allocates nothing here.
/// </summary>
internal sealed class MapSlot<TInput, TResult>(MapFeed<TInput, TResult> map) : Work
{
    private TInput? _input;
    private TResult? _result;
    private Exception? _error;
    private string? _heldBy;
    private JobStatus _status;
    private int _worker;

    public long Index { get; private set; }

    public TInput Input => _input!;

    public void Fill(long index, TInput input, string? heldBy)
    {
        Index = index;
        Attempts = 0;
        _input = input;
        _heldBy = heldBy;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public override async ValueTask RunAsync(int worker)
    {
        _worker = worker;
        map.Flow();
        try
        {
            _result = await map.StartAsync(this);
            _status = JobStatus.Succeeded;
        }
        catch (Exception error)
        {
            _error = error;
            _status = error switch
            {
                OperationCanceledException => JobStatus.Cancelled,
                JobTimeoutException => JobStatus.TimedOut,
                _ => JobStatus.Failed,
            };
        }

        map.JobEnded(this, _status);
    }

    /// <summary>Hands the outcome out and leaves the slot empty for the next job.</summary>
    public Outcome<TInput, TResult> Empty()
    {
        var outcome = new Outcome<TInput, TResult>(_input!, _result)
        {
            Index = Index,
            Status = _status,
            Error = _error,
            Worker = _worker,
            Attempts = Math.Max(Attempts, 1),
            HeldBy = _heldBy,
        };
        _input = default;
        _result = default;
        _error = null;
        return outcome;
    }
}
