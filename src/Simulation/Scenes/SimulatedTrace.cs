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
    /// <summary>Writes one trace for each coordinator, and answers the id of the first.</summary>
    /// <param name="scene">A scene that was played to its end.</param>
    /// <param name="outcomes">What <see cref="Scene.OutcomeHeard"/> heard.</param>
    /// <param name="folder">The traces folder.</param>
    public static string Write(SceneReport scene, IReadOnlyList<Outcome> outcomes, string folder)
    {
        ArgumentNullException.ThrowIfNull(scene);
        ArgumentNullException.ThrowIfNull(outcomes);
        using var recorder = TraceRecorder.Start(new TraceRecorderOptions { Folder = folder, ServiceName = "asynctour.simulate", Metrics = false });
        var ids = scene.Ends.Select((end, number) =>
            Run(scene.Plan, number, end, [.. outcomes.Where(outcome => outcome.Index % scene.Plan.Partitions == number)])).ToList();
        recorder.ForceFlush();
        return ids[0];
    }

    private static string Run(Plan plan, int number, RunStatus end, List<Outcome> outcomes)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"simulated-{plan.Seed}-{number}");
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
            Index = outcome.Index / plan.Partitions,
            Key = outcome.Key,
            Worker = outcome.Worker,
            Attempt = outcome.Attempt,
            Silo = outcome.Silo ?? "",
        };
        var error = outcome.Error is { } sentence ? new InvalidOperationException(sentence) : null;
        TourActivitySource.EndJob(TourActivitySource.StartJob(job, outcome.Started), outcome.Status.ToText(), error, outcome.Finished);
    }
}
