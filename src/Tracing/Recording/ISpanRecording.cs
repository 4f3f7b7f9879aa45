namespace AsyncTour.Tracing.Recording;

/// <summary>What a recorder can say of the processor its spans go through.</summary>
internal interface ISpanRecording
{
    long Written { get; }

    long Lost { get; }

    long Waits { get; }

    int Queued { get; }

    /// <summary>Why the last spans were lost; null when none were, or the exporter did not say.</summary>
    Exception? Fault { get; }
}
