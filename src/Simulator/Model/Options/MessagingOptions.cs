namespace Orleans.Configuration;

/// <summary>How callers wait for answers.</summary>
public abstract class MessagingOptions
{
    /// <summary>How long a caller waits for an answer before <see cref="TimeoutException"/>. Default: 30 s; checked once a second.</summary>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether a call that timed out has its token cancelled. Default: false.</summary>
    public bool CancelRequestOnTimeout { get; set; }

    /// <summary>Whether a cancelled caller waits until the callee has stopped. Default: false, the caller ends at once.</summary>
    public bool WaitForCancellationAcknowledgement { get; set; }
}

/// <summary>For calls made on the silo: by grains, and by the silo process's own client.</summary>
public class SiloMessagingOptions : MessagingOptions;

/// <summary>For calls made by a client in another process.</summary>
public class ClientMessagingOptions : MessagingOptions;
