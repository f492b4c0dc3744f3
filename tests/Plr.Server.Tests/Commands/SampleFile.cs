using System.Globalization;
using System.Text.RegularExpressions;
using Plr.Testing;

namespace Plr.Server.Tests.Commands;

/// <summary>
/// The outside sample files and what must be said of each of their rows, worked out here from the rows by themselves. It uses nothing of the
/// program: an own reader, own rules as short as the sample allows.
/// </summary>
internal sealed class SampleFile
{
    private static readonly string[] Headings = ["ULN", "MISIdentifier"];

    private SampleFile(string text)
    {
        Text = text;
        var lines = text.TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var columns = Cells(lines[0]);
        Assert.All(Headings, heading => Assert.Contains(heading, columns));
        Rows = [.. lines[1..].Select(line => columns.Zip(Cells(line)).ToDictionary(pair => pair.First, pair => pair.Second))];
    }

    public string Text { get; }

    public IReadOnlyList<Dictionary<string, string>> Rows { get; }

    public static SampleFile Registrations => Read("samples", "LRB_10000001_231120261200.CSV");

    public static SampleFile Achievements => Read("samples", "AO_RN5196_231120261200.CSV");

    /// <summary>The file with the ULNs put in.</summary>
    public string With(IReadOnlyDictionary<string, string> ulns) =>
        Regex.Replace(Text, @"\{ULN:(?<mis>[^}]+)\}", match => ulns[match.Groups["mis"].Value], RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(10));

    public static SampleFile Read(params string[] parts) => new(File.ReadAllText(SharedFiles.Path(parts)));

    public static SampleFile Of(string path) => new(File.ReadAllText(path));

    /// <summary>The code of each row of the registration file that is to be refused.</summary>
    public static Dictionary<int, string> RefusedRegistrations()
    {
        var refused = new Dictionary<int, string>();
        var earlier = new HashSet<string>();
        foreach (var (row, number) in Registrations.Rows.Select((row, index) => (row, index + 1)))
        {
            var person = string.Join('|', row["GivenName"], row["FamilyName"], row["DateOfBirth"], row["Gender"], row["LastKnownPostCode"]).ToUpperInvariant();
            var code = CodeOf(row) ?? (earlier.Add(person) ? null : "RC009");
            if (code is not null)
            {
                refused.Add(number, code);
            }
        }

        return refused;
    }

    /// <summary>The code of each row of the achievements file that is to be refused.</summary>
    public static Dictionary<int, string> RefusedAchievements()
    {
        var owners = Read("ofqual", "qualifications.csv", "Qualification Number", "Owner Organisation Recognition Number");
        var learners = Registrations.Rows.GroupBy(row => row["MISIdentifier"]).ToDictionary(rows => rows.Key, rows => rows.First());
        return Achievements.Rows.Select((row, index) => (Number: index + 1, Code: CodeOf(row, owners, learners)))
            .Where(row => row.Code is not null).ToDictionary(row => row.Number, row => row.Code!);
    }

    private static string? CodeOf(Dictionary<string, string> row) => row switch
    {
        _ when string.IsNullOrWhiteSpace(row["GivenName"]) || string.IsNullOrWhiteSpace(row["FamilyName"]) => "RC011",
        _ when !IsDay(row["DateOfBirth"]) => "RC011",
        _ when row["Gender"] is not ("0" or "1" or "2" or "9") => "RC011",
        _ when !Regex.IsMatch(row["LastKnownPostCode"], "^[A-Z]{1,2}[0-9][0-9A-Z]? [0-9][A-Z]{2}$", RegexOptions.None, TimeSpan.FromSeconds(1)) => "RC011",
        _ when row["ULN"].Length > 0 => "RC012",
        _ when string.CompareOrdinal(row["DateOfBirth"], "2013-11-23") > 0 => "RC013",
        _ => null,
    };

    private static string? CodeOf(Dictionary<string, string> row, Dictionary<string, string> owners, Dictionary<string, Dictionary<string, string>> learners) => row switch
    {
        _ when !IsDay(row["AchievementAwardDate"]) => "AC002",
        _ when row["Grade"].StartsWith('=') => "AC003",
        _ when row["Action"] is not ("1" or "2" or "3" or "4" or "5") => "AC004",
        _ when !row["ULN"].StartsWith('{') => "AC101",
        _ when learners[row["MISIdentifier"]] is var learner && (learner["FamilyName"] != row["FamilyName"] || learner["DateOfBirth"] != row["DateOfBirth"]) => "AC103",
        _ when !owners.TryGetValue(row["UnitOrQualificationReferenceNumber"], out var owner) => "AC201",
        _ when owners[row["UnitOrQualificationReferenceNumber"]] != "RN5196" => "AC202",
        _ when string.CompareOrdinal(row["AchievementAwardDate"], "2026-11-23") > 0 => "AC204",
        _ => null,
    };

    private static bool IsDay(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static Dictionary<string, string> Read(string folder, string file, string key, string value)
    {
        var lines = File.ReadAllText(SharedFiles.Path(folder, file)).TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var columns = Cells(lines[0]);
        var (from, to) = (columns.IndexOf(key), columns.IndexOf(value));
        return lines[1..].Select(Cells).ToDictionary(cells => cells[from], cells => cells[to]);
    }

    private static List<string> Cells(string line)
    {
        var cells = new List<string>();
        var (cell, isQuoted) = (new System.Text.StringBuilder(), false);
        foreach (var c in line + ",")
        {
            if (c == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (c == ',' && !isQuoted)
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else
            {
                cell.Append(c);
            }
        }

        return cells;
    }
}
