namespace AsyncTour.Concurrency.Tests.Pools;

/// <summary>Notes what a strategy did: who started when, on which worker, and how many at once.</summary>
public sealed class Ledger
{
    private readonly HashSet<int> _busyWorkers = [];
    private readonly Lock _gate = new();

    public List<int> Started { get; } = [];

    public List<int> Ended { get; } = [];

    public List<int> Workers { get; } = [];

    public int Running { get; private set; }

    public int Peak { get; private set; }

    public void Start(int job, int worker)
    {
        lock (_gate)
        {
            _busyWorkers.Add(worker).ShouldBeTrue($"worker {worker} was given two jobs at once");
            Started.Add(job);
            Workers.Add(worker);
            Peak = Math.Max(Peak, ++Running);
        }
    }

    public void End(int job, int worker)
    {
        lock (_gate)
        {
            _busyWorkers.Remove(worker);
            Ended.Add(job);
            Running--;
        }
    }
}
