using System.Globalization;
using Plr.Core.Demo;
using Plr.Core.Matching;
using Plr.Core.Matching.Synthesis;

namespace Plr.Bench;

/// <summary>Somebody who is looked for, as they were typed, and the number of the learner they are.</summary>
internal sealed record FaultySearch(PersonText Text, uint Right, PreparedPerson Person);

/// <summary>The invented register of the United Kingdom, made anew each time it is asked for, and searches in it with the faults of <see cref="FindRehearsal"/>.</summary>
internal static class InventedRegister
{
    private const ulong Seed = 1;
    private const int OneCopyIn = 25;

    /// <summary>Learners with their numbers from 0, the five demographics, the middle name and the e-mail address.</summary>
    public static IEnumerable<(uint Number, PersonText Text)> Learners(int count) =>
        new SyntheticPeople(Seed).Make(count).Select(person => ((uint)person.Number - 1, Demographics(person.Text) with { MiddleName = person.Text.MiddleName, Email = person.Text.Email }));

    /// <summary>As many records, of which each twenty-fifth is the one before it once more, with one fault.</summary>
    public static IEnumerable<(uint Number, PersonText Text)> WithDuplicates(int count)
    {
        var random = new DemoRandom(Seed + 2);
        var faults = new FaultMaker(Seed + 1);
        var kinds = Enum.GetValues<Fault>();
        var number = 0u;
        foreach (var person in new SyntheticPeople(Seed).Make(count))
        {
            if (number >= count)
            {
                yield break;
            }

            yield return (number++, Demographics(person.Text) with { MiddleName = person.Text.MiddleName });
            if (number < count && IsCopy(number))
            {
                yield return (number++, Faulty(person.Text, faults, random, kinds, 1));
            }
        }
    }

    /// <summary>Whether a record is a copy of the one before it.</summary>
    public static bool IsCopy(uint number) => number % OneCopyIn == OneCopyIn - 1;

    public static int Copies(int count) => count / OneCopyIn;

    public static FindIndex Index(int count)
    {
        var index = new FindIndex();
        foreach (var (number, text) in Learners(count))
        {
            index.Add(number, PreparedPerson.Of(text));
        }

        index.Seal();
        return index;
    }

    /// <summary>Searches for learners at random: with one fault of the sixteen kinds, each fifth with two.</summary>
    public static List<FaultySearch> Searches(int learners, int count)
    {
        var random = new DemoRandom(Seed + 2);
        var faults = new FaultMaker(Seed + 1);
        var kinds = Enum.GetValues<Fault>();
        var wanted = new HashSet<uint>();
        while (wanted.Count < Math.Min(count, learners / 2))
        {
            wanted.Add((uint)random.Below(learners));
        }

        var searches = new List<FaultySearch>(count);
        foreach (var (number, text) in new SyntheticPeople(Seed).Make(learners).Select(person => ((uint)person.Number - 1, person.Text)).Where(person => wanted.Contains(person.Item1)))
        {
            var faulty = Faulty(text, faults, random, kinds, searches.Count % 5 == 0 ? 2 : 1);
            searches.Add(new(faulty, number, PreparedPerson.Of(faulty)));
        }

        // In no order of the register, as searches come.
        return [.. searches.OrderBy(search => unchecked(search.Right * 2654435761u))];
    }

    /// <summary>A packed date as faces write it.</summary>
    public static string Date(int packed) => string.Create(CultureInfo.InvariantCulture, $"{packed / 10000:D4}-{packed / 100 % 100:D2}-{packed % 100:D2}");

    private static PersonText Faulty(PersonText text, FaultMaker faults, DemoRandom random, Fault[] kinds, int count)
    {
        for (var made = 0; made < count;)
        {
            if (faults.Make(random.Of(kinds), text) is { } faulty)
            {
                text = faulty;
                made++;
            }
        }

        return Demographics(text);
    }

    private static PersonText Demographics(PersonText text) => new()
    {
        GivenName = text.GivenName,
        FamilyName = text.FamilyName,
        PreviousFamilyName = text.PreviousFamilyName,
        BirthDate = text.BirthDate,
        Gender = text.Gender,
        Postcode = text.Postcode,
    };
}
