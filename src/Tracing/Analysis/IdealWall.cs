namespace AsyncTour.Tracing.Analysis;

/// <summary>
/// The ideal: the wall time of the same durations, in the same start order, on the same number of workers with no overhead
/// at all. Each job goes to whichever worker is free first. Efficiency is this divided by what was measured.
/// </summary>
public static class IdealWall
{
    /// <param name="durationsInStartOrder">How long each attempt at a job ran, in the order in which they started.</param>
    /// <param name="workers">How many may run at once, at least 1.</param>
    public static TimeSpan Of(IEnumerable<TimeSpan> durationsInStartOrder, int workers)
    {
        ArgumentNullException.ThrowIfNull(durationsInStartOrder);
        ArgumentOutOfRangeException.ThrowIfLessThan(workers, 1);

        // Only as many workers as ever got a job are in the queue, so a limit of a million costs nothing by itself.
        var freeAt = new PriorityQueue<long, long>();
        long wall = 0;
        foreach (var duration in durationsInStartOrder)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(duration, TimeSpan.Zero, nameof(durationsInStartOrder));
            var start = freeAt.Count < workers ? 0 : freeAt.Dequeue();
            var finish = start + duration.Ticks;
            freeAt.Enqueue(finish, finish);
            wall = Math.Max(wall, finish);
        }

        return TimeSpan.FromTicks(wall);
    }
}
