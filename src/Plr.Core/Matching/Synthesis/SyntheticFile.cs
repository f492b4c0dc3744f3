using Plr.Core.Demo;

namespace Plr.Core.Matching.Synthesis;

/// <summary>Which fields a labelled file has, and how bad it is.</summary>
public enum FileShape
{
    /// <summary>All fields of a learner; a copy has one or two faults.</summary>
    Register,

    /// <summary>Names and birth date only; a copy has one fault.</summary>
    NamesOnly,

    /// <summary>Several records a person with many faults and many values missing.</summary>
    Dirty,
}

/// <summary>One row of a labelled file.</summary>
/// <param name="Person">Who it is: rows of one number are one person.</param>
/// <param name="Copy">0 for the person as they are.</param>
/// <param name="Text">What is written.</param>
/// <param name="Faults">What went wrong.</param>
public sealed record SyntheticRow(long Person, int Copy, PersonText Text, IReadOnlyList<Fault> Faults);

/// <summary>Invented people with copies that have faults, and the truth about them: to measure matching with, without end.</summary>
public sealed class SyntheticFile(ulong seed, FileShape shape)
{
    private readonly DemoRandom _random = new(seed + 11);
    private readonly FaultMaker _faults = new(seed + 12);

    /// <summary>The kinds that are made; all without a choice.</summary>
    public IReadOnlyList<Fault> Kinds { get; init; } = Enum.GetValues<Fault>();

    /// <summary>The rows of so many people.</summary>
    public IEnumerable<SyntheticRow> Rows(long people)
    {
        foreach (var person in new SyntheticPeople(seed).Make(people))
        {
            var text = shape == FileShape.Dirty ? Old(person.Text) : person.Text;
            yield return Row(person, 0, text, []);
            var copies = shape switch
            {
                FileShape.Dirty => _random.Below(10),
                FileShape.Register => _random.Percent(35) ? 1 + _random.Below(3) : 0,
                _ => _random.Percent(11) ? 1 : 0,
            };
            for (var copy = 1; copy <= copies; copy++)
            {
                var faults = new List<Fault>();
                var copied = Spoil(text, shape switch { FileShape.Dirty => _random.Below(5), FileShape.Register => 1 + _random.Below(2), _ => 1 }, faults);
                yield return Row(person, copy, copied, faults);
            }
        }
    }

    private PersonText Spoil(PersonText text, int count, List<Fault> faults)
    {
        for (var tries = 0; faults.Count < count && tries < 40; tries++)
        {
            var fault = _random.Of(Kinds);
            var isSeen = shape != FileShape.NamesOnly || fault is not (Fault.Moved or Fault.PostcodeTyped or Fault.GenderOff or Fault.MiddleNameUsed or Fault.Married);
            if (isSeen && !faults.Contains(fault) && _faults.Make(fault, text) is { } spoilt)
            {
                text = spoilt;
                faults.Add(fault);
            }
        }

        return text;
    }

    // People of long ago: the birth date of many is a year, written as its first day.
    private PersonText Old(PersonText text) => text with
    {
        BirthDate = (_random.Percent(25) ? (text.BirthDate / 10000 * 10000) + 101 : text.BirthDate) - (1_000_000 + (_random.Below(25) * 40_000)),
        Occupation = _random.Of(["politician", "writer", "painter", "cricketer", "lawyer", "physician", "soldier", "actor", "composer", "clergyman", "engineer", "botanist"]),
    };

    private SyntheticRow Row(SyntheticPerson person, int copy, PersonText text, IReadOnlyList<Fault> faults) => new(person.Number, copy, shape switch
    {
        FileShape.NamesOnly => new PersonText { GivenName = text.GivenName, FamilyName = text.FamilyName, BirthDate = text.BirthDate },
        FileShape.Dirty when copy > 0 => Lossy(text),
        FileShape.Dirty => text with { School = null, Identifier = null, Email = null, Address = null, Town = null },
        _ => text,
    }, faults);

    private PersonText Lossy(PersonText text) => new()
    {
        GivenName = Kept(text.GivenName, 90),
        FamilyName = Kept(text.FamilyName, 90),
        BirthDate = _random.Percent(75) ? text.BirthDate : 0,
        Gender = _random.Percent(70) ? text.Gender : 0,
        Postcode = Kept(text.Postcode, 60),
        PlaceOfBirth = Kept(text.PlaceOfBirth is { } place && _random.Percent(15) ? _faults.Mistype(place) : text.PlaceOfBirth, 70),
        Occupation = Kept(text.Occupation, 55),
    };

    private string? Kept(string? text, int percent) => _random.Percent(percent) ? text : null;
}
