namespace AsyncTour.Tracing.Reading;

/// <summary>There is no such trace, or it cannot be read; the message is one sentence for the person who asked.</summary>
public sealed class TraceUnreadableException : Exception
{
    public TraceUnreadableException(string message)
        : base(message)
    {
    }

    public TraceUnreadableException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
