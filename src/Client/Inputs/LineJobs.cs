using System.Globalization;
using System.Runtime.CompilerServices;
using AsyncTour.Grains;
using AsyncTour.Grains.Jobs;

namespace AsyncTour.Client.Inputs;

/// <summary>
/// One job a line, pulled when the run has room for it. A line is the job's argument and its key; <c>KEY⇥ARGUMENT</c>
/// gives another key. Blank lines and lines that begin with # are passed over. A line that is no job is refused before
/// the run when it is in a file; on standard input it ends the input, and the jobs before it run to their end.
/// </summary>
internal sealed class LineJobs : JobInput
{
    private readonly string _name;
    private readonly Func<Stream> _open;
    private JobKinds? _known;
    private LineReader? _prepared;
    private string? _error;

    private LineJobs(string name, Func<Stream> open, string kind, bool canReopen)
        : base(kind) => (_name, _open, CanReopen) = (name, open, canReopen);

    /// <summary>Whether the input can be read more than once.</summary>
    public bool CanReopen { get; }

    /// <inheritdoc/>
    public override int? Count => null;

    /// <inheritdoc/>
    public override string? Error => _error;

    /// <inheritdoc/>
    public override string Description => $"{Kind} jobs from {_name}";

    /// <summary>Lines typed or piped into the program.</summary>
    public static LineJobs FromStandardInput(Func<Stream> open, string kind) => new("standard input", open, kind, canReopen: false);

    /// <summary>Lines of a file, which must be there to be read.</summary>
    /// <exception cref="RefusedException">It is not.</exception>
    public static LineJobs FromFile(string path, string kind)
    {
        if (Directory.Exists(path))
        {
            throw new RefusedException($"--input {path} is a folder: give a file with one job a line");
        }

        try
        {
            OpenFile(path).Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new RefusedException($"--input {path} cannot be read ({Why(e)}): give a readable file with one job a line, or - for standard input");
        }

        return new LineJobs(path, () => OpenFile(path), kind, canReopen: true);
    }

    /// <inheritdoc/>
    public override async ValueTask PrepareAsync(JobKinds known, CancellationToken cancellationToken)
    {
        _known = known;
        _prepared = new LineReader(_open());
        if (!await _prepared.PeekAsync(cancellationToken))
        {
            throw new RefusedException($"{_name} has no jobs, only {(_prepared.LineNumber == 0 ? "emptiness" : "blank lines or comments")}: give at least one line");
        }

        if (Refuse(_prepared) is { } reason)
        {
            throw new RefusedException(reason);
        }

        if (CanReopen)
        {
            await CheckAllAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    public override JobInput? As(string otherKind) => null;

    /// <inheritdoc/>
    public override async IAsyncEnumerable<Job> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var reader = _prepared ?? new LineReader(_open());
        _prepared = null;
        for (var index = 0; await HasNextAsync(reader, cancellationToken); index++)
        {
            _error = Refuse(reader);
            if (_error is not null)
            {
                yield break;
            }

            yield return JobOf(index, reader.Line);
        }
    }

    private static async ValueTask<bool> HasNextAsync(LineReader reader, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.MoveNextAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    // A file can be read twice, so a line that is no job is found before anything is started.
    private async Task CheckAllAsync(CancellationToken cancellationToken)
    {
        using var reader = new LineReader(_open());
        while (await reader.MoveNextAsync(cancellationToken))
        {
            if (Refuse(reader) is { } reason)
            {
                throw new RefusedException(reason);
            }
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _prepared?.Dispose();
        base.Dispose();
    }

    private static FileStream OpenFile(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    private static string Why(Exception e) => e switch
    {
        FileNotFoundException or DirectoryNotFoundException => "there is no such file",
        UnauthorizedAccessException => "access is denied",
        _ => e.Message.TrimEnd('.'),
    };

    private Job JobOf(int index, string line)
    {
        var tab = line.IndexOf('\t', StringComparison.Ordinal);
        return tab < 0
            ? new Job(index, Kind, line, line)
            : new Job(index, Kind, line[(tab + 1)..].Trim(), line[..tab].Trim());
    }

    // The silo asks its own kinds again; asking here names the line.
    private string? Refuse(LineReader reader)
    {
        var argument = JobOf(0, reader.Line).Argument;
        return _known?.Names.Contains(Kind, StringComparer.Ordinal) == true && _known[Kind].Refuse(argument) is { } reason
            ? string.Create(CultureInfo.InvariantCulture, $"{_name}, line {reader.LineNumber}: '{argument}' {reason}")
            : null;
    }
}
