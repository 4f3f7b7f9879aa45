using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace AsyncTour.Simulator.Runtime;

/// <summary>
/// An answer's body. A small one, which most are, is held until it is whole and leaves with its length known; of a large one nothing is
/// held: it streams as it is written.
/// </summary>
internal sealed class GatewayAnswer(HttpResponse response) : Stream
{
    private const int MostHeld = 16 * 1024;
    private byte[]? _held;
    private int _length;
    private bool _isStreaming;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException("An answer is written once, forward.");

    public override long Position
    {
        get => throw new NotSupportedException("An answer is written once, forward.");
        set => throw new NotSupportedException("An answer is written once, forward.");
    }

    /// <summary>All has been written. Without it, the answer is one that failed.</summary>
    public async ValueTask EndAsync()
    {
        if (_isStreaming)
            return;
        response.ContentLength = _length;
        await response.Body.WriteAsync(_held.AsMemory(0, _length));
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!_isStreaming && _length + buffer.Length <= MostHeld)
        {
            _held ??= ArrayPool<byte>.Shared.Rent(MostHeld);
            buffer.CopyTo(_held.AsMemory(_length));
            _length += buffer.Length;
            return;
        }

        if (!_isStreaming && _length > 0)
            await response.Body.WriteAsync(_held.AsMemory(0, _length), cancellationToken);
        _isStreaming = true;
        await response.Body.WriteAsync(buffer, cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("An answer is written asynchronously.");

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("An answer is written, not read.");

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException("An answer is written once, forward.");

    public override void SetLength(long value) => throw new NotSupportedException("An answer is written once, forward.");

    protected override void Dispose(bool disposing)
    {
        if (_held is not null)
            ArrayPool<byte>.Shared.Return(_held);
        _held = null;
        base.Dispose(disposing);
    }
}
