namespace Orleans.Serialization;

/// <summary>An exception came from another process, of a type that this one does not know.</summary>
public sealed class UnavailableExceptionFallbackException : Exception
{
    public UnavailableExceptionFallbackException()
    {
    }

    public UnavailableExceptionFallbackException(string? message, Exception? innerException)
        : base(message, innerException)
    {
    }

    internal UnavailableExceptionFallbackException(string type, string? message, Exception? innerException)
        : base(message, innerException) =>
        ExceptionType = type;

    /// <summary>The type's name, where it was thrown.</summary>
    public string? ExceptionType { get; }

    public override string ToString() => $"Unknown exception of type {ExceptionType}: {base.ToString()}";
}
