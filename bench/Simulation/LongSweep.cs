using System.Globalization;
using AsyncTour.Simulation.Plans;
using AsyncTour.Simulation.Sweeps;

namespace AsyncTour.Simulation.Bench;

/// <summary>Many seeds of mixed plans with crashes, losses and partitions; a breach is minimised and printed with its command.</summary>
internal static class LongSweep
{
    public static async Task<int> RunAsync(int seeds, int first)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seeds {first}..{first + seeds - 1}"));
        var report = await new Sweep(Sweep.Watched).RunAsync(Enumerable.Range(first, seeds).Select(Sweep.Mixed));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{report.Seeds:N0} seeds, {report.Jobs:N0} jobs, {report.Turns:N0} turns, {report.Messages:N0} messages ({report.Lost:N0} lost, {report.Held:N0} held back), {report.Crashes:N0} crashes, {report.Deaths:N0} deaths declared, {report.Partitions:N0} partitions, {report.Virtual.TotalHours:N0} h virtual, {report.Real.TotalSeconds:N0} s real"));
        if (report.Failing is not { } failing)
        {
            Console.WriteLine("no invariant was broken");
            return 0;
        }

        Console.WriteLine($"BREACH: {failing.Breach}\n  {PlanText.Command(failing.Plan)}");
        var smallest = await new Minimiser(Sweep.Watched).MinimiseAsync(failing);
        Console.WriteLine($"minimised: {smallest.Breach}\n  {PlanText.Command(smallest.Plan)}");
        return 4;
    }
}
