using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>A write with a stale etag: somebody else wrote since this activation read. The activation ends, and the next one reads anew.</summary>
public class InconsistentStateException : OrleansException
{
    public InconsistentStateException()
    {
    }

    public InconsistentStateException(string? message)
        : base(message)
    {
    }

    public InconsistentStateException(string? message, Exception? innerException)
        : base(message, innerException)
    {
    }

    public InconsistentStateException(string errorMsg, string? storedEtag, string? currentEtag)
        : base($"{errorMsg} Stored etag: {storedEtag}, etag of the writer: {currentEtag}.")
    {
        StoredEtag = storedEtag;
        CurrentEtag = currentEtag;
    }

    public string? StoredEtag { get; }

    public string? CurrentEtag { get; }
}
