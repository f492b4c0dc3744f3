using System.Numerics;
using System.Runtime.InteropServices;

namespace Plr.Core.Matching;

/// <summary>
/// What of a packed person is seen at a glance, in sixteen bytes: birth date and gender as they are, and of names and postcode which letters are in them an odd number of times. One letter
/// more, less or other changes at most two of these, so that two sketches that differ in more cannot be alike (<see cref="Ceiling"/>). Most candidates share a key and nothing else:
/// their names need not be read.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Sketch
{
    /// <summary>No name on the register is longer.</summary>
    private const int LongestName = 35;

    private const int MostGivens = 4;
    private const int MostFamilies = 6;

    /// <summary>The most sketches that <see cref="OfEachName"/> writes.</summary>
    public const int Most = MostGivens * MostFamilies;

    /// <summary>The area of a postcode of another country.</summary>
    public const uint AreaAbroad = 1023;

    private const int DateBits = 27;
    private const int Genders = DateBits;
    private const int Wide = 31;
    private const int Other = 32;
    private const int Given = 33;
    private const int Middle = 59;
    private const int FamilySound = 26;
    private const int GivenSound = 31;
    private const int Nicks = 36;
    private const int Area = 39;
    private const int Code = 49;
    private const int CodeLetters = 11;
    private const int Length = 60;
    private const int GivenPart = 62;
    private const int FamilyPart = 63;
    private const ulong Letters = (1ul << 26) - 1;

    // Date 27, gender 4, wide 1, other 1, letters of the given name 26, hash of the middle name 5.
    private readonly ulong _one;

    // Letters of the family name 26, sound of it 5, sound of the given name 5, nicknames 3, area of the postcode 10, letters of it 11, length 2, parts 2.
    private readonly ulong _two;

    private Sketch(ulong one, ulong two)
    {
        _one = one;
        _two = two;
    }

    public int BirthDate => (int)(_one & ((1ul << DateBits) - 1));

    public int Gender => (int)(_one >> Genders & 15);

    /// <summary>Whether the text is packed as two bytes a letter.</summary>
    public bool IsWide => (_one >> Wide & 1) != 0;

    /// <summary>Whether there is more to it than a sketch shows, which then is without names: several names, very long ones, letters beyond A to Z, a foreign postcode.</summary>
    public bool IsOther => (_one >> Other & 1) != 0;

    public uint GivenLetters => (uint)(_one >> Given & Letters);

    /// <summary>0 without a middle name.</summary>
    public uint MiddleHash => (uint)(_one >> Middle);

    public uint FamilyLetters => (uint)(_two & Letters);

    public uint FamilySounds => (uint)(_two >> FamilySound & 31);

    public uint GivenSounds => (uint)(_two >> GivenSound & 31);

    /// <summary>Two that have no bit in common are no nicknames of each other.</summary>
    public uint Nicknamed => (uint)(_two >> Nicks & 7);

    /// <summary>0 without a postcode.</summary>
    public uint PostcodeArea => (uint)(_two >> Area & 1023);

    public uint PostcodeLetters => (uint)(_two >> Code & ((1ul << CodeLetters) - 1));

    /// <summary>Of the longer of the two names: 0 to 12 letters, 1 to 17, 2 to 20, 3 beyond.</summary>
    public int LengthClass => (int)(_two >> Length & 3);

    /// <summary>Whether the given name is one of several, and not the first: then it is another name of the person at best.</summary>
    public bool IsGivenPart => (_two >> GivenPart & 1) != 0;

    /// <summary>The same of the family name, where the first is no better than the others.</summary>
    public bool IsFamilyPart => (_two >> FamilyPart & 1) != 0;

    public static Sketch Of(in PersonView person, bool isWide)
    {
        var middle = person[Slot.Middle];
        var isPlain = IsName(person[Slot.Given]) && IsName(person[Slot.Family]) && (middle.IsEmpty || IsName(middle))
            && person[Slot.Preferred].IsEmpty && person[Slot.OtherFamily].IsEmpty && IsHome(person[Slot.Postcode]);
        return isPlain ? Of(person, person[Slot.Given], person[Slot.Family], 0) : new(Head(person) | 1ul << Other | (isWide ? 1ul << Wide : 0), Place(person[Slot.Postcode]));
    }

    /// <summary>
    /// A sketch for each given name with each family name of somebody, as they are written and word by word: the highest of their ceilings is one of the person.
    /// One without names when there is more to it than sketches show.
    /// </summary>
    public static int OfEachName(in PersonView person, Span<Sketch> sketches)
    {
        var middle = person[Slot.Middle];
        sketches[0] = Of(person, isWide: false);
        if (!sketches[0].IsOther || !(middle.IsEmpty || IsName(middle)) || !IsHome(person[Slot.Postcode]))
        {
            return 1;
        }

        Span<Range> givens = stackalloc Range[MostGivens];
        Span<Range> families = stackalloc Range[MostFamilies];
        Span<char> room = stackalloc char[4 * (LongestName + 1)];
        var givenText = Lines(person[Slot.Given], person[Slot.Preferred], room);
        var familyText = Lines(person[Slot.Family], person[Slot.OtherFamily], room[(2 * (LongestName + 1))..]);
        var given = Each(givenText, givens);
        var family = Each(familyText, families);
        var count = 0;
        for (var i = 0; i < given; i++)
        {
            for (var j = 0; j < family; j++)
            {
                // The name as it is written comes first, and its first word next.
                var parts = (i > (person[Slot.Given].Contains(' ') ? 1 : 0) ? 1ul << GivenPart : 0) | (j > 0 ? 1ul << FamilyPart : 0);
                sketches[count++] = Of(person, givenText[givens[i]], familyText[families[j]], parts);
            }
        }

        return Math.Max(1, count);
    }

    // Empty when one is longer than any that shows in a sketch.
    private static ReadOnlySpan<char> Lines(ReadOnlySpan<char> one, ReadOnlySpan<char> other, Span<char> room)
    {
        if (one.Length > LongestName || other.Length > LongestName)
        {
            return [];
        }

        one.CopyTo(room);
        room[one.Length] = '\n';
        other.CopyTo(room[(one.Length + 1)..]);
        return room[..(one.Length + 1 + other.Length)];
    }

    // Each name and each word of one that has several; none when one is no name or there are too many.
    private static int Each(ReadOnlySpan<char> lines, Span<Range> names)
    {
        var count = 0;
        foreach (var line in lines.Split('\n'))
        {
            var (from, length) = line.GetOffsetAndLength(lines.Length);
            var name = lines[line];
            var words = name.Count(' ');
            if (name.IsEmpty)
            {
                continue;
            }

            if (count + 1 + (words == 0 ? 0 : words + 1) > names.Length || !IsName(name, mayHaveWords: true))
            {
                return 0;
            }

            names[count++] = line;
            foreach (var word in name.Split(' '))
            {
                if (words > 0)
                {
                    var (start, letters) = word.GetOffsetAndLength(length);
                    names[count++] = (from + start)..(from + start + letters);
                }
            }
        }

        return count;
    }

    private static ulong Head(in PersonView person) => unchecked((ulong)person.BirthDate) & ((1ul << DateBits) - 1) | (ulong)(person.Gender & 15) << Genders;

    private static Sketch Of(in PersonView person, ReadOnlySpan<char> given, ReadOnlySpan<char> family, ulong parts)
    {
        var middle = person[Slot.Middle];
        if (middle.IsEmpty && person[Slot.Given].IndexOf(' ') is >= 0 and var end)
        {
            middle = NameComparison.First(person[Slot.Given][(end + 1)..]);
        }

        var one = Head(person) | (ulong)LettersOf(given) << Given | (middle.IsEmpty ? 0 : (ulong)WordHash(LettersOf(middle))) << Middle;
        var two = parts | LettersOf(family) | (ulong)Mixed(Sounds.Of(family)) << FamilySound | (ulong)Mixed(Sounds.Of(given)) << GivenSound | (ulong)NickBits(given) << Nicks
            | (Math.Max(given.Length, family.Length) switch { <= 12 => 0ul, <= 17 => 1, <= 20 => 2, _ => 3 }) << Length;
        return new(one, two | Place(person[Slot.Postcode]));
    }

    private static ulong Place(ReadOnlySpan<char> postcode) => postcode.IsEmpty ? 0
        : IsHome(postcode) ? (ulong)AreaOf(postcode) << Area | (ulong)CodeLettersOf(postcode) << Code
        : (ulong)AreaAbroad << Area;

    /// <summary>Five bits of a word of these letters, never 0.</summary>
    public static uint WordHash(uint letters) => Math.Max(1, Mixed(letters));

    private static uint Mixed(uint value) => unchecked(value * 0x9E3779B1) >> 27;

    private static bool IsName(ReadOnlySpan<char> name, bool mayHaveWords = false)
    {
        foreach (var letter in name)
        {
            if (!char.IsAsciiLetterUpper(letter) && !(mayHaveWords && letter == ' '))
            {
                return false;
            }
        }

        return name.Length is > 0 and <= LongestName;
    }

    private static bool IsHome(ReadOnlySpan<char> postcode) => postcode.IsEmpty || TextComparison.IsUnitedKingdom(postcode);

    // Which letters are in it an odd number of times; blanks do not count.
    private static uint LettersOf(ReadOnlySpan<char> name)
    {
        var letters = 0u;
        foreach (var letter in name)
        {
            letters ^= letter == ' ' ? 0 : 1u << (letter - 'A');
        }

        return letters;
    }

    private static uint NickBits(ReadOnlySpan<char> given)
    {
        var bits = 0u;
        foreach (var group in Nicknames.Of(given))
        {
            bits |= 1u << (int)(group % 3);
        }

        return bits;
    }

    private static uint AreaOf(ReadOnlySpan<char> code)
    {
        var area = 0u;
        foreach (var letter in TextComparison.Area(code))
        {
            area = (area << 5) | ((uint)letter & 31);
        }

        return area;
    }

    private static uint CodeLettersOf(ReadOnlySpan<char> code)
    {
        var letters = 0u;
        foreach (var letter in code)
        {
            letters ^= 1u << (letter % CodeLetters);
        }

        return letters;
    }

    /// <summary>How many letters differ, at most two for each slip.</summary>
    public static int Apart(uint one, uint other) => BitOperations.PopCount(one ^ other);
}
