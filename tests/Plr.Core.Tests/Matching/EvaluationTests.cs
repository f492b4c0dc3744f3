using Plr.Core.Matching;
using Plr.Core.Matching.Synthesis;
using Plr.Testing;

namespace Plr.Core.Tests.Matching;

public sealed class EvaluationTests
{
    [Fact]
    public void Pairs_that_no_block_brought_together_count_as_missed()
    {
        var truth = Truth.OfGroups(["a", "a", "a", "b", "", ""]);
        Assert.Equal(3, truth.Total);
        var (best, area, precision) = Evaluation.Of([(0, 1, 5), (0, 3, 1)], truth, 6);
        Assert.Equal(1, best.Precision);
        Assert.Equal(1.0 / 3, best.Recall, 9);
        Assert.Equal(0.5, best.F1, 9);
        Assert.InRange(area, 0.5, 0.8);
        Assert.Equal(1.0 / 3, precision, 9);
    }

    [Fact]
    public void Pairs_that_weigh_the_same_are_all_said_or_none()
    {
        var (best, area, _) = Evaluation.Of([(0, 1, 1), (0, 2, 1)], Truth.OfPairs([(1, 0)]), 3);
        Assert.Equal(2, best.Said);
        Assert.Equal(0.75, area, 9);
    }

    [Fact]
    public void Groups_count_as_all_pairs_inside_them()
    {
        var score = Evaluation.OfGroups(0, [1, 1, 1, 4], Truth.OfGroups(["a", "a", "b", "b"]));
        Assert.Equal((1, 3, 2), (score.Right, score.Said, score.Total));
    }

    [Fact]
    public void A_block_of_many_is_compared_with_neighbours_only()
    {
        var same = PreparedPerson.Of(new PersonText { GivenName = "Ali", FamilyName = "Khan", BirthDate = 20000101 });
        var pairs = PairFinder.Find(Enumerable.Repeat(same, 3_000).ToList());
        Assert.InRange(pairs.Count, 3_000, 30_000);
    }

    [Theory]
    [InlineData(FileShape.NamesOnly, 0.9)]
    [InlineData(FileShape.Register, 0.93)]
    public void An_invented_file_is_told_apart_at_the_shipped_threshold(FileShape shape, double least)
    {
        var rows = new SyntheticFile(5, shape).Rows(150).ToList();
        var run = MatchRun.Of([.. rows.Select(row => PreparedPerson.Of(row.Text))]);
        var score = Evaluation.At(MatchRun.Threshold, run.Pairs, Truth.OfGroups([.. rows.Select(row => $"{row.Person}")]));
        Assert.True(score.F1 >= least, $"{shape} {score}");
    }

    [Theory]
    [InlineData("febrl_dataset1.csv", 1.0, 0.997)]
    [InlineData("febrl_dataset2.csv", 0.998, 0.995)]
    [InlineData("febrl_dataset3.csv", 0.997, 0.995)]
    public void Febrl_is_told_apart_as_well_as_asked(string file, double atBest, double asShipped) => Check(
        file, atBest, asShipped, (row, cell) => new PersonText
        {
            GivenName = cell("given_name"),
            FamilyName = cell("surname"),
            BirthDate = Date(cell("date_of_birth")),
            Postcode = cell("postcode"),
            Address = $"{cell("street_number")} {cell("address_1")}",
            Town = cell("suburb"),
            Identifier = cell("soc_sec_id"),
        }, cell => cell("rec_id").Split('-')[1]);

    [Fact]
    public void Fake_1000_is_told_apart_better_than_by_Splink() => Check(
        "splink_fake_1000.csv", 0.95, 0.93, (row, cell) => new PersonText
        {
            GivenName = cell("first_name"),
            FamilyName = cell("surname"),
            BirthDate = Date(cell("dob")),
            Town = cell("city"),
            Email = cell("email"),
        }, cell => cell("cluster"));

    private static void Check(string file, double atBest, double asShipped, Func<string[], Func<string, string>, PersonText> map, Func<Func<string, string>, string> person)
    {
        var lines = File.ReadAllLines(SharedFiles.Path("linkage", file));
        var headings = lines[0].Split(',').Select(heading => heading.Trim()).ToList();
        var rows = lines.Skip(1).Select(line => line.Split(',').Select(cell => cell.Trim()).ToArray()).ToList();
        Func<string, string> Cell(string[] row) => heading => row[headings.IndexOf(heading)];
        var run = MatchRun.Of([.. rows.Select(row => PreparedPerson.Of(map(row, Cell(row))))]);
        var truth = Truth.OfGroups([.. rows.Select(row => person(Cell(row)))]);
        var best = Evaluation.Of(run.Pairs, truth, rows.Count).Best;
        var shipped = Evaluation.At(MatchRun.Threshold, run.Pairs, truth);
        Assert.True(best.F1 >= atBest, $"{file} at its best threshold {best}");
        Assert.True(shipped.F1 >= asShipped, $"{file} as shipped {shipped}");
    }

    private static int Date(string text)
    {
        var digits = string.Concat(text.Where(char.IsAsciiDigit));
        return digits.Length == 8 ? BirthDates.Pack(Number(digits[..4]), Number(digits[4..6]), Number(digits[6..])) : 0;
    }

    private static int Number(string digits) => int.Parse(digits, System.Globalization.CultureInfo.InvariantCulture);
}
