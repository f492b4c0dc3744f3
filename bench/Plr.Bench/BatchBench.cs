using System.Diagnostics;
using System.Globalization;
using System.Text;
using Plr.Core.Matching;
using Sylvan.Data.Csv;

namespace Plr.Bench;

/// <summary>
/// A file of searches to a file of outcomes and candidates: by the find index on all cores, and by set-based joins of the same searches with the same learners in DuckDB and PostgreSQL, in
/// the same run.
/// </summary>
internal static class BatchBench
{
    private const int Answer = 10;

    public static async Task<int> RunAsync(string[] args)
    {
        var learners = int.Parse(args.ElementAtOrDefault(0) ?? "1000000", CultureInfo.InvariantCulture);
        var count = int.Parse(args.ElementAtOrDefault(1) ?? "1000000", CultureInfo.InvariantCulture);
        var folder = Directory.CreateTempSubdirectory("plr-bench");
        try
        {
            var (people, asked) = (Path.Combine(folder.FullName, "people.csv"), Path.Combine(folder.FullName, "asked.csv"));
            var searches = InventedRegister.Searches(learners, count);
            var right = searches.Select(search => search.Right).ToList();
            Write(people, InventedRegister.Learners(learners).Select(learner => ((long)learner.Number, learner.Text, PreparedPerson.Of(learner.Text))));
            Write(asked, searches.Select((search, row) => ((long)row, search.Text, search.Person)));
            searches.Clear();
            var ours = Ours(learners, asked, Path.Combine(folder.FullName, "ours.csv"), right);
            await BatchSql.DuckAsync(people, asked, Path.Combine(folder.FullName, "duck.csv"), right, ours);
            await BatchSql.PostgresAsync(people, asked, Path.Combine(folder.FullName, "postgres.csv"), right, ours);
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        return 0;
    }

    private static TimeSpan Ours(int learners, string asked, string output, List<uint> right)
    {
        var index = InventedRegister.Index(learners);
        var matcher = new Matcher(FindIndex.WeightsFor(MatchWeights.Shipped, learners));
        var watch = Stopwatch.StartNew();
        using (var file = new StreamWriter(output, append: false, new UTF8Encoding(false), 1 << 20))
        {
            file.Write("id,outcome,candidates\n");
            var rows = Read(asked).Chunk(1024).AsParallel().AsOrdered().WithMergeOptions(ParallelMergeOptions.AutoBuffered).Select(chunk => Found(index, matcher, chunk));
            foreach (var lines in rows)
            {
                file.Write(lines);
            }
        }

        var took = watch.Elapsed;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"index: {right.Count} searches among {learners} learners from file to file in {took.TotalSeconds:F1} s ({right.Count / took.TotalSeconds:F0} a second), {Share(output, right):F2} % with the right learner"));
        return took;
    }

    private static string Found(FindIndex index, Matcher matcher, (string Id, PersonText Text)[] rows)
    {
        Span<Candidate> answer = stackalloc Candidate[Answer];
        var lines = new StringBuilder(rows.Length * 32);
        foreach (var (id, text) in rows)
        {
            var found = index.Search(PreparedPerson.Of(text).View, matcher, FindIndex.Possible, answer);
            lines.Append(id).Append(found switch { 0 => ",none,", <= Answer => ",possible,", _ => ",too many," });
            for (var at = 0; at < Math.Min(found, Answer); at++)
            {
                lines.Append(at == 0 ? "" : " ").Append(answer[at].Number);
            }

            lines.Append('\n');
        }

        return lines.ToString();
    }

    private static IEnumerable<(string Id, PersonText Text)> Read(string path)
    {
        using var csv = CsvDataReader.Create(path, new CsvDataReaderOptions { BufferSize = 1 << 18 });
        while (csv.Read())
        {
            yield return (csv.GetString(0), new PersonText
            {
                GivenName = csv.GetString(1),
                FamilyName = csv.GetString(2),
                PreviousFamilyName = csv.GetString(3),
                BirthDate = csv.GetInt32(4),
                Gender = csv.GetInt32(5),
                Postcode = csv.GetString(6),
            });
        }
    }

    /// <summary>How many in a hundred rows name the right learner.</summary>
    public static double Share(string path, List<uint> right)
    {
        using var csv = CsvDataReader.Create(path);
        var found = 0;
        while (csv.Read())
        {
            var wanted = right[csv.GetInt32(0)].ToString(CultureInfo.InvariantCulture);
            found += csv.GetString(2).Split(' ').Contains(wanted) ? 1 : 0;
        }

        return 100.0 * found / right.Count;
    }

    // Folded names, their sounds and what else the keys of the index are made of stand ready for SQL.
    private static void Write(string path, IEnumerable<(long Id, PersonText Text, PreparedPerson Person)> rows)
    {
        using var file = new StreamWriter(path, append: false, new UTF8Encoding(false), 1 << 20);
        file.Write("id,given,family,previous,born,gender,postcode,sound,previous_sound,given_sound,canon,both,year,day_month,initials\n");
        foreach (var (id, text, person) in rows)
        {
            var view = person.View;
            var other = NameComparison.First(view[Slot.OtherFamily]);
            var previous = other.IsEmpty ? "" : Sounds.Of(other).ToString(CultureInfo.InvariantCulture);
            var (given, family) = (Sounds.Of(NameComparison.First(view[Slot.Given])), Sounds.Of(NameComparison.First(view[Slot.Family])));
            var (year, month, day) = (text.BirthDate / 10000, text.BirthDate / 100 % 100, text.BirthDate % 100);
            var dayMonth = (Math.Min(month, day) * 100) + Math.Max(month, day);
            var (a, b) = (view[Slot.Given].IsEmpty ? 0 : view[Slot.Given][0], view[Slot.Family].IsEmpty ? 0 : view[Slot.Family][0]);
            file.Write($"{id},{view[Slot.Given]},{view[Slot.Family]},{view[Slot.OtherFamily]},{text.BirthDate},{text.Gender},{view[Slot.Postcode]},{family},{previous},");
            file.Write($"{given},{(year * 10000) + dayMonth},{((long)(Math.Min(given, family) >> 1) << 32) | Math.Max(given, family)},{year},{dayMonth},{(Math.Min(a, b) << 16) | Math.Max(a, b)}\n");
        }
    }
}
