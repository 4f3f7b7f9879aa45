using AsyncTour.Client.Tour.Chapters;

namespace AsyncTour.Client.Tour;

/// <summary>The chapters, in the notebook's order.</summary>
internal static class TourGuide
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Chapter> Chapters { get; } =
    [
        new Synchronous(),
        new Threads(),
        new FireAll(),
        new FirstCompleted(),
        new PoolMap(),
        new Executor(),
        new Generator(),
        new YieldFrom(),
        new Awaiting(),
        new AsyncSugar(),
        new CoroutineFunction(),
        new Chapters.Futures(),
        new GrainPromises(),
        new Chapters.Tasks(),
        new EnsureFuture(),
    ];

    /// <summary>What each part is about.</summary>
    public static string PartTitle(int part) => part == 1
        ? "Part 1: a quick tour of asyncio, on grains"
        : "Part 2: under the cover (every sleep is a tenth of the notebook's)";
}
