using AsyncTour.Client.Commands;
using AsyncTour.Grains.Promises;
using AsyncTour.Grains.Runs;
using AsyncTour.Tracing.Analysis;

namespace AsyncTour.Client.Tour;

/// <summary>What a chapter has to work with.</summary>
internal sealed class TourStage(Session session, TourPage page)
{
    private readonly List<(RunChapter Chapter, RunStatus Status)> _remembered = [];

    /// <summary>Starts runs on grains.</summary>
    public RunClient Runs => session.Connection.Runs;

    /// <summary>The page the tour is printed on.</summary>
    public TourPage Page => page;

    /// <summary>The clock.</summary>
    public TimeProvider Time => session.Terminal.Time;

    /// <summary>The runs so far, with their chapters.</summary>
    public IReadOnlyList<(RunChapter Chapter, RunStatus Status)> Remembered => _remembered;

    /// <summary>A new run id that begins with the chapter's name.</summary>
    public string NewRunId(string chapter) => session.Execution.NewId("tour-" + chapter);

    /// <summary>The run as its spans tell it; <c>null</c> when nothing was recorded.</summary>
    public RunTimeline? Timeline(string? traceId) => session.Timeline(traceId);

    /// <summary>A run as its spans tell it, by the run's id; <c>null</c> when none of it was recorded.</summary>
    public RunTimeline? TimelineOfRun(string runId) => session.Timeline(runId);

    /// <summary>How many jobs of a run the trace holds by now.</summary>
    public int JobSpans(string runId) => TimelineOfRun(runId)?.Jobs.Count ?? 0;

    /// <summary>Makes and finds promises, under a name of its own.</summary>
    public PromiseClient Promises(string name) => new(
        session.Connection.Grains, new PromiseClientOptions { Name = name, Time = session.Terminal.Time, Random = session.Terminal.Random });

    /// <summary>Who settled a promise and who waited, from the spans; <c>null</c> when nothing was recorded.</summary>
    public PromiseTale? Tale(string promiseId) => session.Tale(promiseId);

    /// <summary>Keeps a run for the closing table.</summary>
    public void Remember(RunChapter chapter, RunStatus status) => _remembered.Add((chapter, status));

    /// <summary>Until disposed, an interruption of the terminal cancels the run.</summary>
    public IAsyncDisposable StopWhenInterrupted(string runId) => session.Terminal.Interrupted.UnsafeRegister(
        // If this call cannot get through, the reading of the run fails too, and says why.
        static run => _ = ((RunHandle)run!).CancelAsync("interrupted"), Runs.Find(runId));
}
