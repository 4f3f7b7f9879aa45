using AsyncTour.Client.Inputs;
using AsyncTour.Grains.Jobs;

namespace AsyncTour.Client.Tour;

/// <summary>The notebook's two slow functions, as jobs. Each answers its number, as they do.</summary>
internal static class Notebook
{
    /// <summary>The seed of the notebook's <c>random.random()</c>, which it did not fix; here every tour draws the same.</summary>
    public const int Seed = 42;

    /// <summary><c>slow(x)</c> for x from 0: blocks its thread for 50 ms (<c>time.sleep(0.05)</c>).</summary>
    public static IAsyncEnumerable<Job> Slow(int n) => new SyntheticJobs(n, "block", Durations("50ms"), Seed).ReadAsync();

    /// <summary><c>slow_async(x)</c> for x from 0: awaits for up to a second (<c>asyncio.sleep(random.random())</c>).</summary>
    public static IAsyncEnumerable<Job> SlowAsync(int n) => new SyntheticJobs(n, "sleep", Durations("0..1s"), Seed).ReadAsync();

    private static DurationDistribution Durations(string text) =>
        DurationDistribution.TryParse(text, out var durations) ? durations : throw new InvalidOperationException($"{text} must be a duration.");
}
