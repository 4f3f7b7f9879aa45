using System.Globalization;

namespace AsyncTour.Simulator.Bench.Gateway;

/// <summary>Reads what both processes spent while callers called.</summary>
internal sealed class Meter(SiloProcess silo, HttpClient http, int callers, TimeSpan time)
{
    public async Task<Round> RunAsync(Func<int, Task> call)
    {
        var (processor, allocated) = (Processor(), await AllocatedAsync());
        var seen = await Load.RunAsync(callers, time, call);
        return new Round(seen, (Processor() - processor).TotalMicroseconds / seen.Calls, (await AllocatedAsync() - allocated) / (double)seen.Calls);
    }

    private TimeSpan Processor() => Environment.CpuUsage.TotalTime + silo.ProcessorTime;

    private async Task<long> AllocatedAsync() =>
        GC.GetTotalAllocatedBytes() + long.Parse(await http.GetStringAsync((Uri?)null), CultureInfo.InvariantCulture);
}

/// <summary>What callers saw, and what a call cost both processes together: microseconds of processor time, bytes allocated.</summary>
internal readonly record struct Round(Measured Seen, double Processor, double Allocated);
