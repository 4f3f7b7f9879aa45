using System.Globalization;
using AsyncTour.Grains.Jobs;
using AsyncTour.Simulation.Plans;
using AsyncTour.Simulation.Scenes;

namespace AsyncTour.Simulation.Bench;

/// <summary>
/// Wall time as workers grow from a hundred to a million, fed by the coordinator itself and by partitions. A message keeps its grain
/// busy for 2 µs, so a coordinator that feeds workers is full at 500,000 outcomes a second; jobs take 100 ms.
/// </summary>
internal static class Coordinators
{
    public static async Task TabulateAsync(int mostWorkers, int leastWorkers)
    {
        var duration = DurationDistribution.TryParse("100ms", out var read) ? read : throw new InvalidOperationException();
        Console.WriteLine("| workers | partitions | virtual wall | ideal | efficiency | coordinator busy | busiest partition | real time |");
        Console.WriteLine("|---:|---:|---:|---:|---:|---:|---:|---:|");
        for (var workers = leastWorkers; workers <= mostWorkers; workers *= 10)
        {
            foreach (var partitions in workers < 1_000_000 ? (int[])[1, 4, 16, 64] : [1, 64])
            {
                var jobsEach = workers >= 1_000_000 ? 2 : 5;
                var plan = new Plan
                {
                    Seed = 1,
                    Silos = 100,
                    Jobs = workers * jobsEach,
                    MaxWorkers = workers,
                    Partitions = partitions,
                    Duration = duration,
                    TurnCost = TimeSpan.FromMicroseconds(2),
                };
                var report = await new Scene(plan) { IsWatched = false }.PlayAsync();
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {workers:N0} | {partitions} | {report.VirtualWall.TotalSeconds:0.000} s | {report.Ideal.TotalSeconds:0.000} s | {report.Efficiency:0.000} | {report.CoordinatorBusy / report.VirtualWall:P1} | {report.PartitionBusy / report.VirtualWall:P1} | {report.RealTime.TotalSeconds:0.0} s |{report.Breach}"));
            }
        }
    }
}
