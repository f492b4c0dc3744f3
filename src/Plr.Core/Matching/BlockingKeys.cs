namespace Plr.Core.Matching;

/// <summary>
/// The keys under which a person is looked for: two persons are compared when they share one. Each key leaves out what another has, so that a person with one fault,
/// and with nearly any two, is found by what is right. Names count by their sound and by the formal name of a nickname and in any place, day and month in
/// any order, so that swapped names and dates share keys.
/// </summary>
public static class BlockingKeys
{
    private const int MostNames = 8;

    /// <summary>Every key there is: for files, whose fields nobody knows beforehand.</summary>
    public static void All(in PersonView person, ICollection<ulong> keys)
    {
        Span<uint> names = stackalloc uint[MostNames];
        Span<uint> beginnings = stackalloc uint[MostNames];
        var named = Sounded(person, names);
        var begun = Begun(person, beginnings);
        var date = Canonical(person.BirthDate);
        var (year, first, second) = BirthDates.Parts(date);
        Span<uint> texts =
        [
            Hash(person[Slot.Postcode]), Hash(person[Slot.Email]), Hash(TextComparison.LocalPart(person[Slot.Email])), Hash(person[Slot.PlaceOfBirth]),
            Hash(person[Slot.Address]), Hash(person[Slot.Town]), Hash(person[Slot.Identifier]), Hash(person[Slot.School]), Hash(person[Slot.Occupation]),
        ];
        var initials = Initials(person);
        AddNames(keys, names[..named], date, year, first, second, texts);
        AddBeginnings(keys, beginnings[..begun], date, year);
        Add(keys, 10, (uint)date, 1);
        Add(keys, 11, (uint)date, initials);
        for (var at = 0u; at < texts.Length; at++)
        {
            var text = texts[(int)at];
            Add(keys, 20 + at, text, 1);
            Add(keys, 40 + at, text, (uint)date);
            Add(keys, 60 + at, text, (uint)year);
            Add(keys, 80 + at, text, initials);
            Add(keys, 160 + at, text, second == 0 ? 0 : (uint)((first * 100) + second));
        }

        // Two facts about where and what a person is, whatever the names and dates.
        Add(keys, 180, texts[3], texts[8]);
        Add(keys, 181, texts[0], texts[8]);
        Add(keys, 182, texts[4], texts[5]);
    }

    /// <summary>The most keys that <see cref="Indexed"/> writes.</summary>
    public const int MostIndexed = 48;

    /// <summary>The keys of the find index, the most telling first; some nine for a learner with the five demographics. Answers how many.</summary>
    public static int Indexed(in PersonView person, Span<ulong> keys)
    {
        Span<uint> given = stackalloc uint[MostNames];
        Span<uint> family = stackalloc uint[MostNames];
        var givens = 0;
        var families = 0;
        AddSounds(NameComparison.First(person[Slot.Given]), false, given, ref givens);
        AddSounds(NameComparison.First(person[Slot.Preferred]), false, given, ref givens);
        AddSounds(person[Slot.Family], false, family, ref families);
        AddSounds(person[Slot.OtherFamily], false, family, ref families);
        var postcode = Hash(person[Slot.Postcode]);
        var date = (uint)Canonical(person.BirthDate);
        var (year, first, second) = BirthDates.Parts((int)date);
        var count = 0;
        Put(keys, ref count, 30, Hash(person[Slot.Email]), 1);
        Put(keys, ref count, 31, postcode, date);
        for (var i = 0; i < givens + families; i++)
        {
            var name = i < givens ? given[i] : family[i - givens];
            Put(keys, ref count, 32, name, postcode);
            Put(keys, ref count, 33, name, date);
        }

        for (var i = 0; i < givens; i++)
        {
            for (var j = 0; j < families; j++)
            {
                var both = Unordered(given[i], family[j]);
                Put(keys, ref count, 34, both, (uint)year);
                Put(keys, ref count, 35, both, second == 0 ? 0 : (uint)((first * 100) + second));
            }
        }

        Put(keys, ref count, 36, Initials(person), date);
        return count;
    }

    /// <summary>The key of <see cref="Indexed"/> of an e-mail address; null without one.</summary>
    public static ulong? OfEmail(in PersonView person) => OfEmail(Hash(person[Slot.Email]));

    /// <summary>The same of the hash of an address, which is all that an index keeps of it.</summary>
    internal static ulong? OfEmail(uint hash) => hash == 0 ? null : Key(30, hash, 1);

    private static void Put(Span<ulong> keys, ref int count, uint family, uint one, uint other)
    {
        if (one != 0 && other != 0 && count < keys.Length)
        {
            keys[count++] = Key(family, one, other);
        }
    }

