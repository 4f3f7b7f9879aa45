using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace AsyncTour.Concurrency.Pools;

/// <summary>
/// A fixed number of lanes running jobs from one source.
/// </summary>
/// <remarks>
/// The picture: lanes are swimmers, the source is the one starting block. A lane that has swum comes back and takes
/// the next job itself; nothing is handed to it, so nothing is allocated for it. When the block is empty one lane
/// stays there as the scout and the others rest; a scout that gets a job first sends a rested lane to the block and
/// only then swims. A lane never swims two jobs at once, and jobs leave the block in the order of the input.
/// The contract: <see cref="RunAsync"/> ends when every lane has ended. Stopping ends the taking, never the swimming.
/// What it is not: a policy. Failures, retries and outcomes belong to whoever gives <c>run</c>.
/// </remarks>
internal sealed class Lanes<TJob>(IJobSource<TJob> source, Func<TJob, int, ValueTask> run, int count, CancellationToken stop)
{
    private readonly Lock _gate = new();
    private readonly Stack<Lane> _resting = new();
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _scouting = CancellationTokenSource.CreateLinkedTokenSource(stop);

    private int _opened;
    private int _present;
    private int _swimming;
    private int _peak;
    private long _started;
    private bool _opening = true;
    private bool _scoutOut;
    private bool _isTaking;
    private bool _ended;
    private Exception? _bug;

    /// <summary>The lanes at this moment.</summary>
    public PoolStatistics Statistics(int waiting)
    {
        lock (_gate)
            return new(count, _swimming, _peak, _started, waiting);
    }

    private enum Turn
    {
        Swim,
        Scout,
        Rest,
        Leave,
    }

    public async Task RunAsync()
    {
        // Lanes open one after the other, so that the first jobs start in input order even when each runs for a
        // while before it first waits. Once a scout waits for input, lanes open as jobs arrive.
        while (TryOpen() is { } lane)
            _ = SwimAsync(lane, restFirst: false);

        try
        {
            await _closed.Task;
        }
        finally
        {
            _scouting.Dispose();
        }
    }

    /// <summary>
    /// A lane that has swum takes its next job without going ashore first, from the part of the source it knows to
    /// have one. False sends it back through the ordinary way.
    /// </summary>
    public bool TryStay(IStays job)
    {
        lock (_gate)
        {
            if (_ended || IsBlockTakenLocked || stop.IsCancellationRequested)
                return false;

            _isTaking = true;
            bool taken = job.TryTakeAgain();
            _isTaking = false;
            if (!taken)
                return false;

            SendNextToTheBlockLocked();
            _started++;
            return true;
        }
    }

    /// <summary>
    /// Somebody stands at the block: the scout, or this very thread, when the source, asked for a job, ends one that
    /// runs and its lane comes back within the call.
    /// </summary>
    private bool IsBlockTakenLocked => _scoutOut || _isTaking;

    private Lane? TryOpen()
    {
        lock (_gate)
        {
            if (_ended || _scoutOut || _opened == count)
            {
                _opening = false;
                return null;
            }

            return OpenLocked();
        }
    }

    private Lane OpenLocked()
    {
        _present++;
        return new Lane(_opened++);
    }

    private async Task SwimAsync(Lane lane, bool restFirst)
    {
        try
        {
            if (restFirst)
                await lane.Parked();

            for (Turn turn = Next(lane, out TJob? job); turn != Turn.Leave; turn = Next(lane, out job))
            {
                if (turn == Turn.Rest)
                {
                    await lane.Parked();
                    continue;
                }

                if (turn == Turn.Scout)
                {
                    await ScoutAsync();
                    continue;
                }

                try
                {
                    await run(job!, lane.Worker);
                }
                finally
                {
                    source.Finished(job!);
                }
            }
        }
        catch (Exception bug)
        {
            End(bug);
        }

        Leave(lane);
    }

    private Turn Next(Lane lane, [MaybeNull] out TJob job)
    {
        job = default;
        lock (_gate)
        {
            BackOnDryLandLocked(lane);
            if (stop.IsCancellationRequested)
                EndLocked();
            if (_ended)
                return Turn.Leave;

            if (IsBlockTakenLocked)
            {
                lane.Reset();
                _resting.Push(lane);
                return Turn.Rest;
            }

            if (TryTakeLocked(out job))
            {
                SendNextToTheBlockLocked();
                lane.IsSwimming = true;
                _started++;
                _peak = Math.Max(_peak, ++_swimming);
                return Turn.Swim;
            }

            _scoutOut = true;
            return Turn.Scout;
        }
    }

    private bool TryTakeLocked([MaybeNullWhen(false)] out TJob job)
    {
        _isTaking = true;
        try
        {
            return source.TryTake(out job);
        }
        finally
        {
            _isTaking = false;
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask ScoutAsync()
    {
        bool more = false;
        try
        {
            more = await source.WaitToTakeAsync(_scouting.Token);
        }
        catch (OperationCanceledException) when (_scouting.IsCancellationRequested)
        {
            // Stopped while waiting for input: there will be no more.
        }

        lock (_gate)
        {
            _scoutOut = false;
            if (!more)
                EndLocked();
        }
    }

    /// <summary>Called with the gate held, by a lane that is about to swim: the block must not stay empty.</summary>
    private void SendNextToTheBlockLocked()
    {
        if (_resting.TryPop(out Lane? rested))
        {
            rested.Wake();
        }
        else if (!_opening && _opened < count)
        {
            Lane opened = OpenLocked();
            _ = SwimAsync(opened, restFirst: true);
            opened.Wake();
        }
    }

    private void EndLocked()
    {
        _ended = true;
        while (_resting.TryPop(out Lane? rested))
            rested.Wake();
    }

    private void End(Exception bug)
    {
        lock (_gate)
        {
            _bug ??= bug;
            EndLocked();
        }

        try
        {
            _scouting.Cancel();
        }
        catch (AggregateException)
        {
            // A callback of the source's on this token threw. The bug came first and is what the caller is told.
        }
    }

    private void BackOnDryLandLocked(Lane lane)
    {
        if (lane.IsSwimming)
            _swimming--;
        lane.IsSwimming = false;
    }

    private void Leave(Lane lane)
    {
        lock (_gate)
        {
            BackOnDryLandLocked(lane);
            if (--_present > 0)
                return;
        }

        if (_bug is null)
            _closed.SetResult();
        else
            _closed.SetException(_bug);
    }
}
