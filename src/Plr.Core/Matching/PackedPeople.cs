using System.Runtime.InteropServices;
using System.Text;

namespace Plr.Core.Matching;

/// <summary>
/// Prepared people one after another in memory, as small as they go: a sketch with birth date and gender, and the names and postcode; ASCII takes a byte a letter, other names two.
/// The other texts of a person stay in the store, where a candidate is read again.
/// </summary>
internal sealed class PackedPeople
{
    /// <summary>The most letters that a view is written into.</summary>
    public const int LongestText = 800;

    private const int InOneChunk = 1 << 14;
    private const int KeptSlots = (int)Slot.Postcode + 1;

    private readonly List<Chunk> _chunks = [];
    private readonly List<byte> _open = [];
    private readonly List<uint> _openStarts = [];
    private readonly List<uint> _numbers = [];
    private readonly List<Sketch> _sketches = [];

    public int Count => _numbers.Count;

    /// <summary>What it takes of memory, in bytes.</summary>
    public long Bytes => _chunks.Sum(chunk => chunk.Bytes.Length + (4L * chunk.Starts.Length)) + _open.Capacity + (4L * _openStarts.Capacity) + (4L * _numbers.Capacity) + (16L * _sketches.Capacity);

    public uint Number(int place) => _numbers[place];

    /// <summary>The sketches of all, by place; valid until somebody is added.</summary>
    public ReadOnlySpan<Sketch> Sketches => CollectionsMarshal.AsSpan(_sketches);

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
        var isNarrow = Ascii.IsValid(text);
        _sketches.Add(Sketch.Of(new(text, person.BirthDate, person.Gender), !isNarrow));
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
        _sketches.TrimExcess();
    }

    /// <summary>One of them, written out into the text; valid until the text is used again.</summary>
    public PersonView View(int place, Span<char> text)
    {
        var bytes = Packed(place);
        var sketch = _sketches[place];
        int length;
        if (!sketch.IsWide)
        {
            Ascii.ToUtf16(bytes, text, out length);
        }
        else
        {
            length = bytes.Length / 2;
            bytes.CopyTo(MemoryMarshal.AsBytes(text));
        }

        return new(text[..length], sketch.BirthDate, sketch.Gender);
    }

    /// <summary>Which of two comes first by their texts, and of equal texts by place.</summary>
    public int Compare(int one, int other) => Packed(one).SequenceCompareTo(Packed(other)) is var texts and not 0 ? texts : one.CompareTo(other);

    private ReadOnlySpan<byte> Packed(int place)
    {
        var chunk = place / InOneChunk;
        var at = place % InOneChunk;
        return chunk < _chunks.Count ? _chunks[chunk].Of(at) : Open(at);
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
