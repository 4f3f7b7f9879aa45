namespace AsyncTour.Simulator.Time;

/// <summary>A simulation could not go on. The message names the seed, so that it can be repeated.</summary>
public abstract class SimulationException(int seed, string message)
    : Exception($"{message}{Environment.NewLine}Seed {seed} repeats it.")
{
    public int Seed => seed;
}

/// <summary>Nothing can happen any more, and the work is not done. The message says who waits for whom.</summary>
public sealed class SimulationDeadlockException(int seed, string report) : SimulationException(seed, report);

/// <summary>A continuation left the simulation's one thread, so that its history could not be repeated. The message says whose it is.</summary>
public sealed class StrayedContinuationException(int seed, string report) : SimulationException(seed, report);

/// <summary>The work had not ended when the simulation's patience was over.</summary>
public sealed class SimulationPatienceException(int seed, string report) : SimulationException(seed, report);
