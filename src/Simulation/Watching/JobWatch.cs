using System.Globalization;
using AsyncTour.Grains.Jobs;
using AsyncTour.Simulation.Plans;
using Orleans.Runtime;

namespace AsyncTour.Simulation.Watching;

/// <summary>What really runs, as the jobs themselves say: the ground on which the coordinators' word is judged.</summary>
internal sealed class JobWatch
{
    private readonly Dictionary<string, (string Silo, int Index)> _running = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, (Share Share, JobSet Began, int Now)> _shares = new(StringComparer.Ordinal);

    public JobWatch(IEnumerable<Share> shares)
    {
        foreach (var share in shares)
            _shares.Add(share.RunId, (share, new JobSet(share.Jobs), 0));
    }

    /// <summary>Most jobs of all shares that ran at once.</summary>
    public int Peak { get; private set; }

    public void Began(GrainId worker, string silo, Job job)
    {
        if (job.Index < 0)
            return;
        var key = worker.Key.ToString()!;
        var run = RunOf(key);
        if (!_running.TryAdd(key, (silo, job.Index)))
            throw new BreachException($"worker {key} began job {job.Index} while it ran job {_running[key].Index}");
        var (share, began, now) = _shares[run];
        began.Add(job.Index);
        _shares[run] = (share, began, ++now);
        Peak = Math.Max(Peak, _running.Count);
        if (now > share.Bound)
            throw new BreachException($"{now} jobs of run {run} ran at once, and its bound is {share.Bound}");
    }

    public void Ended(GrainId worker, string silo, Job job)
    {
        var key = worker.Key.ToString()!;
        if (job.Index >= 0 && _running.TryGetValue(key, out var running) && running.Silo == silo)
            Forget(key);
    }

    /// <summary>A silo has stopped, and what ran there runs no more.</summary>
    public void SiloStopped(string silo)
    {
        foreach (var worker in _running.Where(one => one.Value.Silo == silo).Select(one => one.Key).ToList())
            Forget(worker);
    }

    /// <summary>Whether a job ever began, of a run.</summary>
    public bool EverBegan(string run, int index) => _shares[run].Began.Contains(index);

    /// <summary>The job that a worker of a run runs now; null when it runs none.</summary>
    public int? RunningOn(string run, int worker) =>
        _running.TryGetValue(string.Create(CultureInfo.InvariantCulture, $"{run}/{worker}"), out var running) ? running.Index : null;

    private void Forget(string worker)
    {
        var run = RunOf(worker);
        _running.Remove(worker);
        var (share, began, now) = _shares[run];
        _shares[run] = (share, began, now - 1);
    }

    private static string RunOf(string worker) => worker[..worker.LastIndexOf('/')];
}
