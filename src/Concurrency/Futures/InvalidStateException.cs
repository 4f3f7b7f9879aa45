namespace AsyncTour.Concurrency.Futures;

/// <summary>
/// A future was asked for what its state does not allow: settled a second time, or read before it was done.
/// Python's <c>asyncio.InvalidStateError</c>.
/// </summary>
public sealed class InvalidStateException(string message) : InvalidOperationException(message);
