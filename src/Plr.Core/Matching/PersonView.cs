using System.Runtime.CompilerServices;

namespace Plr.Core.Matching;

/// <summary>The texts of a prepared person, in the order in which they are packed.</summary>
public enum Slot
{
    Given,
    Middle,
    Preferred,
    Family,

    /// <summary>Previous family names, that at age 16, and what a full name has beside them.</summary>
    OtherFamily,
    Postcode,
    Email,
    PlaceOfBirth,
    School,
    Address,
    Town,
    Identifier,
    Occupation,
}

/// <summary>Where each slot begins in the packed text.</summary>
[InlineArray(PersonView.Slots + 1)]
internal struct SlotStarts
{
    private ushort _start;
}

/// <summary>
/// A person prepared for comparing, without a copy: folded texts that lie one after another with a separator between them, birth date and gender. Looks
/// into a <see cref="PreparedPerson"/> or into the packed memory of an index.
/// </summary>
public readonly ref struct PersonView
{
    public const int Slots = (int)Slot.Occupation + 1;

    /// <summary>Between slots. Folded text holds letters, digits and blanks only, an e-mail address no control character.</summary>
    public const char Separator = '\n';

    private readonly ReadOnlySpan<char> _text;
    private readonly SlotStarts _starts;

    /// <param name="text">The slots in order; those that are empty at the end may be missing.</param>
    /// <param name="birthDate">As yyyymmdd.</param>
    /// <param name="gender">0, 1, 2 or 9.</param>
    public PersonView(ReadOnlySpan<char> text, int birthDate, int gender)
    {
        _text = text;
        BirthDate = birthDate;
        Gender = gender;
        _starts = Starts(text);
    }

    internal PersonView(ReadOnlySpan<char> text, in SlotStarts starts, int birthDate, int gender)
    {
        _text = text;
        _starts = starts;
        BirthDate = birthDate;
        Gender = gender;
    }

    public int BirthDate { get; }

    public int Gender { get; }

    public ReadOnlySpan<char> this[Slot slot]
    {
        get
        {
            int start = _starts[(int)slot];
            var end = _starts[(int)slot + 1] - 1;
            return end <= start ? [] : _text[start..end];
        }
    }

    internal static SlotStarts Starts(ReadOnlySpan<char> text)
    {
        var starts = default(SlotStarts);
        var slot = 0;
        for (var at = 0; at < text.Length && slot < Slots; at++)
        {
            if (text[at] == Separator)
            {
                starts[++slot] = (ushort)(at + 1);
            }
        }

        // Without its separator the last one ends with the text, and those behind it are empty.
        while (slot < Slots)
        {
            starts[++slot] = (ushort)(text.Length + 1);
        }

        return starts;
    }
}
