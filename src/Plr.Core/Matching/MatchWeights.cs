using System.Text.Json;
using System.Text.Json.Serialization;

namespace Plr.Core.Matching;

/// <summary>How often each level of one field is seen: m in pairs that are one person, u in pairs that are two. Index 0, missing, is not used.</summary>
/// <param name="Match">m by level; with index 0 the list is as long as the field has levels.</param>
/// <param name="Chance">u by level.</param>
/// <param name="Rest">The share of people who have one of the values that the frequency table does not name; 0 when the field has no table.</param>
public sealed record FieldWeights(IReadOnlyList<double> Match, IReadOnlyList<double> Chance, double Rest = 0);

/// <summary>
/// What the matcher knows of a register, as data that a person can read, compare with the last version and correct: Fellegi and Sunter's m and u
/// probabilities, and how common values are. Shipped for the United Kingdom; trained from a register without labels by <see cref="WeightTraining"/>.
/// </summary>
public sealed record MatchWeights
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    private static readonly Lazy<MatchWeights> ShippedOnce = new(ReadShipped);

    /// <summary>The only version of this form.</summary>
    public const int CurrentVersion = 1;

    public required int Version { get; init; }

    /// <summary>Where they come from, in words.</summary>
    public required string Origin { get; init; }

    /// <summary>How likely two records taken at random are one person.</summary>
    public required double MatchShare { get; init; }

    /// <summary>How likely two records taken at random are two relatives of one household, who share family name and address.</summary>
    public required double RelativeShare { get; init; }

    /// <summary>How likely they are twins, who share the birth date too.</summary>
    public required double TwinShare { get; init; }

    /// <summary>By field.</summary>
    public required IReadOnlyDictionary<MatchField, FieldWeights> Fields { get; init; }

    /// <summary>The share of people who have a value, by field and folded value.</summary>
    public required IReadOnlyDictionary<MatchField, IReadOnlyDictionary<string, double>> Frequencies { get; init; }

    /// <summary>Those shipped, made for learners of the United Kingdom.</summary>
    public static MatchWeights Shipped => ShippedOnce.Value;

    /// <summary>Reads weights.</summary>
    /// <exception cref="FormatException">The text is no weights, or a probability in it is none.</exception>
    public static MatchWeights Parse(string text)
    {
        MatchWeights? weights;
        try
        {
            weights = JsonSerializer.Deserialize<MatchWeights>(text, Json);
        }
        catch (JsonException fault)
        {
            throw new FormatException($"These are no match weights: {fault.Message}", fault);
        }

        return weights is { Version: CurrentVersion } && weights.IsWhole()
            ? weights
            : throw new FormatException($"These are no match weights of version {CurrentVersion}: each field needs m and u for each of its levels, all from 0 to 1.");
    }

    /// <summary>Writes them as <see cref="Parse"/> reads them, values in order.</summary>
    public string Print() => JsonSerializer.Serialize(this with { Frequencies = Frequencies.ToDictionary(table => table.Key, table => (IReadOnlyDictionary<string, double>)Sorted(table.Value)) }, Json).ReplaceLineEndings("\n") + "\n";

    private static SortedDictionary<string, double> Sorted(IReadOnlyDictionary<string, double> table) =>
        new(table.ToDictionary(), StringComparer.Ordinal);

    private bool IsWhole() =>
        MatchShare is > 0 and < 1 && RelativeShare is > 0 and < 1 && TwinShare is > 0 and < 1
        && Enum.GetValues<MatchField>().All(field => Fields.TryGetValue(field, out var weights)
            && IsWhole(weights.Match, MatchFields.Levels(field)) && IsWhole(weights.Chance, MatchFields.Levels(field)) && weights.Rest is >= 0 and <= 1)
        && Frequencies.Values.All(table => table.Values.All(share => share is > 0 and <= 1));

    private static bool IsWhole(IReadOnlyList<double> shares, int levels) => shares.Count == levels && shares.Skip(1).All(share => share is > 0 and <= 1);

    private static MatchWeights ReadShipped()
    {
        using var stream = typeof(MatchWeights).Assembly.GetManifestResourceStream("Plr.Core.Matching.Weights.json")
            ?? throw new InvalidOperationException("The shipped match weights are not in the assembly.");
        using var reader = new StreamReader(stream);
        return Parse(reader.ReadToEnd());
    }
}
