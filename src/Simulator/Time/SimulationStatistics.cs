namespace AsyncTour.Simulator.Time;

/// <summary>A simulation in numbers.</summary>
/// <param name="Elapsed">Virtual time since it began.</param>
/// <param name="Turns">Turns run.</param>
/// <param name="Messages">Calls, answers and wishes to stop that were sent.</param>
/// <param name="Lost">Those that were lost.</param>
/// <param name="Held">Those that a cut held back.</param>
/// <param name="Crashes">Silos that crashed.</param>
/// <param name="Deaths">Silos that the others declared dead.</param>
/// <param name="Restarts">Silos that began a new life.</param>
/// <param name="Cuts">Partitions of the network.</param>
public sealed record SimulationStatistics(
    TimeSpan Elapsed, long Turns, long Messages, long Lost, long Held, int Crashes, int Deaths, int Restarts, int Cuts);
