using System.Diagnostics;
using System.Globalization;
using AsyncTour.Grains.Jobs;
using AsyncTour.Simulation.Plans;
using AsyncTour.Simulation.Scenes;

namespace AsyncTour.Simulation.Bench;

/// <summary>Sleeping jobs on 1,000 workers over 100 silos: real time, processor time, completions per second.</summary>
internal static class Speed
{
    public static async Task MeasureAsync(int jobs)
    {
        var duration = DurationDistribution.TryParse("50ms..150ms", out var read) ? read : throw new InvalidOperationException();
        var plan = new Plan { Seed = 1, Silos = 100, Jobs = jobs, MaxWorkers = 1000, Duration = duration };
        for (var round = 0; round < 3; round++)
        {
            var collections = GC.CollectionCount(0);
            var before = Process.GetCurrentProcess().TotalProcessorTime;
            var report = await new Scene(plan) { IsWatched = false }.PlayAsync();
            var processor = Process.GetCurrentProcess().TotalProcessorTime - before;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{jobs:N0} jobs: {report.RealTime.TotalSeconds:0.00} s real, {processor.TotalSeconds:0.00} s processor, {jobs / processor.TotalSeconds:N0} completions per processor second; virtual wall {report.VirtualWall.TotalSeconds:0.000} s, efficiency {report.Efficiency:0.0000}, {report.Statistics.Turns:N0} turns, {GC.CollectionCount(0) - collections} collections, digest {report.Digest} {report.Breach}"));
        }
    }
}
