namespace AsyncTour.Simulator.Time;

/// <summary>What a simulated cluster is like. The default: one silo, no latency, no faults.</summary>
public sealed record SimulationOptions
{
    /// <summary>How many silos there are. Default 1.</summary>
    public int Silos { get; init; } = 1;

    /// <summary>How long a message between two silos, or between a silo and the client, is on its way. Default: no time.</summary>
    public Func<Random, TimeSpan> Latency { get; init; } = static _ => TimeSpan.Zero;

    /// <summary>The share of messages between silos, and to and from the client, that is lost. Default 0.</summary>
    public double Loss { get; init; }

    /// <summary>How long one message keeps the grain that gets it busy; others wait meanwhile. Default: no time.</summary>
    public TimeSpan TurnCost { get; init; }

    /// <summary>How much later than they were set for the timers of silos ring. Real ones are about a millisecond late. Default: no time.</summary>
    public TimeSpan TimerLateness { get; init; }

    /// <summary>After this long a silo notices that the connection broke under a call, if it notices. Default 1 s.</summary>
    public TimeSpan ConnectionBreak { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>After this much virtual time a <see cref="Simulation.Run(Func{Task})"/> that has not ended is given up. Default 30 days.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromDays(30);
}
