using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Plr.Core.Matching;

/// <summary>
/// Prepared people one after another in memory, as small as they go: a sketch with birth date and gender, and the names and postcode; ASCII takes a byte a letter, other names two.
/// Of an e-mail address there is a hash, to find it by. The other texts of a person stay in the store, where a candidate is read again.
/// </summary>
internal sealed class PackedPeople
{
    /// <summary>The most letters that a view is written into.</summary>
    public const int LongestText = 800;

    private const int InOneChunk = 1 << 14;
    private const int EmailLength = 4;
    private const int BitsInWord = 64;
    private const int KeptSlots = (int)Slot.Postcode + 1;

    private readonly List<PackedChunk> _chunks = [];
    private readonly List<byte> _open = [];
    private readonly List<uint> _openStarts = [];
    private readonly List<uint> _numbers = [];
    private readonly List<Sketch> _sketches = [];
    private readonly List<ulong> _hasEmail = [];
    private int[]? _byNumber;

    public int Count => _numbers.Count;

    /// <summary>What it takes of memory, in bytes.</summary>
    public long Bytes => _chunks.Sum(chunk => chunk.Size) + _open.Capacity + (4L * _openStarts.Capacity) + (4L * (_numbers.Capacity + (_byNumber?.Length ?? 0))) + (8L * _hasEmail.Capacity) + (16L * _sketches.Capacity);

    public uint Number(int place) => _numbers[place];

    /// <summary>The sketches of all, by place; valid until somebody is added.</summary>
    public ReadOnlySpan<Sketch> Sketches => CollectionsMarshal.AsSpan(_sketches);

    public void Add(uint number, PreparedPerson person)
    {
        Begin(number);
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

        if (BlockingKeys.Hash(person.View[Slot.Email]) is var email and not 0)
        {
            SetEmail(email);
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

    /// <summary>Adds everybody of another, behind those who are there.</summary>
    public void AddAll(PackedPeople other)
    {
        for (var place = 0; place < other.Count; place++)
        {
            Copy(other, place, keepGone: true);
        }
    }

    public void Clear()
    {
        _chunks.Clear();
        _open.Clear();
        _openStarts.Clear();
        _numbers.Clear();
        _sketches.Clear();
        _hasEmail.Clear();
    }

    private void Copy(PackedPeople from, int place, bool keepGone)
    {
        if (keepGone || !from.IsGone(place))
        {
            Begin(from.Number(place));
            _sketches.Add(from._sketches[place]);
            _open.AddRange(from.Packed(place));
            if (from.Email(place) is var email and not 0)
            {
                SetEmail(email);
            }
        }
    }

    private void Begin(uint number)
    {
        if (_openStarts.Count == InOneChunk)
        {
            _openStarts.Add((uint)_open.Count);
            _chunks.Add(new([.. _open], CollectionsMarshal.AsSpan(_openStarts)));
            _open.Clear();
            _openStarts.Clear();
        }

        _numbers.Add(number);
        _openStarts.Add((uint)_open.Count);
        if (_numbers.Count > _hasEmail.Count * BitsInWord)
        {
            _hasEmail.Add(0);
        }
    }

    // After the text of who was added last: most registers know few addresses.
    private void SetEmail(uint email)
    {
        _hasEmail[^1] |= 1UL << ((_numbers.Count - 1) % BitsInWord);
        Span<byte> bytes = stackalloc byte[EmailLength];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, email);
        _open.AddRange(bytes);
    }

    private bool HasEmail(int place) => (_hasEmail[place / BitsInWord] >> (place % BitsInWord) & 1) != 0;

    /// <summary>Gives back the room that was kept for more, and makes the order by number if they were not added in it.</summary>
    public void Trim()
    {
        _open.TrimExcess();
        _openStarts.TrimExcess();
        _numbers.TrimExcess();
        _sketches.TrimExcess();
        _hasEmail.TrimExcess();
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
    public uint Email(int place) => HasEmail(place) ? BinaryPrimitives.ReadUInt32LittleEndian(Whole(place)[^EmailLength..]) : 0;

    /// <summary>Whether it only says that the number is no longer to be found: of a person there is a name at least.</summary>
    private bool IsGone(int place) => Packed(place).IsEmpty && _sketches[place].BirthDate == 0;

    /// <summary>A digest of what is packed of somebody; 0 for who is no longer to be found. The same in every process.</summary>
    public ulong Digest(int place)
    {
        if (IsGone(place))
        {
            return 0;
        }

        var sketch = _sketches[place];
        var digest = Mix(Mix(Mix(14695981039346656037UL, Number(place)), ((ulong)(uint)sketch.BirthDate << 4) | (uint)sketch.Gender), Email(place));
        foreach (var part in Packed(place))
        {
            digest = Mix(digest, part);
        }

        return digest | 1;
    }

    private static ulong Mix(ulong digest, ulong part) => unchecked((digest ^ part) * 1099511628211UL);

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

    /// <summary>Asks memory for the sketches of all of them at once, so that the first does not keep the others waiting.</summary>
    public void TouchSketches(ReadOnlySpan<int> places)
    {
        var sketches = Sketches;
        var touched = 0;
        foreach (var place in places)
        {
            touched |= sketches[place].BirthDate;
        }

        if (touched < 0)
        {
            throw new InvalidOperationException("A birth date is never negative.");
        }
    }

    /// <summary>The same of their texts.</summary>
    public void Touch(ReadOnlySpan<int> places)
    {
        var touched = 0;
        foreach (var place in places)
        {
            touched |= Whole(place) is [var first, ..] ? first : 0;
        }

        if (touched < 0)
        {
            throw new InvalidOperationException("A byte is never negative.");
        }
    }

    /// <summary>Which of two comes first by their texts, and of equal texts by place.</summary>
    public int Compare(int one, int other) => Packed(one).SequenceCompareTo(Packed(other)) is var texts and not 0 ? texts : one.CompareTo(other);

    private ReadOnlySpan<byte> Packed(int place) => HasEmail(place) ? Whole(place)[..^EmailLength] : Whole(place);

    private ReadOnlySpan<byte> Whole(int place)
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
}
