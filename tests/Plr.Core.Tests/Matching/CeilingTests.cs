using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Plr.Core.Matching;
using Plr.Core.Matching.Synthesis;

namespace Plr.Core.Tests.Matching;

/// <summary>Whoever a search passes over at a glance would not have been offered: the answer is that of a search in which everybody is weighed.</summary>
public sealed class CeilingTests
{
    private const double Everybody = -1_000;
    private static readonly Matcher Matcher = new(FindIndex.WeightsFor(MatchWeights.Shipped, 1_000_000));

    [Fact]
    public void A_search_with_faults_answers_as_if_everybody_were_weighed()
    {
        var index = Index(new SyntheticPeople(9).Make(4_000).Select(person => person.Text));
        foreach (var row in new SyntheticFile(9, FileShape.Register).Rows(1_500).Where(row => row.Copy > 0))
        {
            AnswersAsIfEverybodyWereWeighed(index, row.Text);
        }
    }

    // Few letters and few digits, so that nearly all names, dates and postcodes are nearly alike.
    [Property(MaxTest = 40)]
    public Property A_search_among_people_of_short_names_of_few_letters_answers_as_if_everybody_were_weighed() =>
        Prop.ForAll(Gen.ArrayOf(Few(), 120).ToArbitrary(), people =>
        {
            var index = Index(people);
            foreach (var asked in people.Take(30))
            {
                AnswersAsIfEverybodyWereWeighed(index, asked);
            }

            return true;
        });

    private static void AnswersAsIfEverybodyWereWeighed(FindIndex index, PersonText asked)
    {
        var person = PreparedPerson.Of(asked);
        var all = Answers(index, person, Everybody);
        foreach (var threshold in all.Select(candidate => candidate.Weight - 0.0001).Append(FindIndex.Possible))
        {
            Assert.Equal(all.Where(candidate => candidate.Weight > threshold), Answers(index, person, threshold));
        }
    }

    private static Gen<PersonText> Few() =>
        from given in Word(1, 7)
        from family in Word(2, 17)
        from second in Gen.Elements("", "", "", " Ann", "-Bo")
        from other in Gen.Elements("", "", "", "Stan")
        from middle in Gen.OneOf(Gen.Constant(""), Word(1, 4))
        from date in Date()
        from gender in Gen.Elements(0, 1, 2, 9)
        from postcode in Postcode()
        select new PersonText
        {
            GivenName = given,
            FamilyName = family + second,
            PreviousFamilyName = other,
            MiddleName = middle,
            BirthDate = date,
            Gender = gender,
            Postcode = postcode,
        };

    private static Gen<int> Date() =>
        from year in Gen.Elements(1998, 1999, 2000, 2001, 2010)
        from month in Gen.Choose(0, 12)
        from day in Gen.Choose(1, 28)
        select BirthDates.Pack(year, month, month == 0 ? 0 : day);

    private static Gen<string> Postcode() =>
        from area in Gen.Elements("B", "BA", "A", "BFPO ")
        from district in Gen.Choose(1, 21)
        from inward in Gen.Elements("1AA", "1AB", "2AB", "1BA", "")
        select inward.Length == 0 ? "" : $"{area}{district} {inward}";

    private static Gen<string> Word(int least, int most) =>
        from length in Gen.Choose(least, most)
        from letters in Gen.ArrayOf(Gen.Elements('A', 'E', 'B', 'N', 'S', 'T', 'H'), length)
        select new string(letters);

    private static FindIndex Index(IEnumerable<PersonText> people)
    {
        var index = new FindIndex();
        foreach (var (number, person) in people.Index())
        {
            index.Add((uint)number, PreparedPerson.Of(person));
        }

        index.Seal();
        return index;
    }

    private static List<Candidate> Answers(FindIndex index, PreparedPerson asked, double threshold)
    {
        var answer = new Candidate[FindIndex.MostWeighed];
        var found = index.Search(asked.View, Matcher, threshold, answer);
        return [.. answer[..found]];
    }
}
