using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Plr.Core.Matching;

/// <summary>
/// Prepared people one after another in memory, as small as they go: birth date, gender and the names and postcode; ASCII takes a byte a letter, other names two. Of an
/// e-mail address there is a hash, to find it by. The other texts of a person stay in the store, where a candidate is read again.
/// </summary>
internal sealed class PackedPeople
{
    private const int InOneChunk = 1 << 14;
    private const int Head = 5;
    private const int EmailLength = 4;
    private const byte IsWide = 0x80;
    private const byte HasEmail = 0x40;
    private const byte IsGone = 0x20;

    private const int KeptSlots = (int)Slot.Postcode + 1;

    private readonly List<Chunk> _chunks = [];
    private readonly List<byte> _open = [];
    private readonly List<uint> _openStarts = [];
    private readonly List<uint> _numbers = [];
    private int[]? _byNumber;

    public int Count => _numbers.Count;

    /// <summary>What it takes of memory, in bytes.</summary>
    public long Bytes => _chunks.Sum(chunk => chunk.Bytes.Length + (4L * chunk.Starts.Length)) + _open.Capacity + (4L * _openStarts.Capacity) + (4L * _numbers.Capacity) + (4L * (_byNumber?.Length ?? 0));

    public uint Number(int place) => _numbers[place];

    public void Add(uint number, PreparedPerson person)
    {
        Begin(number);
        var text = Kept(person.Text);
        var email = BlockingKeys.Hash(person.View[Slot.Email]);
        Span<byte> head = stackalloc byte[Head + EmailLength];
        BinaryPrimitives.WriteInt32LittleEndian(head, person.BirthDate);
        BinaryPrimitives.WriteUInt32LittleEndian(head[Head..], email);
        var isNarrow = Ascii.IsValid(text);
        head[4] = (byte)((person.Gender & 15) | (isNarrow ? 0 : IsWide) | (email == 0 ? 0 : HasEmail) | (person == PreparedPerson.Nobody ? IsGone : 0));
        _open.AddRange(email == 0 ? head[..Head] : head);
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

    /// <summary>Adds everybody of two others by number; of a number that is in both, as the newer has it.</summary>
    public void AddJoined(PackedPeople newer, PackedPeople older, bool keepGone)
    {
        var (at, beside) = (0, 0);
        while (at < newer.Count || beside < older.Count)
        {
            var isNewer = beside == older.Count || (at < newer.Count && newer.InOrder(at) <= older.InOrder(beside));
            if (isNewer)
            {
                beside += beside < older.Count && newer.InOrder(at) == older.InOrder(beside) ? 1 : 0;
                Copy(newer, newer.Place(at++), keepGone);
            }
            else
            {
                Copy(older, older.Place(beside++), keepGone);
            }
        }
    }

    private void Copy(PackedPeople from, int place, bool keepGone)
    {
        var bytes = from.Of(place);
        if (keepGone || (bytes[4] & IsGone) == 0)
        {
            Begin(from.Number(place));
            _open.AddRange(bytes);
        }
    }

    private void Begin(uint number)
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
    }

    /// <summary>Gives back the room that was kept for more, and makes the order by number if they were not added in it.</summary>
    public void Trim()
    {
        _open.TrimExcess();
        _openStarts.TrimExcess();
        _numbers.TrimExcess();
        _byNumber = null;
        for (var place = 1; place < _numbers.Count; place++)
        {
            if (_numbers[place] < _numbers[place - 1])
            {
                _byNumber = [.. Enumerable.Range(0, _numbers.Count)];
                Array.Sort([.. _numbers], _byNumber);
                break;
            }
        }
    }

    /// <summary>The place of a number, or less than 0 when it is not there. Trimmed first.</summary>
    public int PlaceOf(uint number)
    {
        var (low, high) = (0, _numbers.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            switch (InOrder(middle).CompareTo(number))
            {
                case 0:
                    return Place(middle);
                case < 0:
                    low = middle + 1;
                    break;
                default:
                    high = middle - 1;
                    break;
            }
        }

        return -1;
    }

    private int Place(int order) => _byNumber is { } places ? places[order] : order;

    private uint InOrder(int order) => _numbers[Place(order)];

    /// <summary>The hash of the e-mail address; 0 without one.</summary>
    public uint Email(int place) => Of(place) is var bytes && (bytes[4] & HasEmail) != 0 ? BinaryPrimitives.ReadUInt32LittleEndian(bytes[Head..]) : 0;

    /// <summary>A digest of what is packed of somebody; 0 for who is no longer to be found. The same in every process.</summary>
    public ulong Digest(int place)
    {
        var bytes = Of(place);
        if ((bytes[4] & IsGone) != 0)
        {
            return 0;
        }

        var digest = 14695981039346656037UL ^ Number(place);
        foreach (var part in bytes)
        {
            digest = unchecked((digest ^ part) * 1099511628211UL);
        }

        return digest | 1;
    }

    /// <summary>One of them, written out into the text; valid until the text is used again.</summary>
    public PersonView View(int place, Span<char> text)
    {
        var bytes = Of(place);
        var birthDate = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        var flags = bytes[4];
        var packed = bytes[((flags & HasEmail) != 0 ? Head + EmailLength : Head)..];
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

    private ReadOnlySpan<byte> Of(int place)
    {
        var (chunk, at) = (place / InOneChunk, place % InOneChunk);
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
