using AsyncTour.Concurrency.Tests.Turns;

namespace AsyncTour.Concurrency.Tests.Properties;

/// <summary>Runs planned jobs in virtual time and notes what a bystander would see.</summary>
public sealed class Witnessed(TurnScheduler turn, Plan plan)
{
    private readonly Dictionary<int, int> _perKey = [];

    public List<int> Started { get; } = [];

    public List<int> Ended { get; } = [];

    /// <summary>When each job ended, by its number.</summary>
    public Dictionary<int, TimeSpan> EndedAt { get; } = [];

    public int Pulled { get; private set; }

    public int PeakPerKey { get; private set; }

    public int Running => Started.Count - Ended.Count;

    public int Peak { get; private set; }

    /// <summary>The jobs' numbers, counted as they are pulled.</summary>
    public IEnumerable<int> Input()
    {
        for (int job = 0; job < plan.Jobs.Count; job++)
        {
            Pulled++;
            yield return job;
        }
    }

    public async ValueTask<int> RunAsync(int job, CancellationToken cancellation)
    {
        turn.MustBeCurrent();
        PlannedJob planned = plan.Jobs[job];
        Started.Add(job);
        Peak = Math.Max(Peak, Running);
        _perKey[planned.Key] = _perKey.GetValueOrDefault(planned.Key) + 1;
        PeakPerKey = Math.Max(PeakPerKey, _perKey[planned.Key]);
        try
        {
            if (planned.Milliseconds > 0)
                await Task.Delay(TimeSpan.FromMilliseconds(planned.Milliseconds), turn.Time, planned.IgnoresCancellation ? CancellationToken.None : cancellation);
            turn.MustBeCurrent();
            return planned.Fails ? throw new IOException($"{job} fails") : job;
        }
        finally
        {
            _perKey[planned.Key]--;
            Ended.Add(job);
            EndedAt[job] = turn.Time.Elapsed;
        }
    }
}
