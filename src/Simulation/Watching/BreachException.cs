namespace AsyncTour.Simulation.Watching;

/// <summary>Something that must always hold did not. The message is one sentence that says what was seen.</summary>
public sealed class BreachException(string message) : Exception(message);
