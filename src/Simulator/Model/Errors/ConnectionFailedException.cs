namespace Orleans.Runtime.Messaging;

/// <summary>A client could not connect to its cluster.</summary>
public class ConnectionFailedException : OrleansException
{
    public ConnectionFailedException()
    {
    }

    public ConnectionFailedException(string? message)
        : base(message)
    {
    }

    public ConnectionFailedException(string? message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
