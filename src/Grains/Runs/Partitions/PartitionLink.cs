using System.Collections.Immutable;
using AsyncTour.Grains.Jobs;

namespace AsyncTour.Grains.Runs.Partitions;

/// <summary>
/// The coordinator's side of one partition: sends it the jobs that it was dealt, reads what became of them, and deals them
/// anew when its silo dies.
/// </summary>
internal sealed class PartitionLink(IPartitionGrain grain, PartitionSpec spec, IPartitionedRun run, Pulse room, TimeProvider time)
{
    private static readonly TimeSpan BeforeAskingAgain = TimeSpan.FromSeconds(1);

    private readonly Dictionary<int, (DealtJob Dealt, int Place, bool WasLost)> _inFlight = [];
    private readonly List<DealtJob> _outbox = [];
    private readonly TaskCompletionSource _over = new();
    private PartitionSpec _spec = spec;
    private Task _opening = Task.CompletedTask;
    private Task _sending = Task.CompletedTask;
    private Task _stopping = Task.CompletedTask;
    private int _given;
    private int _cursor;
    private int _running;

    /// <summary>Jobs dealt to it whose outcome is not known.</summary>
    public int InFlight => _inFlight.Count;

    /// <summary>How many workers it has.</summary>
    public int Workers { get; } = spec.Run.MaxWorkers ?? int.MaxValue;

    /// <summary>Jobs dealt to it that will never start, because the run was told to stop.</summary>
    public List<Job> NeverStarted { get; } = [];

    /// <summary>A job in flight here; <c>null</c> if it is not.</summary>
    public Job? Find(int index) => _inFlight.TryGetValue(index, out var one) ? one.Dealt.Job : null;

    /// <summary>Begins an epoch. What an earlier coordinator had it do has stopped when this ends.</summary>
    public async Task OpenAsync(long epoch)
    {
        _spec = _spec with { Epoch = epoch };
        if (!await Ask(() => grain.Open(_spec)))
        {
            throw new InvalidOperationException("A later epoch of this run's partitions has begun; another coordinator of the same run is at work.");
        }
    }

    /// <summary>Sends it a job, together with the others that it is dealt in this turn.</summary>
    public void Deal(DealtJob dealt, int place)
    {
        _inFlight.Add(dealt.Job.Index, (dealt, place, false));
        Send(dealt);
    }

    /// <summary>No more jobs will be dealt.</summary>
    public void Over() => _over.SetResult();

    /// <summary>Tells it to stop. It has stopped when <see cref="WorkAsync"/> ends.</summary>
    public void Stop() => _stopping = Ask(async () =>
    {
        await grain.Stop(_spec.Epoch, run.Stopping.Reason!, run.Stopping.StoppedAs);
        return true;
    });

    public Task StopJobAsync(int index, string reason) => LostCalls.AgainAsync(() => grain.StopJob(_spec.Epoch, index, reason), time);

    public Task<bool> IsRunningAsync(int index) => LostCalls.AgainAsync(() => grain.IsRunning(index), time);

    public Task CloseAsync() => LostCalls.AgainAsync(() => grain.Close(_spec.Epoch), time);

    /// <summary>Reads outcomes until no more jobs will be dealt and each that was has one, or never will.</summary>
    /// <param name="epochs">Gives the epoch to begin when the partition has forgotten its own.</param>
    public async Task WorkAsync(Epochs epochs)
    {
        while (InFlight > 0 || !_over.Task.IsCompleted)
        {
            var reading = Ask(() => grain.Read(_spec.Epoch, _cursor, RunLimits.LongestWait));
            if (InFlight == 0 && await Task.WhenAny(reading, _over.Task) != reading && InFlight == 0)
            {
                break;
            }

            var page = await reading;
            await run.StayAsync();
            if (page.IsKnown)
            {
                Take(page);
            }
            else if (run.Stopping.Reason is null)
            {
                await BeginAgainAsync(epochs.Next());
            }

            if (page.IsStopped || (!page.IsKnown && run.Stopping.Reason is not null))
            {
                EndAll(isLost: !page.IsKnown);
            }

            room.Beat();
        }

        await _sending;
        await _stopping;
    }

