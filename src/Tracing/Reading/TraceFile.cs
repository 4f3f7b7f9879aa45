using System.Text.Json;

namespace AsyncTour.Tracing.Reading;

/// <summary>
/// Reads the lines of one trace file. A line that is no OTLP-JSON is skipped and counted: a process that crashed may have
/// left half of one.
/// </summary>
internal static class TraceFile
{
    private const int FirstBuffer = 1 << 20;

    /// <summary>Adds the file's spans to <paramref name="spans"/>; answers how many lines were skipped.</summary>
    public static int Read(string path, OtlpJsonReader reader, List<SpanRecord> spans)
    {
        var skipped = 0;
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            foreach (var line in Lines(file))
                skipped += TryRead(line.Span, reader, spans) ? 0 : 1;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new TraceUnreadableException($"The trace file {path} cannot be read: {fault.Message}", fault);
        }

        return skipped;
    }

    private static bool TryRead(ReadOnlySpan<byte> line, OtlpJsonReader reader, List<SpanRecord> spans)
    {
        if (line.IndexOfAnyExcept(" \t\r"u8) < 0)
            return true;
        try
        {
            reader.Read(line, spans);
            return true;
        }
        catch (Exception fault) when (fault is JsonException or FormatException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>The file's lines without their newline; each is valid until the next is asked for.</summary>
    private static IEnumerable<ReadOnlyMemory<byte>> Lines(FileStream file)
    {
        var buffer = new byte[FirstBuffer];
        int begin = 0, end = 0;
        while (true)
        {
            var newline = buffer.AsSpan(begin, end - begin).IndexOf((byte)'\n');
            if (newline >= 0)
            {
                yield return buffer.AsMemory(begin, newline);
                begin += newline + 1;
                continue;
            }

            if (begin > 0)
            {
                buffer.AsSpan(begin, end - begin).CopyTo(buffer);
                (begin, end) = (0, end - begin);
            }

            if (end == buffer.Length)
                Array.Resize(ref buffer, buffer.Length * 2);
            var read = file.Read(buffer, end, buffer.Length - end);
            if (read == 0)
                break;
            end += read;
        }

        if (end > begin)
            yield return buffer.AsMemory(begin, end - begin);
    }
}
