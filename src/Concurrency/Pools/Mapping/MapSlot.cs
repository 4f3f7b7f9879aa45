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

    public long Index { get; private set; }

    public int Worker { get; set; }

    public TInput Input => _input!;

    public void Fill(long index, TInput input, string? heldBy)
    {
        Index = index;
        Attempts = 0;
        _input = input;
        _heldBy = heldBy;
    }

    public override ValueTask RunAsync(int worker) => map.StayOf(worker).RunAsync(this);

    public JobStatus Status => _status;

    public void Succeed(TResult result)
    {
        _result = result;
        _status = JobStatus.Succeeded;
    }

    /// <summary>What became of the job in it.</summary>
    public Outcome<TInput, TResult> Outcome => new(_input!, _result)
    {
        Index = Index,
        Status = _status,
        Error = _error,
        Worker = Worker,
        Attempts = Math.Max(Attempts, 1),
        HeldBy = _heldBy,
    };

    /// <summary>Keeps nothing of the job.</summary>
    public void Empty()
    {
        _input = default;
        _result = default;
        _error = null;
    }

    public void Fail(Exception error)
    {
        _error = error;
        _status = error switch
        {
            OperationCanceledException => JobStatus.Cancelled,
            JobTimeoutException => JobStatus.TimedOut,
            _ => JobStatus.Failed,
        };
    }
}
