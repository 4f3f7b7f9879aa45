using System.Text;

namespace AsyncTour.Client.Json;

/// <summary>Bytes of UTF-8 on their way to a text writer, which stays open.</summary>
internal sealed class TextStream(TextWriter text) : Stream
{
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException("A stream of text has no length.");

    public override long Position
    {
        get => throw new NotSupportedException("A stream of text has no position.");
        set => throw new NotSupportedException("A stream of text has no position.");
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        var characters = new char[_decoder.GetCharCount(buffer, flush: false)];
        text.Write(characters, 0, _decoder.GetChars(buffer, characters, flush: false));
    }

    public override void Flush() => text.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("A stream of text is only written.");

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException("A stream of text is only written.");

    public override void SetLength(long value) => throw new NotSupportedException("A stream of text is only written.");
}
