using System.Diagnostics.CodeAnalysis;
using AsyncTour.Grains.Jobs;
using AsyncTour.Grains.Runs.Partitions;
using Orleans;

namespace AsyncTour.Grains.Runs;

/// <summary>The run as its partitions see it: the same input, ledger and log, with jobs dealt out instead of handed to workers.</summary>
internal sealed partial class Run : IPartitionedRun
{
    private readonly Epochs _epochs;
    private readonly IGrainFactory? _partitions;
    private readonly Partitioning? _partitioning;
    private bool _isOpen;

    StopOrder IPartitionedRun.Stopping => _stop;

    bool IPartitionedRun.TryDeal([MaybeNullWhen(false)] out DealtJob dealt, out int place)
    {
        while (_input.TryTake(out var job))
        {
            var heldBy = _input.HeldBy;
            var cause = WaitCauseOf(heldBy);
            Intake.Started(job);
            if (_stops.TakeStruck(job.Index))
            {
                _input.Finished(job);
                continue;
            }

            place = _ideal.Start();
            var mayHaveStarted = TakeMayHaveStarted();
            if (mayHaveStarted && _spec.AtMostOnce)
            {
                _ledger.Start();
                _input.Finished(job);
                Finish(LostWithCoordinator(job), place);
                continue;
            }

            dealt = new DealtJob(job, mayHaveStarted ? 2 : 1, Intake.Queued(job.Index, _time), heldBy, cause);
            return true;
        }

        (dealt, place) = (null, 0);
        return false;
    }

    bool IPartitionedRun.IsLastRound(long workers) => Intake.IsSealed && Intake.Waiting <= workers;

    async ValueTask<bool> IPartitionedRun.WaitToDealAsync(CancellationToken cancellation)
    {
        await StayAsync();
        return await _input.WaitToTakeAsync(cancellation);
    }

    void IPartitionedRun.Began(int jobs)
    {
        for (; jobs > 0; jobs--)
        {
            _ledger.Start();
        }

        _peak = Math.Max(_peak, _ledger.Running);
    }

    void IPartitionedRun.Ended(Outcome outcome, Job job, int place)
    {
        _input.Finished(job);
        Finish(outcome, place);
    }

    void IPartitionedRun.Relay(IdleNote note) => _idle.Relay(note);

    Task IPartitionedRun.StayAsync() => StayAsync();

    // The partitions themselves are opened before the clock starts; those of a run that was taken up again, now.
    private async Task WarmUpAsync(Partitioning partitioning, IGrainFactory grains)
    {
        if (_spec.WarmWorkers > 0)
        {
            var rehearsal = new Rehearsal(RehearsedKind(Strategy), _spec.WarmWorkers);
            var rehearsed = new Partitioning(grains, Id, _spec, _policies.Strategy.MaxWorkers, rehearsal, _epochs, _time);
            await rehearsed.OpenAsync();
            await rehearsed.RunAsync(CancellationToken.None);
        }

        await partitioning.OpenAsync();
        _isOpen = true;
    }

    private async Task RunPartitionedAsync(Partitioning partitioning)
    {
        if (!_isOpen)
        {
            await partitioning.OpenAsync();
        }

        await partitioning.RunAsync(_stop.Token);
    }
}
