using System.Globalization;
using System.Runtime.CompilerServices;
using AsyncTour.Grains.Jobs;

namespace AsyncTour.Client.Inputs;

/// <summary>
/// So many made-up jobs. Job i has the key i and the i-th duration drawn from the seed, so one seed gives every strategy
/// the same jobs.
/// </summary>
internal sealed class SyntheticJobs(int count, string kind, DurationDistribution durations, int seed) : JobInput(kind)
{
    /// <summary>The notebook's: 50 ms each.</summary>
    public static DurationDistribution DefaultDuration { get; } =
        DurationDistribution.TryParse("50ms", out var durations) ? durations : throw new InvalidOperationException("50ms must be a duration.");

    /// <inheritdoc/>
    public override int? Count => count;

    /// <inheritdoc/>
    public override int? Seed => Duration.TryParse(durations.ToString(), out _) ? null : seed;

    /// <inheritdoc/>
    public override string Description => string.Create(
        CultureInfo.InvariantCulture, $"{count:N0} {Kind} job{(count == 1 ? "" : "s")}{(Kind == "fail" ? "" : $" of {durations}")}");

    /// <inheritdoc/>
    public override ValueTask PrepareAsync(JobKinds known, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public override JobInput As(string otherKind) => new SyntheticJobs(count, otherKind, durations, seed);

    /// <inheritdoc/>
    public override async IAsyncEnumerable<Job> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var random = new Random(seed);
        for (var index = 0; index < count && !cancellationToken.IsCancellationRequested; index++)
        {
            var argument = Kind == "fail" ? "" : Duration.Format(durations.Next(random));
            yield return new Job(index, Kind, argument, index.ToString(CultureInfo.InvariantCulture));
        }

        await ValueTask.CompletedTask;
    }
}
