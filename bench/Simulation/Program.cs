using System.Globalization;
using AsyncTour.Grains.Jobs;
using AsyncTour.Simulation.Plans;
using AsyncTour.Simulation.Scenes;

var jobs = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1_000_000;
var watched = args.Length > 1;
var duration = DurationDistribution.TryParse("50ms..150ms", out var read) ? read : throw new InvalidOperationException();
for (var i = 0; i < 3; i++)
{
    var plan = new Plan { Seed = 1, Silos = 100, Jobs = jobs, MaxWorkers = 1000, Duration = duration };
    var report = await new Scene(plan) { IsWatched = watched }.PlayAsync();
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{report.RealTime.TotalSeconds:0.00} s, {report.CompletionsPerSecond:N0}/s, {report.Digest}, wall {report.VirtualWall}, eff {report.Efficiency:0.0000}, {report.Ledger}, turns {report.Statistics.Turns:N0} {report.Breach}"));
}
