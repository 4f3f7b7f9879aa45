namespace AsyncTour.Grains.Promises;

/// <summary>
/// The promise failed: somebody set this error on it, perhaps in another process. The message is that error's own.
/// </summary>
/// <param name="message">The message of the error that was set.</param>
/// <param name="errorType">The full name of that error's type, which this process may not even have.</param>
public sealed class PromiseFailedException(string message, string? errorType) : Exception(message)
{
    /// <summary>The full name of the type of the error that was set; <c>null</c> when whoever set it had none.</summary>
    public string? ErrorType => errorType;
}
