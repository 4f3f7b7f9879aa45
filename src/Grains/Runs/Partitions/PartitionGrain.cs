using System.Collections.Immutable;
using AsyncTour.Grains.Jobs;
using Orleans;

namespace AsyncTour.Grains.Runs.Partitions;

/// <summary>The doors of a <see cref="Partition"/>. A run's partitions are spread evenly over the silos, as its workers are.</summary>
[EvenPlacement]
internal sealed class PartitionGrain(TimeProvider time) : Grain, IPartitionGrain
{
    private static readonly PartitionPage Unknown = new(IsKnown: false, [], 0, IsStopped: false, []);

    private Partition? _partition;

    public async Task<bool> Open(PartitionSpec spec)
    {
        if (_partition is { } before)
        {
            if (before.Epoch >= spec.Epoch)
            {
                return before.Epoch == spec.Epoch;
            }

            _partition = null;
            await before.StopAsync("another coordinator has taken the run up", JobStatus.Cancelled);
            before.Dispose();
        }

        var key = this.GetPrimaryKeyString();
        var workers = new Workers(GrainFactory, key[..key.LastIndexOf('/')], spec.Number, spec.Of);
        _partition = new Partition(spec, workers, new Random(RunGrain.Seed(key)), time);
        return true;
    }

    public Task Give(long epoch, int before, ImmutableArray<DealtJob> jobs)
    {
        Of(epoch)?.Give(before, jobs);
        return Task.CompletedTask;
    }

    public Task<PartitionPage> Read(long epoch, int cursor, TimeSpan wait) =>
        Of(epoch) is { } partition ? partition.ReadAsync(cursor, wait) : Task.FromResult(Unknown);

    public Task Stop(long epoch, string reason, JobStatus stoppedAs)
    {
        Of(epoch)?.Stop(reason, stoppedAs);
        return Task.CompletedTask;
    }

    public Task StopJob(long epoch, int index, string reason)
    {
        Of(epoch)?.StopJob(index, reason);
        return Task.CompletedTask;
    }

    public Task<bool> IsRunning(int index) => Task.FromResult(_partition?.IsRunning(index) == true);

    public async Task Close(long epoch)
    {
        if (Of(epoch) is { } partition)
        {
            await partition.RetireAsync();
            DeactivateOnIdle();
        }
    }

    private Partition? Of(long epoch) => _partition?.Epoch == epoch ? _partition : null;
}
