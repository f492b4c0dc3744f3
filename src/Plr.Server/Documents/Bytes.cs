using System.Buffers;
using System.Buffers.Text;
using System.IO.Compression;

namespace Plr.Server.Documents;

/// <summary>A growing run of bytes with the few ways of writing that a PDF needs. Its memory is the pool's: dispose it.</summary>
internal sealed class Bytes : IDisposable
{
    private const string HexDigits = "0123456789ABCDEF";
    private static readonly byte[] Hex = [.. HexDigits.Select(digit => (byte)digit)];
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(4096);

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Span => _buffer.AsSpan(0, Length);

    public Bytes Add(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        Length += bytes.Length;
        return this;
    }

    public Bytes Add(byte one)
    {
        Room(1)[0] = one;
        Length++;
        return this;
    }

    public Bytes Add(int number)
    {
        Utf8Formatter.TryFormat(number, Room(11), out var written);
        Length += written;
        return this;
    }

    /// <summary>A length in points, to a hundredth.</summary>
    public Bytes Add(double number)
    {
        var hundredths = (long)Math.Round(number * 100);
        if (hundredths < 0)
        {
            Add((byte)'-');
            hundredths = -hundredths;
        }

        Add((int)(hundredths / 100));
        var rest = (int)(hundredths % 100);
        if (rest == 0)
        {
            return this;
        }

        Add((byte)'.').Add((byte)('0' + (rest / 10)));
        return rest % 10 == 0 ? this : Add((byte)('0' + (rest % 10)));
    }

    /// <summary>Four hexadecimal digits.</summary>
    public Bytes AddHex(ushort number)
    {
        var room = Room(4);
        for (var i = 0; i < 4; i++)
        {
            room[i] = Hex[(number >> (12 - (4 * i))) & 15];
        }

        Length += 4;
        return this;
    }

    /// <summary>A text string as the format has it: UTF-16 with its mark, in hexadecimal.</summary>
    public Bytes AddText(string text)
    {
        Add("<FEFF"u8);
        foreach (var c in text)
        {
            AddHex(c);
        }

        return Add((byte)'>');
    }

    public Bytes AddUtf8(string text)
    {
        Length += System.Text.Encoding.UTF8.GetBytes(text, Room(text.Length * 3));
        return this;
    }

    /// <summary>A reference to an object.</summary>
    public Bytes AddRef(int id) => Add(id).Add(" 0 R"u8);

    public void Clear() => Length = 0;

    /// <summary>Appends what another run holds, compressed as FlateDecode reads it; how many bytes that took.</summary>
    public int AddCompressed(ReadOnlySpan<byte> plain, CompressionLevel level)
    {
        var start = Length;
        using (var deflate = new ZLibStream(new Appending(this), level))
        {
            deflate.Write(plain);
        }

        return Length - start;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer, clearArray: true);
        _buffer = [];
    }

    private Span<byte> Room(int more)
    {
        if (_buffer.Length - Length < more)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_buffer.Length * 2, Length + more));
            Span.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer, clearArray: true);
            _buffer = larger;
        }

        return _buffer.AsSpan(Length);
    }

    /// <summary>What a compressor writes to.</summary>
    private sealed class Appending(Bytes to) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => to.Length;

        public override long Position { get => to.Length; set => throw new NotSupportedException(); }

        public override void Write(byte[] buffer, int offset, int count) => to.Add(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer) => to.Add(buffer);

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
