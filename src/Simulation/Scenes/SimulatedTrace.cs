using System.Globalization;
using AsyncTour.Grains.Jobs;
using AsyncTour.Grains.Runs;
using AsyncTour.Simulation.Plans;
using AsyncTour.Tracing.Conventions;
using AsyncTour.Tracing.Recording;

namespace AsyncTour.Simulation.Scenes;

/// <summary>
/// A scene's outcomes as a trace, in the same file format and under the same names as a real run's, so that every picture and audit
/// works on it. The times are virtual: a simulation begins with the year 2000.
/// </summary>
public static class SimulatedTrace
{
    /// <summary>Writes the trace, and answers its id.</summary>
    /// <param name="scene">A scene that was played to its end.</param>
    /// <param name="outcomes">What <see cref="Scene.OutcomeHeard"/> heard.</param>
    /// <param name="folder">The traces folder.</param>
    public static string Write(SceneReport scene, IReadOnlyList<Outcome> outcomes, string folder)
    {
        ArgumentNullException.ThrowIfNull(scene);
        ArgumentNullException.ThrowIfNull(outcomes);
        using var recorder = TraceRecorder.Start(new TraceRecorderOptions { Folder = folder, ServiceName = "asynctour.simulate", Metrics = false });
        var id = Run(scene.Plan, scene.End ?? throw new ArgumentException("The scene did not come to its end.", nameof(scene)), outcomes);
        recorder.ForceFlush();
        return id;
    }

    private static string Run(Plan plan, RunStatus end, IReadOnlyList<Outcome> outcomes)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"simulated-{plan.Seed}");
        using var span = TourActivitySource.StartRun(end.Strategy, id, end.MaxWorkers, end.Ledger.Submitted, end.Started)
            ?? throw new InvalidOperationException("The recorder was started and does not record.");
        foreach (var outcome in outcomes.Where(static outcome => outcome.Attempt > 0))
            Job(plan, id, outcome);
        span.SetTag(AttributeNames.RunNotStarted, end.Ledger.NotStarted);
        span.SetTag(AttributeNames.RunUnknown, end.Ledger.Unknown);
        span.SetEndTime((end.Started + end.Wall).UtcDateTime);
        return span.TraceId.ToHexString();
    }

    private static void Job(Plan plan, string run, Outcome outcome)
    {
        var job = new JobSpan
        {
            Kind = plan.Kind,
            RunId = run,
            Index = outcome.Index,
            Key = outcome.Key,
            Worker = outcome.Worker,
            Attempt = outcome.Attempt,
            Silo = outcome.Silo ?? "",
        };
        var error = outcome.Error is { } sentence ? new InvalidOperationException(sentence) : null;
        TourActivitySource.EndJob(TourActivitySource.StartJob(job, outcome.Started), outcome.Status.ToText(), error, outcome.Finished);
    }
}
