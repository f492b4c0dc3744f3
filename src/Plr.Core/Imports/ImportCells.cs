using System.Globalization;
using Plr.Core.Responses;
using Plr.Core.Text;

namespace Plr.Core.Imports;

/// <summary>Reads the cells of one row and collects what is wrong with them. Outer blanks are cut off; what is blank is nothing.</summary>
internal sealed class ImportCells(ImportRow row)
{
    // The Ofqual register writes dates with a time that is always midnight; people who edit an extract leave it out.
    private static readonly string[] DateForms = ["yyyy-MM-dd", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss.FFFFFFF"];

    public List<Finding> Findings { get; } = [];

    public string? Text(string heading)
    {
        var text = row.Cell(heading)?.Trim();
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (WireText.FirstFlaw(text, linesAllowed: true) is { } flaw)
        {
            Refuse(heading, FindingRules.BadCharacters, (flaw.Position + 1).ToString(CultureInfo.InvariantCulture));
            return null;
        }

        return text;
    }

    /// <summary>The text, which must be there; a finding and an empty text when it is not.</summary>
    public string Needed(string heading)
    {
        var (before, text) = (Findings.Count, Text(heading));
        if (text is null && Findings.Count == before)
        {
            Refuse(heading, FindingRules.Missing);
        }

        return text ?? "";
    }

    public DateOnly? Date(string heading)
    {
        if (Text(heading) is not { } text)
        {
            return null;
        }

        if (DateTime.TryParseExact(text, DateForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return DateOnly.FromDateTime(date);
        }

        Refuse(heading, FindingRules.NotARegisterDate);
        return null;
    }

    public int? Number(string heading)
    {
        if (Text(heading) is not { } text)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        Refuse(heading, FindingRules.NotANumber);
        return null;
    }

    public void Refuse(string heading, FindingRule rule, params string[] values) => Findings.Add(new(ResponseCodes.DetailsIncorrect, heading, rule, values));
}

/// <summary>The rows of one file on their way in: what was taken, what was refused, and which number stood in which line.</summary>
internal sealed class ImportIntake<T>(string numberHeading)
{
    private readonly Dictionary<string, long> _lines = [];

    public List<T> Taken { get; } = [];

    public List<RefusedRow> Refused { get; } = [];

    /// <summary>Takes a row unless something is wrong with it, or its number was taken in an earlier line.</summary>
    public void Take(long line, string number, T row, ImportCells cells)
    {
        if (cells.Findings.Count == 0 && !_lines.TryAdd(number, line))
        {
            cells.Refuse(numberHeading, FindingRules.NumberIsRepeated, _lines[number].ToString(CultureInfo.InvariantCulture));
        }

        if (cells.Findings.Count == 0)
        {
            Taken.Add(row);
        }
        else
        {
            Refused.Add(new(line, cells.Findings));
        }
    }
}
