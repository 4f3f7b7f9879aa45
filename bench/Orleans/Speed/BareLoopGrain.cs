using System.Diagnostics;
using System.Globalization;
using AsyncTour.Grains.Jobs;
using AsyncTour.Grains.Runs;

namespace AsyncTour.Orleans.Bench.Speed;

/// <summary>What a run is held against: lanes over one counter, each calling a worker grain of its own, and nothing kept.</summary>
[Alias("asynctour.bench.IBareLoopGrain")]
public interface IBareLoopGrain : IGrainWithStringKey
{
    /// <summary>Calls the workers so often in all; answers how long it took once each had been called once.</summary>
    /// <param name="jobs">How many calls.</param>
    /// <param name="lanes">How many at once.</param>
    /// <param name="canStop">Whether each call can be cancelled, as a run's calls can.</param>
    [ResponseTimeout("00:30:00"), Alias("Run")]
    Task<TimeSpan> Run(int jobs, int lanes, bool canStop);
}

internal sealed class BareLoopGrain : Grain, IBareLoopGrain
{
    private int _next;

    public async Task<TimeSpan> Run(int jobs, int lanes, bool canStop)
    {
        using var stop = new CancellationTokenSource();
        var token = canStop ? stop.Token : CancellationToken.None;
        var workers = Enumerable.Range(0, lanes)
            .Select(lane => GrainFactory.GetGrain<IWorkerGrain>(string.Create(CultureInfo.InvariantCulture, $"{this.GetPrimaryKeyString()}/{lane}")))
            .ToList();
        await Task.WhenAll(workers.Select(static (worker, lane) => worker.Run(Attempt(-1, lane), CancellationToken.None)));
        _next = 0;
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(workers.Select((worker, lane) => LaneAsync(worker, lane, jobs, token)));
        var took = Stopwatch.GetElapsedTime(began);
        await Task.WhenAll(workers.Select(static worker => worker.Retire()));
        return took;
    }

    private async Task LaneAsync(IWorkerGrain worker, int lane, int jobs, CancellationToken token)
    {
        while (_next < jobs)
        {
            await worker.Run(Attempt(_next++, lane), token);
        }
    }

    private static JobAttempt Attempt(int index, int lane) => new(new Job(index, "sleep", "0ms", ""), lane, 1, null, false);
}
