using System.Text;

namespace AsyncTour.Client.Inputs;

/// <summary>Reads the lines of an input that say something, one at a time, and can look at the first before it is wanted.</summary>
internal sealed class LineReader(Stream input) : IDisposable
{
    private readonly StreamReader _reader = new(input, Encoding.UTF8);
    private bool _peeked;

    /// <summary>The line last read, without white space around it.</summary>
    public string Line { get; private set; } = "";

    /// <summary>Its number, from 1, counting those passed over; 0 before the first.</summary>
    public int LineNumber { get; private set; }

    /// <summary>Whether there is a next line; it is kept for <see cref="MoveNextAsync"/>.</summary>
    public async ValueTask<bool> PeekAsync(CancellationToken cancellationToken) => _peeked = await MoveNextAsync(cancellationToken);

    /// <summary>Reads on to the next line that is neither blank nor a comment.</summary>
    public async ValueTask<bool> MoveNextAsync(CancellationToken cancellationToken)
    {
        if (_peeked)
        {
            _peeked = false;
            return true;
        }

        // Nothing can call back a read from a terminal; the wait for it can be given up.
        while (await _reader.ReadLineAsync(CancellationToken.None).AsTask().WaitAsync(cancellationToken) is { } line)
        {
            LineNumber++;
            Line = line.Trim();
            if (Line.Length > 0 && Line[0] != '#')
            {
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public void Dispose() => _reader.Dispose();
}
