using System.Globalization;
using System.Text;
using Plr.Core.Learners;

namespace Plr.Core.Matching;

/// <summary>A person whose texts are folded once, so that they can be compared many times.</summary>
public sealed class PreparedPerson
{
    // Far more than the register's fields hold; a file may hold anything.
    private const int LongestSlot = 128;

    private readonly SlotStarts _starts;

    private PreparedPerson(string text, int birthDate, int gender)
    {
        Text = text;
        BirthDate = birthDate;
        Gender = gender;
        _starts = PersonView.Starts(text);
    }

    /// <summary>Of whom nothing is known: found by nobody.</summary>
    public static PreparedPerson Nobody { get; } = new(Pack([.. Enumerable.Repeat(string.Empty, PersonView.Slots)]), 0, 0);

    /// <summary>The slots, packed (<see cref="PersonView"/>).</summary>
    public string Text { get; }

    /// <summary>As yyyymmdd.</summary>
    public int BirthDate { get; }

    public int Gender { get; }

    public PersonView View => new(Text, _starts, BirthDate, Gender);

    /// <summary>Folds what is known of a person.</summary>
    public static PreparedPerson Of(PersonText person)
    {
        var full = Words(NameWords.Given(person.FullName));
        var given = Words(NameWords.Given(person.GivenName));
        var family = NameWords.Family(person.FamilyName);
        if (given.Length == 0 && family.Length == 0 && full.Length > 0)
        {
            given = [full[0]];
            family = full.Length > 1 ? NameWords.Family(full[^1]) : string.Empty;
        }

        string[] slots = new string[PersonView.Slots];
        slots[(int)Slot.Given] = string.Join(' ', given);
        slots[(int)Slot.Middle] = NameWords.Given(person.MiddleName);
        slots[(int)Slot.Preferred] = NameWords.Given(person.PreferredGivenName);
        slots[(int)Slot.Family] = family;
        slots[(int)Slot.OtherFamily] = OtherNames(person, given, family, full);
        slots[(int)Slot.Postcode] = Letters(person.Postcode);
        slots[(int)Slot.Email] = Email(person.Email);
        slots[(int)Slot.PlaceOfBirth] = NameWords.Plain(person.PlaceOfBirth);
        slots[(int)Slot.School] = NameWords.Plain(person.School);
        slots[(int)Slot.Address] = NameWords.Plain(person.Address);
        slots[(int)Slot.Town] = NameWords.Plain(person.Town);
        slots[(int)Slot.Identifier] = Letters(person.Identifier);
        slots[(int)Slot.Occupation] = NameWords.Plain(person.Occupation);
        return new(Pack(slots), person.BirthDate, person.Gender);
    }

    /// <summary>Folds a learner of the register, or what is asked for.</summary>
    public static PreparedPerson Of(LearnerDetails details) => Of(new PersonText
    {
        GivenName = details.GivenName,
        MiddleName = details.MiddleOtherName,
        PreferredGivenName = details.PreferredGivenName,
        FamilyName = details.FamilyName,
        PreviousFamilyName = details.PreviousFamilyName,
        FamilyNameAtAge16 = details.FamilyNameAtAge16,
        BirthDate = BirthDates.Pack(details.DateOfBirth),
        Gender = details.Gender,
        Postcode = details.LastKnownPostCode,
        Email = details.EmailAddress,
        PlaceOfBirth = details.PlaceOfBirth,
        School = details.SchoolAtAge16,
        Address = details.LastKnownAddressLine1,
        Town = details.LastKnownAddressTown,
        Identifier = details.UniquePupilNumber ?? details.UniqueCandidateIdentifier ?? details.ScottishCandidateNumber,
    });

    private static string OtherNames(PersonText person, string[] given, string family, string[] full)
    {
        if (string.IsNullOrEmpty(person.PreviousFamilyName) && string.IsNullOrEmpty(person.FamilyNameAtAge16) && full.Length == 0)
        {
            return string.Empty;
        }

        var families = Words(family);
        var others = new[] { person.PreviousFamilyName, person.FamilyNameAtAge16 }
            .SelectMany(name => Words(NameWords.Family(name)))
            .Concat(full.Select(NameWords.Family))
            .Where(word => word.Length > 1)
            .Except([.. given, .. families]);
        return string.Join(' ', others.Distinct());
    }

    private static string[] Words(string text) => text.Length == 0 ? [] : !text.Contains(' ', StringComparison.Ordinal) ? [text] : text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static string Letters(string? text) => NameWords.Plain(text) is var words && words.Contains(' ', StringComparison.Ordinal) ? words.Replace(" ", string.Empty, StringComparison.Ordinal) : words;

    private static string Email(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return string.Empty;
        }

        var kept = text.Where(c => !char.IsWhiteSpace(c) && !char.IsControl(c));
        return string.Concat(kept).ToUpperInvariant();
    }

    private static string Pack(string[] slots)
    {
        var text = new StringBuilder(slots.Sum(slot => slot.Length) + slots.Length);
        foreach (var slot in slots)
        {
            text.Append(slot.AsSpan(0, Math.Min(slot.Length, LongestSlot))).Append(PersonView.Separator);
        }

        return text.ToString();
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{BirthDate} {Gender} {Text.Replace(PersonView.Separator, '|')}");
}
