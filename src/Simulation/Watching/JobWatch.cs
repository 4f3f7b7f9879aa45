using System.Globalization;
using AsyncTour.Grains.Jobs;
using AsyncTour.Simulation.Plans;
using Orleans.Runtime;

namespace AsyncTour.Simulation.Watching;

/// <summary>What really runs, as the jobs themselves say: the ground on which the coordinators' word is judged.</summary>
internal sealed class JobWatch(PlannedJobs jobs)
{
    private readonly Dictionary<string, (string Silo, int Index)> _running = new(StringComparer.Ordinal);
    private readonly JobSet _began = new(jobs.Count);

    /// <summary>Most jobs that ran at once.</summary>
    public int Peak { get; private set; }

    public void Began(GrainId worker, string silo, Job job)
    {
        if (job.Index < 0)
            return;
        var key = worker.Key.ToString()!;
        if (!_running.TryAdd(key, (silo, job.Index)))
            throw new BreachException($"worker {key} began job {job.Index} while it ran job {_running[key].Index}");
        _began.Add(job.Index);
        Peak = Math.Max(Peak, _running.Count);
        if (_running.Count > jobs.Bound)
            throw new BreachException($"{_running.Count} jobs ran at once, and the run's bound is {jobs.Bound}");
    }

    public void Ended(GrainId worker, string silo, Job job)
    {
        var key = worker.Key.ToString()!;
        if (job.Index >= 0 && _running.TryGetValue(key, out var running) && running.Silo == silo)
            _running.Remove(key);
    }

    /// <summary>A silo has stopped, and what ran there runs no more.</summary>
    public void SiloStopped(string silo)
    {
        foreach (var worker in _running.Where(one => one.Value.Silo == silo).Select(one => one.Key).ToList())
            _running.Remove(worker);
    }

    /// <summary>Whether a job ever began.</summary>
    public bool EverBegan(int index) => _began.Contains(index);

    /// <summary>The job that a worker runs now; null when it runs none.</summary>
    public int? RunningOn(int worker) =>
        _running.TryGetValue(string.Create(CultureInfo.InvariantCulture, $"{jobs.RunId}/{worker}"), out var running) ? running.Index : null;
}
