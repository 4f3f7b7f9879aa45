using AsyncTour.Grains.Jobs;
using AsyncTour.Grains.Runs;
using Orleans.Runtime;

namespace AsyncTour.Orleans.Bench.Cluster;

/// <summary>Reads a run to its end through silos that die: a call that was lost with one is made again, from the same cursor.</summary>
internal static class PatientReader
{
    private const int MostCalls = 40;

    /// <summary>Every outcome, in the order in which they were read.</summary>
    /// <param name="run">The run.</param>
    /// <param name="read">Told after each page how many there are.</param>
    public static async Task<List<Outcome>> ReadAllAsync(IRunGrain run, Action<int> read)
    {
        var outcomes = new List<Outcome>();
        OutcomePage page;
        do
        {
            page = await AgainAsync(() => run.Read(outcomes.Count, RunLimits.LargestBatch, TimeSpan.FromSeconds(2)));
            outcomes.AddRange(page.Outcomes);
            read(outcomes.Count);
        }
        while (!page.IsLast);
        return outcomes;
    }

    /// <summary>Calls until an answer comes. Every call of a run but its input's may be made twice.</summary>
    public static async Task<T> AgainAsync<T>(Func<Task<T>> call)
    {
        for (var lost = 1; ; lost++)
        {
            try
            {
                return await call();
            }
            catch (Exception e) when (lost < MostCalls && e is TimeoutException or SiloUnavailableException or OrleansMessageRejectionException)
            {
                // Made again: that is what patience is.
            }
        }
    }
}
