namespace AsyncTour.Tracing.Recording;

/// <summary>Takes whole lines, the newline included, and has them out of this process when <see cref="Write"/> returns.</summary>
internal interface ILineSink : IDisposable
{
    long Bytes { get; }

    void Write(ReadOnlySpan<byte> line);
}

/// <summary>Lines onto a stream that somebody else owns, such as standard output.</summary>
internal sealed class StreamLineSink(Stream stream) : ILineSink
{
    public long Bytes { get; private set; }

    public void Write(ReadOnlySpan<byte> line)
    {
        stream.Write(line);
        stream.Flush();
        Bytes += line.Length;
    }

    public void Dispose() => stream.Flush();
}

/// <summary>
/// Lines into files of one recording: <c>{service}-{start}-{pid}.traces.jsonl</c>, then <c>….2.traces.jsonl</c> and so on as
/// each reaches its bound. A file is begun with its first line, so a process that records nothing leaves nothing.
/// </summary>
internal sealed class FileLineSink(string folder, string stem, string extension, long maxFileBytes, long maxFolderBytes) : ILineSink
{
    private FileStream? _file;
    private int _files;

    public long Bytes { get; private set; }

    public void Write(ReadOnlySpan<byte> line)
    {
        if (_file is null || (_file.Length > 0 && _file.Length + line.Length > maxFileBytes))
            BeginFile();

        // Unbuffered, whole lines: after a crash of this process the file ends with a line, not in one.
        _file!.Write(line);
        Bytes += line.Length;
    }

    public void Dispose() => _file?.Dispose();

    private void BeginFile()
    {
        _file?.Dispose();
        Directory.CreateDirectory(folder);
        FolderBound.Keep(folder, maxFolderBytes, butNever: stem);
        string path;
        do
        {
            _files++;
            path = Path.Combine(folder, _files == 1 ? stem + extension : $"{stem}.{_files}{extension}");
        }
        while (File.Exists(path)); // Two recordings of one process may begin in the same millisecond.

        _file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
    }
}
