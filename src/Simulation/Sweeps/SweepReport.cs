using AsyncTour.Simulation.Scenes;

namespace AsyncTour.Simulation.Sweeps;

/// <summary>Many scenes in numbers.</summary>
public sealed record SweepReport
{
    /// <summary>Scenes played.</summary>
    public int Seeds { get; init; }

    public long Jobs { get; init; }

    public long Turns { get; init; }

    public long Messages { get; init; }

    public long Lost { get; init; }

    public long Held { get; init; }

    public int Crashes { get; init; }

    public int Deaths { get; init; }

    public int Partitions { get; init; }

    /// <summary>Virtual time of all scenes, added up.</summary>
    public TimeSpan Virtual { get; init; }

    /// <summary>Real time of all scenes, added up.</summary>
    public TimeSpan Real { get; init; }

    /// <summary>The scene that broke something; <c>null</c> when none did.</summary>
    public SceneReport? Failing { get; init; }

    public SweepReport And(SceneReport scene)
    {
        ArgumentNullException.ThrowIfNull(scene);
        var numbers = scene.Statistics;
        return this with
        {
            Seeds = Seeds + 1,
            Jobs = Jobs + scene.Plan.Jobs,
            Turns = Turns + numbers.Turns,
            Messages = Messages + numbers.Messages,
            Lost = Lost + numbers.Lost,
            Held = Held + numbers.Held,
            Crashes = Crashes + numbers.Crashes,
            Deaths = Deaths + numbers.Deaths,
            Partitions = Partitions + numbers.Cuts,
            Virtual = Virtual + numbers.Elapsed,
            Real = Real + scene.RealTime,
        };
    }
}
