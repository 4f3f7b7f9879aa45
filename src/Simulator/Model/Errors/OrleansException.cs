namespace Orleans.Runtime;

/// <summary>The base of what the engine itself throws.</summary>
public class OrleansException : Exception
{
    public OrleansException()
        : base("Unexpected error.")
    {
    }

    public OrleansException(string? message)
        : base(message)
    {
    }

    public OrleansException(string? message, Exception? innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>A message was turned away; the call did not run.</summary>
public class OrleansMessageRejectionException : OrleansException
{
    internal OrleansMessageRejectionException(string message)
        : base(message)
    {
    }

    internal OrleansMessageRejectionException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>The silo that a call was sent to is gone, or going. Whether the call ran is not known.</summary>
public sealed class SiloUnavailableException : OrleansMessageRejectionException
{
    public SiloUnavailableException()
        : base("SiloUnavailableException")
    {
    }

    public SiloUnavailableException(string? msg)
        : base(msg ?? "")
    {
    }

    public SiloUnavailableException(string? message, Exception? innerException)
        : base(message ?? "", innerException)
    {
    }
}

/// <summary>Something is declared that cannot work, or that this engine does not do; thrown at start-up.</summary>
public sealed class OrleansConfigurationException : Exception
{
    public OrleansConfigurationException(string message)
        : base(message)
    {
    }

    public OrleansConfigurationException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
