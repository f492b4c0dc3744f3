using Plr.Core.Matching;
using Plr.Core.Matching.Synthesis;

namespace Plr.Core.Tests.Matching;

public sealed class DuplicateScanTests
{
    private const int Neighbours = 6;

    private static readonly PreparedPerson[] People = [.. new SyntheticFile(5, FileShape.Register).Rows(900).Select(row => PreparedPerson.Of(Kept(row.Text)))];

    [Theory]
    [InlineData(0)]
    [InlineData(-200)]
    public void Every_pair_that_shares_a_key_is_weighed_as_one_by_one_and_given_once(double threshold)
    {
        var index = Index(People);
        var given = Scan(index, 1, threshold, out var report);
        Assert.Equal(given.Count, given.Select(pair => (pair.One, pair.Other)).Distinct().Count());
        Assert.Equal(Expected(threshold), given.Order(ByNumber));
        Assert.Equal(given.Count, report.Found);
        Assert.Equal(People.Length, report.People);
        Assert.True(report.Weighed >= report.Found && report.Looked >= report.Weighed);
    }

    [Fact]
    public void One_worker_and_four_give_the_same_pairs()
    {
        var index = Index(People.Concat(Enumerable.Repeat(Namesake(0), 1_000)));
        Assert.Equal(Scan(index, 1, 0, out var alone).Order(ByNumber), Scan(index, 4, 0, out var together).Order(ByNumber));
        Assert.Equal(alone, together);
    }

    [Fact]
    public void Twenty_thousand_people_of_one_name_and_birthday_are_compared_with_their_neighbours_only()
    {
        const int many = 20_000;
        var index = Index(Enumerable.Range(0, many).Select(Namesake));
        var scan = new DuplicateScan(index, MatchWeights.Shipped) { Threshold = 30 };
        var report = scan.Run(_ => Assert.Fail("Namesakes are no duplicates."));
        Assert.InRange(report.LargeBlocks, 1, 20);
        Assert.InRange(report.InLargeBlocks, many, 20L * many);
        Assert.InRange(report.Looked, many, (report.InLargeBlocks * Neighbours) + (200L * many));
    }

    [Fact]
    public void In_a_large_block_those_whose_texts_are_equal_are_found_once_though_they_share_no_other()
    {
        var people = Enumerable.Range(0, 2_000).Select(number => PreparedPerson.Of(new PersonText
        {
            GivenName = "Amelia",
            MiddleName = Word(number),
            FamilyName = "Shakespeare",
            BirthDate = 20000101,
            Gender = 2,
        })).ToList();
        people[1_999] = people[0];
        var given = Scan(Index(people), 2, 10, out var report);
        Assert.Single(given, pair => (pair.One, pair.Other) == (0, 1_999));
        Assert.Equal(given.Count, given.Select(pair => (pair.One, pair.Other)).Distinct().Count());
        Assert.True(report.LargeBlocks > 1);
    }

    [Fact]
    public void An_index_of_nobody_or_of_one_has_no_duplicates()
    {
        Assert.Empty(Scan(Index([]), 1, -1000, out _));
        Assert.Empty(Scan(Index([People[0]]), 1, -1000, out _));
    }

    [Fact]
    public void A_scan_stops_when_told_to()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => new DuplicateScan(Index(People), MatchWeights.Shipped).Run(_ => { }, stop.Token));
    }

    private static readonly Comparer<DuplicatePair> ByNumber = Comparer<DuplicatePair>.Create((a, b) => (a.One, a.Other).CompareTo((b.One, b.Other)));

    // All pairs, the slow way.
    private static List<DuplicatePair> Expected(double threshold)
    {
        var matcher = new Matcher(FindIndex.WeightsFor(MatchWeights.Shipped, People.Length));
        var keys = People.Select(Keys).ToArray();
        var expected = new List<DuplicatePair>();
        for (var i = 0; i < People.Length; i++)
        {
            for (var j = i + 1; j < People.Length; j++)
            {
                if (keys[i].Overlaps(keys[j]) && matcher.Weigh(People[i].View, People[j].View) is var weight && weight > threshold)
                {
                    expected.Add(new((uint)i, (uint)j, weight));
                }
            }
        }

        return expected;
    }

    private static HashSet<ulong> Keys(PreparedPerson person)
    {
        var keys = new ulong[BlockingKeys.MostIndexed];
        return [.. keys[..BlockingKeys.Indexed(person.View, keys)]];
    }

    private static List<DuplicatePair> Scan(FindIndex index, int workers, double threshold, out ScanReport report)
    {
        var given = new List<DuplicatePair>();
        report = new DuplicateScan(index, MatchWeights.Shipped) { Threshold = threshold, Workers = workers }.Run(given.Add);
        return given;
    }

    private static FindIndex Index(IEnumerable<PreparedPerson> people)
    {
        var index = new FindIndex();
        var number = 0u;
        foreach (var person in people)
        {
            index.Add(number++, person);
        }

        index.Seal();
        return index;
    }

    // What an index keeps of a person.
    private static PersonText Kept(PersonText text) => new()
    {
        GivenName = text.GivenName,
        MiddleName = text.MiddleName,
        FamilyName = text.FamilyName,
        PreviousFamilyName = text.PreviousFamilyName,
        BirthDate = text.BirthDate,
        Gender = text.Gender,
        Postcode = text.Postcode,
    };

    private static PreparedPerson Namesake(int number) => PreparedPerson.Of(new PersonText
    {
        GivenName = "Mohammed",
        FamilyName = "Khan",
        BirthDate = 20000101,
        Gender = 1,
        Postcode = $"B{(number / 1000) + 1} {number % 10}{(char)('A' + (number / 10 % 10))}{(char)('A' + (number / 100 % 10))}",
    });

    private static string Word(int number) => $"{(char)('A' + (number % 20))}{(char)('A' + (number / 20 % 20))}{(char)('A' + (number / 400))}";
}
