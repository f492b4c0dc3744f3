using System.Text.Json;
using System.Text.Json.Serialization;

namespace Plr.Server.Matching;

/// <summary>
/// Says which column of a file is which field of a person, and how the file tells who is who. A small JSON file (docs/explain/matching.md); some come with the
/// program and are named without their ending.
/// </summary>
internal sealed record PeopleMap
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
    };

    /// <summary>What the file is, for people.</summary>
    public string? About { get; init; }

    /// <summary>By field (<see cref="PeopleFile.Fields"/>): the columns whose values, with a blank between them, are the field.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Fields { get; init; }

    /// <summary>How birth dates are written; a year alone is read too.</summary>
    public IReadOnlyList<string> DateFormats { get; init; } = ["yyyy-MM-dd", "yyyyMMdd", "dd/MM/yyyy", "d/M/yyyy", "yyyy-M-d"];

    /// <summary>Words for the genders 1 and 2, beside the numbers themselves.</summary>
    public IReadOnlyDictionary<string, int> Genders { get; init; } = new Dictionary<string, int> { ["male"] = 1, ["female"] = 2, ["m"] = 1, ["f"] = 2 };

    /// <summary>The column by which a file of pairs names the rows.</summary>
    public string? Id { get; init; }

    /// <summary>The column that is equal in rows of one person.</summary>
    public string? Person { get; init; }

    /// <summary>A regular expression whose first group, in that column, is what is equal.</summary>
    public string? PersonPattern { get; init; }

    /// <summary>The two columns of a file of pairs that name rows.</summary>
    public IReadOnlyList<string> Pair { get; init; } = ["left", "right"];

    /// <summary>A column of the file of pairs that says how sure a pair is, from 0 to 1; a half and less is no pair.</summary>
    public string? PairScore { get; init; }

    /// <summary>The column that names the faults of a row, as plr match synthesise writes it.</summary>
    public string? Faults { get; init; }

    /// <summary>Reads a map.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static PeopleMap Parse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<PeopleMap>(text, Json) ?? throw new FormatException("The map is empty.");
        }
        catch (JsonException fault)
        {
            throw new FormatException($"This is no map: {fault.Message}", fault);
        }
    }

    /// <summary>The text of a map that comes with the program, or null.</summary>
    public static string? Shipped(string name)
    {
        using var stream = typeof(PeopleMap).Assembly.GetManifestResourceStream($"Plr.Server.Matching.Maps.{name}.json");
        if (stream is null)
        {
            return null;
        }

        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