    private void Take(PartitionPage page)
    {
        foreach (var note in page.Waits)
        {
            run.Relay(note);
        }

        _cursor += page.Outcomes.Length;
        foreach (var outcome in page.Outcomes)
        {
            if (_inFlight.Remove(outcome.Index, out var one))
            {
                End(outcome, one.Dealt.Job, one.Place);
            }
        }

        if (page.Running > _running)
        {
            run.Began(page.Running - _running);
            _running = page.Running;
        }
    }

    private void End(Outcome outcome, Job job, int place)
    {
        if (_running > 0)
        {
            _running--;
        }
        else
        {
            run.Began(1);
        }

        run.Ended(outcome, job, place);
    }

    // Its silo died, and with it the knowledge of what was running there: all that was sent counts as begun.
    private async Task BeginAgainAsync(long epoch)
    {
        var unsent = _outbox.Select(dealt => dealt.Job.Index).ToHashSet();
        if (_spec.Run.AtMostOnce)
        {
            LetGo(job => !unsent.Contains(job.Index));
        }

        _outbox.Clear();
        (_given, _cursor) = (0, 0);
        _opening = OpenAsync(epoch);
        foreach (var (dealt, place, _) in _inFlight.Values.OrderBy(one => one.Place).ToList())
        {
            var again = unsent.Contains(dealt.Job.Index) ? dealt : dealt with { Attempt = dealt.Attempt + 1, Queued = null };
            _inFlight[again.Job.Index] = (again, place, again != dealt);
            Send(again);
        }

        await _opening;
    }

    // What is in flight will have no outcome any more: what may have begun is unknown, the rest never started.
    private void EndAll(bool isLost)
    {
        LetGo(job => isLost || _inFlight[job.Index].WasLost);
        NeverStarted.AddRange(_inFlight.Values.OrderBy(one => one.Place).Select(one => one.Dealt.Job));
        _inFlight.Clear();
        _outbox.Clear();
    }

    private void LetGo(Predicate<Job> mayHaveBegun)
    {
        foreach (var (dealt, place, _) in _inFlight.Values.Where(one => mayHaveBegun(one.Dealt.Job)).OrderBy(one => one.Place).ToList())
        {
            _inFlight.Remove(dealt.Job.Index);
            var outcome = Outcome.NeverStarted(dealt.Job, "its partition's silo died; the job may have been running");
            End(outcome with { Status = JobStatus.Unknown, Attempt = dealt.Attempt }, dealt.Job, place);
        }
    }

    private void Send(DealtJob dealt)
    {
        _outbox.Add(dealt);
        if (_sending.IsCompletedSuccessfully)
        {
            _sending = SendAsync();
        }
    }

    private async Task SendAsync()
    {
        await Task.Yield();
        while (_outbox.Count > 0)
        {
            await run.StayAsync();
            await _opening;
            var (epoch, before) = (_spec.Epoch, _given);
            ImmutableArray<DealtJob> batch = [.. _outbox.Take(RunLimits.LargestBatch)];
            await Ask(async () =>
            {
                await grain.Give(epoch, before, batch);
                return true;
            });

            // Otherwise it has begun again meanwhile, and all that counts is in the outbox anew.
            if (epoch == _spec.Epoch && _outbox.Count > 0)
            {
                _given += batch.Length;
                _outbox.RemoveRange(0, batch.Length);
            }
        }
    }

    // A partition that cannot be reached now will be, here or on another silo.
    private Task<T> Ask<T>(Func<Task<T>> question) => LostCalls.UntilAnsweredAsync(question, static e => LostCalls.IsLost(e), BeforeAskingAgain, time);
}
