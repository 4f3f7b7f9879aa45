using System.Runtime.CompilerServices;

namespace AsyncTour.Concurrency.Pools;

/// <summary>
/// A worker's stay with a map: one job after the other, from the lane's arrival until the map has no more for it.
/// While a job runs, all that is known of it is here, where no other thread looks.
/// </summary>
/// <remarks>
/// It is an async loop written out by hand. A job that waits resumes the stay through one delegate, made once, so a
/// job costs neither a state machine nor the look-ups by which an async method comes back to itself; what the
/// compiler would have promised is kept here: the stay resumes on the scheduler it waited on, and the ambient values
/// of its jobs reach nobody outside of it.
/// </remarks>
internal sealed class MapStay<TInput, TResult> : Work, IStays
{
    private readonly MapFeed<TInput, TResult> _map;
    private readonly Action _resume;
    private readonly MapStayEnd _end;
    private ValueTaskAwaiter<TResult> _job;
    private bool _isWaiting;

    public MapStay(MapFeed<TInput, TResult> map)
    {
        _map = map;
        _resume = Resume;
        _end = new(this);
    }

    public int Worker { get; private set; }

    public long Index { get; private set; }

    public TInput? Input { get; private set; }

    public string? HeldBy { get; private set; }

    /// <summary>Gives it its next job.</summary>
    public void Fill(long index, TInput input, string? heldBy)
    {
        Index = index;
        Input = input;
        HeldBy = heldBy;
        Attempts = 0;
    }

    /// <summary>Runs the job it was filled with and as many more as the map has for this worker.</summary>
    public override ValueTask RunAsync(int worker)
    {
        Worker = worker;
        ValueTask whole = _end.Ahead();
        Resume();
        return whole;
    }

    bool IStays.TryTakeAgain() => _map.TryTakeAgain(this);

    /// <summary>Called by whatever ended the job, so the ambient values must be as before when this returns.</summary>
    private void Resume()
    {
        try
        {
            ExecutionContext? outer = ExecutionContext.Capture();
            if (_map.Ambient is { } ambient && ambient != outer)
            {
                ExecutionContext.Run(ambient, static stay => ((MapStay<TInput, TResult>)stay!).GoOn(), this);
                return;
            }

            GoOn();
            Restore(outer);
        }
        catch (Exception bug)
        {
            _end.Set(bug);
        }
    }

    /// <summary>Ends the job that waited, if there is one, and runs others until one waits. Called with the map's ambient values.</summary>
    private void GoOn()
    {
        if (_isWaiting)
        {
            _isWaiting = false;
            EndJob();
            if (!_map.TryNext(this))
            {
                _end.Set(bug: null);
                return;
            }
        }

        while (StartsToItsEnd())
        {
            EndJob();
            if (!_map.TryNext(this))
            {
                _end.Set(bug: null);
                return;
            }

            // A job that is no async method may have left ambient values of its own.
            Restore(_map.Ambient);
        }
    }

    private static void Restore(ExecutionContext? ambient)
    {
        if (ambient is not null)
            ExecutionContext.Restore(ambient);
    }

    /// <summary>False when the job waits; it may have resumed the stay by then, on another thread.</summary>
    private bool StartsToItsEnd()
    {
        try
        {
            ValueTaskAwaiter<TResult> job = _map.StartAsync(this).GetAwaiter();
            _job = job;
            if (job.IsCompleted)
                return true;

            _isWaiting = true;
            job.UnsafeOnCompleted(_resume);
            return false;
        }
        catch (Exception error)
        {
            _isWaiting = false;
            _job = ValueTask.FromException<TResult>(error).GetAwaiter();
            return true;
        }
    }

    private void EndJob()
    {
        TResult? result = default;
        Exception? error = null;
        try
        {
            result = _job.GetResult();
        }
        catch (Exception thrown)
        {
            error = thrown;
        }

        _map.JobEnded(this, result, error);
    }

    /// <summary>The lane has taken note of the end: the stay can serve another one, and keeps nothing of the last job.</summary>
    public override void Left()
    {
        _job = default;
        Input = default;
        HeldBy = null;
        _map.Left(this);
    }
}
