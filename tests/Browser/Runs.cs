using AsyncTour.Tracing.Analysis;
using AsyncTour.Tracing.Conventions;
using AsyncTour.Tracing.Rendering.Page;

namespace AsyncTour.Browser.Tests;

/// <summary>Runs made up for the page, in milliseconds.</summary>
internal static class Runs
{
    public static JobBar Job(int index, int worker, double start, double finish, string status = JobStatusNames.Succeeded) => new()
    {
        Index = index,
        Worker = worker,
        Attempt = 1,
        Status = status,
        Kind = "sleep",
        Key = $"job-{index}",
        Silo = "S1",
        Start = TimeSpan.FromMilliseconds(start),
        Finish = TimeSpan.FromMilliseconds(finish),
        Queued = TimeSpan.FromMilliseconds(start),
    };

    public static RunTimeline Of(string id, int workers, params JobBar[] jobs) => new()
    {
        TraceId = "4bf92f3577b34da6a3ce929d0e0e4736",
        RunId = id,
        Strategy = "pool",
        MaxWorkers = workers,
        Submitted = jobs.Length,
        IsComplete = true,
        Start = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
        Wall = jobs.Max(static j => j.Finish),
        Jobs = [.. jobs.OrderBy(static j => j.Start)],
        Workers = [.. jobs.GroupBy(static j => j.Worker).OrderBy(static g => g.Key).Select(static g => new WorkerRow(g.Key, [.. g.OrderBy(static j => j.Start)]))],
        Ideal = IdealWall.Of(jobs.OrderBy(static j => j.Start).Select(static j => j.Duration), workers),
        PeakConcurrency = Concurrency.Peak(jobs),
    };

    /// <summary>Jobs of uneven lengths, dealt to whichever worker is free first; every hundredth failed.</summary>
    public static RunTimeline Pool(string id, int jobs, int workers)
    {
        var random = new Random(7);
        var free = new PriorityQueue<int, double>(Enumerable.Range(0, workers).Select(static w => (w, 0d)));
        return Of(id, workers, [.. Enumerable.Range(0, jobs).Select(Next)]);

        JobBar Next(int index)
        {
            free.TryDequeue(out var worker, out var start);
            var finish = start + (20 * (0.5 + random.NextDouble()));
            free.Enqueue(worker, finish + 0.1);
            return Job(index, worker, start, finish, index % 100 == 99 ? JobStatusNames.Failed : JobStatusNames.Succeeded);
        }
    }

    /// <summary>Writes the page of these runs to a file and answers its address.</summary>
    public static string Export(string folder, params RunTimeline[] runs)
    {
        var path = Path.Combine(folder, "timeline.html");
        File.WriteAllText(path, TimelinePage.Export(runs));
        return new Uri(path).AbsoluteUri;
    }
}
