using System.Globalization;
using Plr.Core.Imports;
using Plr.Core.Learners;
using Plr.Core.Responses;
using Plr.Core.Text;

namespace Plr.Core.Moves;

/// <summary>Reads the cells of a row of a moved register and collects what is wrong with them. Nothing is trimmed: what was stored comes back as it was.</summary>
internal sealed class MoveCells(ImportRow row, IReadOnlyDictionary<string, Guid> organisations)
{
    private const int LongestText = 4_000;

    public List<Finding> Findings { get; } = [];

    public string? Text(string heading)
    {
        var text = MoveText.Read(row.Cell(heading));
        if (text?.Length > LongestText)
        {
            Refuse(heading, FindingRules.TooLong, LongestText.ToString(CultureInfo.InvariantCulture));
        }
        else if (WireText.FirstUnsendable(text) is { } position)
        {
            Refuse(heading, FindingRules.BadCharacters, (position + 1).ToString(CultureInfo.InvariantCulture));
        }

        return text;
    }

    /// <summary>A text that must be there, if only as an empty one.</summary>
    public string Needed(string heading) => Text(heading) ?? Refuse(heading, FindingRules.Missing) ?? "";

    public DateOnly? Date(string heading)
    {
        if (Cell(heading) is not { } cell)
        {
            return null;
        }

        if (DateOnly.TryParseExact(cell, MoveText.DateForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return date;
        }

        Refuse(heading, FindingRules.NotADate);
        return null;
    }

    /// <summary>A date that must be there.</summary>
    public DateOnly NeededDate(string heading)
    {
        if (Cell(heading) is null)
        {
            Refuse(heading, FindingRules.Missing);
        }

        return Date(heading) ?? default;
    }

    /// <summary>The number of a code, which must be there; whether anybody knows what it stands for is not asked.</summary>
    public int NeededCode(string heading)
    {
        var before = Findings.Count;
        if (Number(heading, least: 0) is { } number and <= short.MaxValue)
        {
            return number;
        }

        if (Findings.Count == before)
        {
            Refuse(heading, Cell(heading) is null ? FindingRules.Missing : FindingRules.NotACode);
        }

        return 0;
    }

    /// <summary>A moment that must be there.</summary>
    public DateTimeOffset Instant(string heading)
    {
        if (!DateTimeOffset.TryParseExact(Cell(heading), MoveText.InstantForm, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant))
        {
            Refuse(heading, FindingRules.NotAnInstant);
        }

        return instant;
    }

    /// <summary>A whole number from the least on.</summary>
    public int? Number(string heading, int least = 1)
    {
        if (Cell(heading) is not { } cell)
        {
            return null;
        }

        if (int.TryParse(cell, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least)
        {
            return number;
        }

        Refuse(heading, FindingRules.NotANumber);
        return null;
    }

    /// <summary>A whole number from 1 that must be there.</summary>
    public int NeededNumber(string heading)
    {
        var before = Findings.Count;
        if (Number(heading) is { } number)
        {
            return number;
        }

        if (Findings.Count == before)
        {
            Refuse(heading, FindingRules.Missing);
        }

        return 0;
    }

    /// <summary>A number that may be less than nothing.</summary>
    public long NeededLong(string heading)
    {
        if (!long.TryParse(Cell(heading), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            Refuse(heading, FindingRules.NotANumber);
        }

        return number;
    }

    /// <summary>One of the words of a code, which must be there.</summary>
    public T Word<T>(string heading, IReadOnlyDictionary<string, T> words)
    {
        if (Cell(heading) is { } cell && words.TryGetValue(cell, out var value))
        {
            return value;
        }

        Refuse(heading, FindingRules.NotInCodeSet, string.Join(", ", words.Keys));
        return default!;
    }

    public Uln? Uln(string heading)
    {
        if (Cell(heading) is not { } cell)
        {
            return null;
        }

        if (Learners.Uln.TryParse(cell, out var uln))
        {
            return uln;
        }

        Findings.Add(new(ResponseCodes.NotAUln, heading, FindingRules.BadUln));
        return null;
    }

    public Uln? NeededUln(string heading)
    {
        if (Cell(heading) is null)
        {
            Refuse(heading, FindingRules.Missing);
        }

        return Uln(heading);
    }

    /// <summary>An organisation by any of its numbers.</summary>
    public Guid? Organisation(string heading)
    {
        if (Cell(heading) is not { } cell)
        {
            return null;
        }

        if (organisations.TryGetValue(cell.ToUpperInvariant(), out var id))
        {
            return id;
        }

        Findings.Add(new(ResponseCodes.UnknownOrganisation, heading, FindingRules.NotOnRegister));
        return null;
    }

    public string? Refuse(string heading, FindingRule rule, params string[] values)
    {
        Findings.Add(new(ResponseCodes.DetailsIncorrect, heading, rule, values));
        return null;
    }

    private string? Cell(string heading) => row.Cell(heading) is { Length: > 0 } cell ? cell : null;
}
