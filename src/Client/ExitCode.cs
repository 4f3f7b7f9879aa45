namespace AsyncTour.Client;

/// <summary>What the process answers its shell.</summary>
internal static class ExitCode
{
    /// <summary>Every job succeeded, or the question was answered.</summary>
    public const int Success = 0;

    /// <summary>Some job did not succeed.</summary>
    public const int SomeJobDidNot = 1;

    /// <summary>The command line or the input was refused; nothing was started.</summary>
    public const int WrongUsage = 2;

    /// <summary>No silo answers at the address.</summary>
    public const int NoSilo = 3;

    /// <summary>An audit or a simulation found a breach.</summary>
    public const int Breach = 4;

    /// <summary>Ctrl-C or SIGTERM; what had finished was reported.</summary>
    public const int Interrupted = 130;
}
