namespace AsyncTour.Grains.Runs.Partitions;

/// <summary>Numbers for epochs: by the clock, so that each is later than any that an earlier coordinator of the run began.</summary>
internal sealed class Epochs(TimeProvider time)
{
    private long _last;

    public long Next() => _last = Math.Max(_last + 1, time.GetUtcNow().UtcTicks);
}
