using System.Runtime.InteropServices;

namespace AsyncTour.Tracing.Recording;

/// <summary>What a recorder has done so far.</summary>
/// <param name="Written">Spans handed to the exporter and accepted by it.</param>
/// <param name="Lost">Spans the exporter refused, for instance because the disk is full. Never silent: <see cref="TraceRecorder.Fault"/> says why.</param>
/// <param name="Queued">Spans that have ended and wait to be written.</param>
/// <param name="Waits">How often whoever ended a span had to wait for room in the queue, or to write in the writer's place.</param>
/// <param name="Bytes">Bytes written, when the exporter writes lines.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TraceRecorderStatistics(long Written, long Lost, int Queued, long Waits, long Bytes);