    private static void AddNames(ICollection<ulong> keys, ReadOnlySpan<uint> names, int date, int year, int first, int second, ReadOnlySpan<uint> texts)
    {
        for (var i = 0; i < names.Length; i++)
        {
            var name = names[i];
            Add(keys, 1, name, (uint)date);
            Add(keys, 2, name, first == 0 ? 0 : (uint)((year * 100) + first));
            Add(keys, 3, name, second == 0 ? 0 : (uint)((year * 10000) + second));
            Add(keys, 4, name, second == 0 ? 0 : (uint)((first * 100) + second));
            Add(keys, 9, name, (uint)year);
            for (var at = 0u; at < texts.Length; at++)
            {
                Add(keys, 100 + at, name, texts[(int)at]);
            }

            for (var j = i + 1; j < names.Length; j++)
            {
                var both = Unordered(name, names[j]);
                Add(keys, 5, both, 1);
                Add(keys, 6, both, (uint)year);
                Add(keys, 7, both, second == 0 ? 0 : (uint)((first * 100) + second));
                Add(keys, 8, both, (uint)date);
            }
        }
    }

    private static void AddBeginnings(ICollection<ulong> keys, ReadOnlySpan<uint> beginnings, int date, int year)
    {
        for (var i = 0; i < beginnings.Length; i++)
        {
            Add(keys, 12, beginnings[i], (uint)date);
            for (var j = i + 1; j < beginnings.Length; j++)
            {
                var both = Unordered(beginnings[i], beginnings[j]);
                Add(keys, 13, both, 1);
                Add(keys, 14, both, (uint)year);
            }
        }
    }

    /// <summary>The sounds of the names, and the formal name of a nickname.</summary>
    internal static int Sounded(in PersonView person, Span<uint> names)
    {
        var count = 0;
        AddSounds(person[Slot.Given], true, names, ref count);
        AddSounds(person[Slot.Family], false, names, ref count);
        AddSounds(person[Slot.Preferred], true, names, ref count);
        AddSounds(person[Slot.OtherFamily], false, names, ref count);
        AddSounds(person[Slot.Middle], true, names, ref count);
        return count;
    }

    private static void AddSounds(ReadOnlySpan<char> words, bool isGiven, Span<uint> names, ref int count)
    {
        foreach (var range in words.Split(' '))
        {
            var word = words[range];
            if (word.Length < 2)
            {
                continue;
            }

            AddOnce(names, ref count, Sounds.Of(word));
            if (isGiven)
            {
                foreach (var group in Nicknames.Of(word))
                {
                    AddOnce(names, ref count, 0x80000000 | group);
                }
            }
        }
    }

    private static int Begun(in PersonView person, Span<uint> beginnings)
    {
        var count = 0;
        foreach (var slot in (ReadOnlySpan<Slot>)[Slot.Given, Slot.Family])
        {
            var word = NameComparison.First(person[slot]);
            if (word.Length >= 2)
            {
                AddOnce(beginnings, ref count, Hash(word[..Math.Min(3, word.Length)]));
                AddOnce(beginnings, ref count, unchecked(Hash(word[^Math.Min(3, word.Length)..]) + 7));
            }
        }

        return count;
    }

    internal static void AddOnce(Span<uint> names, ref int count, uint name)
    {
        if (name != 0 && count < names.Length && !names[..count].Contains(name))
        {
            names[count++] = name;
        }
    }

    /// <summary>The date with the smaller of day and month first, so that swapped ones are equal.</summary>
    internal static int Canonical(int date)
    {
        var (year, month, day) = BirthDates.Parts(date);
        return month == 0 || day == 0 ? date : (year * 10000) + (Math.Min(month, day) * 100) + Math.Max(month, day);
    }

    internal static uint Initials(in PersonView person)
    {
        var given = person[Slot.Given];
        var family = person[Slot.Family];
        return given.IsEmpty || family.IsEmpty ? 0 : Unordered(given[0], family[0]);
    }

    internal static uint Unordered(uint one, uint other) => unchecked((Math.Min(one, other) * 0x9E3779B1) ^ Math.Max(one, other)) | 1;

    internal static uint Hash(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
        {
            return 0;
        }

        var hash = 2166136261u;
        foreach (var letter in text)
        {
            hash = unchecked((hash ^ letter) * 16777619);
        }

        return hash | 1;
    }

    /// <summary>A key of two parts, both of which must be known.</summary>
    internal static ulong Key(uint family, uint one, uint other)
    {
        unchecked
        {
            var z = ((ulong)one << 32 | other) + (family * 0x9E3779B97F4A7C15);
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }

    private static void Add(ICollection<ulong> keys, uint family, uint one, uint other)
    {
        if (one != 0 && other != 0)
        {
            keys.Add(Key(family, one, other));
        }
    }
}
