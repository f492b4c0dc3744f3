using System.Globalization;
using Plr.Core.Learners;

namespace Plr.Core.Matching;

/// <summary>A person whose texts are folded once, so that they can be compared many times.</summary>
public sealed class PreparedPerson
{
    // On the stack it would be cleared each time.
    [ThreadStatic]
    private static char[]? _room;

    private readonly SlotStarts _starts;

    private PreparedPerson(string text, int birthDate, int gender)
    {
        Text = text;
        BirthDate = birthDate;
        Gender = gender;
        _starts = PersonView.Starts(text);
    }

    /// <summary>Of whom nothing is known: found by nobody.</summary>
    public static PreparedPerson Nobody { get; } = Of(new PersonText());

    /// <summary>The slots, packed (<see cref="PersonView"/>).</summary>
    public string Text { get; }

    /// <summary>As yyyymmdd.</summary>
    public int BirthDate { get; }

    public int Gender { get; }

    public PersonView View => new(Text, _starts, BirthDate, Gender);

    /// <summary>Folds what is known of a person.</summary>
    public static PreparedPerson Of(PersonText person)
    {
        var slots = new SlotWriter(_room ??= new char[PersonView.Slots * (SlotWriter.LongestSlot + 1)]);
        string[] full = string.IsNullOrEmpty(person.FullName) ? [] : NameWords.Given(person.FullName).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var (givenName, familyName) = full.Length > 0 && NameWords.Given(person.GivenName).Length == 0 && NameWords.Family(person.FamilyName).Length == 0
            ? (full[0], full.Length > 1 ? full[^1] : null)
            : (person.GivenName, person.FamilyName);
        var given = slots.Write(givenName, isFamily: false);
        slots.Write(person.MiddleName, isFamily: false);
        slots.Write(person.PreferredGivenName, isFamily: false);
        var family = slots.Write(familyName, isFamily: true);
        slots.WriteOtherNames([person.PreviousFamilyName, person.FamilyNameAtAge16, .. full], given, family);
        slots.WriteLetters(person.Postcode);
        slots.WriteEmail(person.Email);
        slots.WriteWords(person.PlaceOfBirth);
        slots.WriteWords(person.School);
        slots.WriteWords(person.Address);
        slots.WriteWords(person.Town);
        slots.WriteLetters(person.Identifier);
        slots.WriteWords(person.Occupation);
        return new(new string(slots.Text), person.BirthDate, person.Gender);
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

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{BirthDate} {Gender} {Text.Replace(PersonView.Separator, '|')}");
}
