using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Plr.Core.Matching;

/// <summary>
/// Prepared people one after another in memory, as small as they go: birth date, gender and the names and postcode; ASCII takes a byte a letter, other names two.
/// The other texts of a person stay in the store, where a candidate is read again.
/// </summary>
internal sealed class PackedPeople
{
    private const int InOneChunk = 1 << 14;
    private const int Head = 5;
    private const byte IsWide = 0x80;

    private const int KeptSlots = (int)Slot.Postcode + 1;

    private readonly List<Chunk> _chunks = [];
    private readonly List<byte> _open = [];
    private readonly List<uint> _openStarts = [];
    private readonly List<uint> _numbers = [];

    public int Count => _numbers.Count;

    /// <summary>What it takes of memory, in bytes.</summary>
    public long Bytes => _chunks.Sum(chunk => chunk.Bytes.Length + (4L * chunk.Starts.Length)) + _open.Capacity + (4L * _openStarts.Capacity) + (4L * _numbers.Capacity);

    public uint Number(int place) => _numbers[place];

    public void Add(uint number, PreparedPerson person)
    {
        if (_openStarts.Count == InOneChunk)
        {
            _openStarts.Add((uint)_open.Count);
            _chunks.Add(new([.. _open], [.. _openStarts]));
            _open.Clear();
            _openStarts.Clear();
        }

        _numbers.Add(number);
        _openStarts.Add((uint)_open.Count);
        var text = Kept(person.Text);
        Span<byte> head = stackalloc byte[Head];
        BinaryPrimitives.WriteInt32LittleEndian(head, person.BirthDate);
        var isNarrow = Ascii.IsValid(text);
        head[4] = (byte)((person.Gender & 15) | (isNarrow ? 0 : IsWide));
        _open.AddRange(head);
        if (isNarrow)
        {
            Span<byte> narrow = stackalloc byte[text.Length];
            Ascii.FromUtf16(text, narrow, out _);
            _open.AddRange(narrow);
        }
        else
        {
            _open.AddRange(MemoryMarshal.AsBytes(text));
        }
    }

    /// <summary>Gives back the room that was kept for more.</summary>
    public void Trim()
    {
        _open.TrimExcess();
        _openStarts.TrimExcess();
        _numbers.TrimExcess();
    }

    /// <summary>One of them, written out into the text; valid until the text is used again.</summary>
    public PersonView View(int place, Span<char> text)
    {
        var chunk = place / InOneChunk;
        var at = place % InOneChunk;
        var bytes = chunk < _chunks.Count ? _chunks[chunk].Of(at) : Open(at);
        var birthDate = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        var flags = bytes[4];
        var packed = bytes[Head..];
        int length;
        if ((flags & IsWide) == 0)
        {
            Ascii.ToUtf16(packed, text, out length);
        }
        else
        {
            length = packed.Length / 2;
            packed.CopyTo(MemoryMarshal.AsBytes(text));
        }

        return new(text[..length], birthDate, flags & 15);
    }

    private ReadOnlySpan<byte> Open(int at)
    {
        var bytes = CollectionsMarshal.AsSpan(_open);
        var start = (int)_openStarts[at];
        return at + 1 < _openStarts.Count ? bytes[start..(int)_openStarts[at + 1]] : bytes[start..];
    }

    // The first slots without the separators at their end, at most as long as a search has room for.
    private static ReadOnlySpan<char> Kept(ReadOnlySpan<char> text)
    {
        var end = 0;
        for (var slot = 0; slot < KeptSlots; slot++)
        {
            end += text[end..].IndexOf(PersonView.Separator) + 1;
        }

        return text[..Math.Min(end, 780)].TrimEnd(PersonView.Separator);
    }

    private sealed record Chunk(byte[] Bytes, uint[] Starts)
    {
        public ReadOnlySpan<byte> Of(int at) => Bytes.AsSpan((int)Starts[at], (int)(Starts[at + 1] - Starts[at]));
    }
}
