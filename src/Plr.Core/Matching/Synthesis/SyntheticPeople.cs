using Plr.Core.Demo;

namespace Plr.Core.Matching.Synthesis;

/// <summary>An invented person.</summary>
/// <param name="Number">Counts from 1.</param>
/// <param name="Text">What is known of them.</param>
/// <param name="TwinOf">The number of a twin who was made before.</param>
public sealed record SyntheticPerson(long Number, PersonText Text, long? TwinOf = null);

/// <summary>
/// Invented people without end, the same for the same seed: households with brothers and sisters, twins, fathers with sons of one name, and now and then somebody else of one's very
/// name and birthday. One after another, so that millions need no memory.
/// </summary>
public sealed class SyntheticPeople(ulong seed)
{
    private const int FirstYear = 1996;
    private const int Years = 17;

    private static readonly string[] Schools = "Academy|High School|Community College|Grammar School|Catholic School|C of E School|Sixth Form College".Split('|');

    private static readonly string[] MailHosts = ["gmail.com", "outlook.com", "hotmail.co.uk", "icloud.com", "yahoo.co.uk", "btinternet.com"];

    private readonly DemoRandom _random = new(seed);
    private long _number;

    /// <summary>As many as are asked for.</summary>
    public IEnumerable<SyntheticPerson> Make(long count)
    {
        while (_number < count)
        {
            foreach (var person in Household())
            {
                if (person.Number <= count)
                {
                    yield return person;
                }
            }
        }
    }

    private List<SyntheticPerson> Household()
    {
        var names = SyntheticNames.Any(_random);
        var family = names.Family(_random);
        var place = SyntheticPlace.Any(_random);
        var town = _random.Percent(70) ? place.Town : SyntheticPlace.AnyTown(_random);
        var people = new List<SyntheticPerson>();
        var children = 1 + (_random.Percent(40) ? 1 : 0) + (_random.Percent(12) ? 1 : 0);
        for (var child = 0; child < children; child++)
        {
            var person = Person(names, family, place, town, FirstYear, Years);
            people.Add(person);
            if (_random.Below(1000) < 15)
            {
                people.Add(Twin(names, person));
            }

            if (_random.Below(2000) < 1)
            {
                people.Add(Namesake(person));
            }
        }

        if (_random.Percent(12))
        {
            people.Add(Parent(names, family, place, people[0]));
        }

        return people;
    }

    // A parent who learns too; one in four has the name of the first child.
    private SyntheticPerson Parent(SyntheticNames names, string family, SyntheticPlace place, SyntheticPerson child)
    {
        var parent = Person(names, family, place, SyntheticPlace.AnyTown(_random), FirstYear - 42, 22);
        return _random.Percent(25)
            ? parent with { Text = parent.Text with { GivenName = child.Text.GivenName, Gender = child.Text.Gender } }
            : parent;
    }

    private SyntheticPerson Twin(SyntheticNames names, SyntheticPerson of)
    {
        var isWoman = _random.Percent(65) == (of.Text.Gender == 2);
        var given = names.Given(_random, isWoman);
        while (given == of.Text.GivenName)
        {
            given = names.Given(_random, isWoman);
        }

        var middle = of.Text.MiddleName is null ? null : names.Given(_random, isWoman);
        return new(++_number, of.Text with { GivenName = given, MiddleName = middle, Gender = isWoman ? 2 : 1, Email = Email(given, of.Text.FamilyName!), Identifier = Identifier() }, of.Number);
    }

    private SyntheticPerson Namesake(SyntheticPerson of)
    {
        var place = SyntheticPlace.Any(_random);
        return new(++_number, of.Text with
        {
            MiddleName = null,
            Postcode = place.Postcode,
            Town = place.Town,
            Address = place.Address,
            PlaceOfBirth = SyntheticPlace.AnyTown(_random),
            School = School(place.Town),
            Email = Email(of.Text.GivenName!, of.Text.FamilyName!),
            Identifier = Identifier(),
        });
    }

    private SyntheticPerson Person(SyntheticNames names, string family, SyntheticPlace place, string town, int fromYear, int years)
    {
        var isWoman = _random.Percent(50);
        var given = names.Given(_random, isWoman);
        return new(++_number, new PersonText
        {
            GivenName = given,
            MiddleName = _random.Percent(60) ? names.Given(_random, isWoman) : null,
            FamilyName = _random.Percent(3) ? $"{family}-{names.Family(_random)}" : family,
            BirthDate = BirthDate(fromYear, years),
            Gender = isWoman ? 2 : 1,
            Postcode = place.Postcode,
            Town = place.Town,
            Address = place.Address,
            PlaceOfBirth = _random.Percent(50) ? town : null,
            School = _random.Percent(60) ? School(place.Town) : null,
            Email = Email(given, family),
            Identifier = Identifier(),
        });
    }

    private int BirthDate(int fromYear, int years)
    {
        var year = fromYear + _random.Below(years);
        var month = 1 + _random.Below(12);
        return BirthDates.Pack(year, month, 1 + _random.Below(DateTime.DaysInMonth(year, month)));
    }

    private string School(string town) => $"{town} {Schools[_random.Below(Schools.Length)]}";

    private string? Email(string given, string family) => _random.Percent(50)
        ? $"{Names.Fold(given)}.{Names.Fold(family)}{_random.Below(100)}@{_random.Of(MailHosts)}".ToLowerInvariant()
        : null;

    private string? Identifier() => _random.Percent(30) ? $"{(char)('A' + _random.Below(26))}{_random.Below(1_000_000_000):D9}{_random.Below(1000):D3}" : null;
}
