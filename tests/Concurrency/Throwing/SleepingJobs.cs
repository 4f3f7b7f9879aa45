using AsyncTour.Concurrency.Tests.Turns;

namespace AsyncTour.Concurrency.Tests.Throwing;

/// <summary>Jobs that sleep in virtual time: the third by far the longest, all of them until they are asked to stop.</summary>
public sealed class SleepingJobs(TurnScheduler turn)
{
    public TimeSpan Longest { get; init; } = TimeSpan.FromMilliseconds(50);

    public List<int> Started { get; } = [];

    public int Running { get; private set; }

    public async ValueTask<int> RunAsync(int job, CancellationToken cancellation)
    {
        turn.MustBeCurrent();
        Started.Add(job);
        Running++;
        try
        {
            await Task.Delay(job == 2 ? Longest : TimeSpan.FromMilliseconds(10 + job), turn.Time, cancellation);
            return job;
        }
        finally
        {
            Running--;
        }
    }
}
