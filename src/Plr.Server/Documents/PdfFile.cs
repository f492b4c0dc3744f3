using System.Buffers.Binary;
using System.IO.Compression;

namespace Plr.Server.Documents;

/// <summary>
/// The objects of one PDF 1.7 file, in the order in which they come. What is not a stream goes into object streams, where hundreds of
/// structure elements take a few kilobytes (ISO 32000-1, 7.5.7), and the cross-reference is a stream too.
/// </summary>
internal sealed class PdfFile : IDisposable
{
    private const int MostInStream = 1000;

    private readonly Bytes _file = new();
    private readonly Bytes _packed = new();
    private readonly Bytes _places = new();

    // By id: where it stands in the file, or in which object stream and at which place.
    private readonly List<(byte Kind, int Where, int Place)> _objects = [(0, 0, 65535)];
    private readonly List<int> _inStream = [];
    private int _stream;

    public PdfFile() => _file.Add("%PDF-1.7\n%\u00E2\u00E3\u00CF\u00D3\n"u8);

    /// <summary>The file, after <see cref="Finish"/>.</summary>
    public byte[] ToArray() => _file.Span.ToArray();

    /// <summary>An id for an object that is written later.</summary>
    public int NewId()
    {
        _objects.Add(default);
        return _objects.Count - 1;
    }

    /// <summary>Where to write an object that is not a stream; nothing else may be begun before its last byte.</summary>
    public Bytes Begin(int id)
    {
        if (_inStream.Count == MostInStream)
        {
            Pack();
        }

        if (_inStream.Count == 0)
        {
            _stream = NewId();
        }

        _objects[id] = (2, _stream, _inStream.Count);
        _places.Add(id).Add(" "u8).Add(_packed.Length).Add(" "u8);
        _inStream.Add(id);
        return _packed.Add("\n"u8);
    }

    /// <summary>Writes a stream.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="dictionary">What its dictionary says beside lengths and filter.</param>
    /// <param name="plain">What it holds.</param>
    public void AddStream(int id, ReadOnlySpan<byte> dictionary, ReadOnlySpan<byte> plain)
    {
        using var compressed = new Bytes();
        compressed.AddCompressed(plain, CompressionLevel.Fastest);
        AddCompressed(id, dictionary, compressed.Span);
    }

    /// <summary>Writes a stream that is compressed already.</summary>
    public void AddCompressed(int id, ReadOnlySpan<byte> dictionary, ReadOnlySpan<byte> compressed)
    {
        _objects[id] = (1, _file.Length, 0);
        _file.Add(id).Add(" 0 obj<</Filter/FlateDecode"u8).Add(dictionary).Add("/Length "u8).Add(compressed.Length).Add(">>stream\n"u8).Add(compressed).Add("\nendstream endobj\n"u8);
    }

    /// <summary>Writes a stream as it is, for those who read files without unpacking them: the metadata.</summary>
    public void AddPlain(int id, ReadOnlySpan<byte> dictionary, ReadOnlySpan<byte> plain)
    {
        _objects[id] = (1, _file.Length, 0);
        _file.Add(id).Add(" 0 obj<<"u8).Add(dictionary).Add("/Length "u8).Add(plain.Length).Add(">>stream\n"u8).Add(plain).Add("\nendstream endobj\n"u8);
    }

    /// <summary>Writes what is left and the cross-reference.</summary>
    /// <param name="fingerprint">16 bytes that no other file has: the file's identifier.</param>
    public void Finish(int catalogue, int information, ReadOnlySpan<byte> fingerprint)
    {
        Pack();
        var id = NewId();
        _objects[id] = (1, _file.Length, 0);
        using var table = new Bytes();
        Span<byte> row = stackalloc byte[7];
        foreach (var (kind, where, place) in _objects)
        {
            row[0] = kind;
            BinaryPrimitives.WriteInt32BigEndian(row[1..], where);
            BinaryPrimitives.WriteUInt16BigEndian(row[5..], (ushort)place);
            table.Add(row);
        }

        using var dictionary = new Bytes();
        dictionary.Add("/Type/XRef/W[1 4 2]/Size "u8).Add(_objects.Count).Add("/Root "u8).AddRef(catalogue).Add("/Info "u8).AddRef(information).Add("/ID["u8);
        for (var twice = 0; twice < 2; twice++)
        {
            dictionary.Add("<"u8);
            for (var i = 0; i < 16; i += 2)
            {
                dictionary.AddHex(BinaryPrimitives.ReadUInt16BigEndian(fingerprint[i..]));
            }

            dictionary.Add(">"u8);
        }

        var start = _file.Length;
        AddStream(id, dictionary.Add("]"u8).Span, table.Span);
        _file.Add("startxref\n"u8).Add(start).Add("\n%%EOF\n"u8);
    }

    public void Dispose()
    {
        _file.Dispose();
        _packed.Dispose();
        _places.Dispose();
    }

    private void Pack()
    {
        if (_inStream.Count == 0)
        {
            return;
        }

        using var dictionary = new Bytes();
        dictionary.Add("/Type/ObjStm/N "u8).Add(_inStream.Count).Add("/First "u8).Add(_places.Length);
        using var both = new Bytes();
        AddStream(_stream, dictionary.Span, both.Add(_places.Span).Add(_packed.Span).Span);
        _places.Clear();
        _packed.Clear();
        _inStream.Clear();
    }
}
