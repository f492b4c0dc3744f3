using System.Text.Json;
using System.Text.Json.Serialization;

namespace Plr.Core.Matching;

/// <summary>How often each level of one field is seen: m in pairs that are one person, u in pairs that are two. Index 0, missing, is not used.</summary>
/// <param name="Match">m by level; with index 0 the list is as long as the field has levels.</param>
/// <param name="Chance">u by level.</param>
/// <param name="Rest">The share of people who have one of the values that the frequency table does not name; 0 when the field has no table.</param>
public sealed record FieldWeights(IReadOnlyList<double> Match, IReadOnlyList<double> Chance, double Rest = 0);

/// <summary>How weights were learned from a register.</summary>
/// <param name="At">When.</param>
/// <param name="Learners">How many learners the register had.</param>
/// <param name="Pairs">How many pairs were learned from.</param>
/// <param name="PartOfBlocks">Of which part of the blocks these were drawn; 1 when it was all.</param>
/// <param name="Matches">As how many pairs of one person they counted: the sum of their probabilities.</param>
/// <param name="Seed">With which the sample was drawn.</param>
/// <param name="Start">The edition of the shipped weights that it began with and is bounded by.</param>
public sealed record TrainingNote(DateTimeOffset At, long Learners, long Pairs, double PartOfBlocks, double Matches, ulong Seed, string Start);

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
        AllowDuplicateProperties = false,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    private static readonly Lazy<MatchWeights> ShippedOnce = new(ReadShipped);

    // Numbers are rounded, and corrected by hand.
    private const double SumTolerance = 0.15;

    /// <summary>The only version of this form.</summary>
    public const int CurrentVersion = 1;

    public required int Version { get; init; }

    /// <summary>The name of these weights among others: <c>uk-1</c> are the first that were shipped.</summary>
    public string? Edition { get; init; }

    /// <summary>Where they come from, in words.</summary>
    public required string Origin { get; init; }

    /// <summary>How they were learned from a register; null when they were not.</summary>
    public TrainingNote? Training { get; init; }

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

        return Fault(weights) is { } wrong ? throw new FormatException($"These are no match weights that can be used: {wrong}") : weights!;
    }

    /// <summary>Writes them as <see cref="Parse"/> reads them, values in order.</summary>
    public string Print() => JsonSerializer.Serialize(this with { Frequencies = Frequencies.ToDictionary(table => table.Key, table => (IReadOnlyDictionary<string, double>)Sorted(table.Value)) }, Json).ReplaceLineEndings("\n") + "\n";

    private static SortedDictionary<string, double> Sorted(IReadOnlyDictionary<string, double> table) =>
        new(table.ToDictionary(), StringComparer.Ordinal);

    private static string? Fault(MatchWeights? weights) => weights switch
    {
        null => "there is nothing in them.",
        { Version: not CurrentVersion } => $"they are of version {weights.Version}, this program reads version {CurrentVersion}.",
        { MatchShare: not (> 0 and < 1) } or { RelativeShare: not (> 0 and < 1) } or { TwinShare: not (> 0 and < 1) } => "matchShare, relativeShare and twinShare are above 0 and below 1.",
        _ => Enum.GetValues<MatchField>().Select(field => FaultOf(weights, field)).FirstOrDefault(fault => fault is not null),
    };

    private static string? FaultOf(MatchWeights weights, MatchField field)
    {
        var name = JsonNamingPolicy.CamelCase.ConvertName(field.ToString());
        if (!weights.Fields.TryGetValue(field, out var own) || own is null)
        {
            return $"the field {name} is missing.";
        }

        return (FaultOf(own.Match, MatchFields.Levels(field)) is { } match ? $"match of {name} {match}" : null)
            ?? (FaultOf(own.Chance, MatchFields.Levels(field)) is { } chance ? $"chance of {name} {chance}" : null)
            ?? (own.Rest is >= 0 and <= 1 ? null : $"rest of {name} is from 0 to 1.")
            ?? (!weights.Frequencies.TryGetValue(field, out var table) || (table is not null && table.Values.All(share => share is > 0 and <= 1)) ? null : $"the frequencies of {name} are above 0 and at most 1.");
    }

    private static string? FaultOf(IReadOnlyList<double> shares, int levels)
    {
        if (shares.Count != levels)
        {
            return $"has {shares.Count} numbers where {levels} are needed, the first of which is not used.";
        }

        if (!shares.Skip(1).All(share => share is > 0 and <= 1))
        {
            return "has a number that is not above 0 and at most 1.";
        }

        return Math.Abs(shares.Skip(1).Sum() - 1) <= SumTolerance ? null : "does not add up to 1.";
    }

    private static MatchWeights ReadShipped()
    {
        using var stream = typeof(MatchWeights).Assembly.GetManifestResourceStream("Plr.Core.Matching.Weights.json")
            ?? throw new InvalidOperationException("The shipped match weights are not in the assembly.");
        using var reader = new StreamReader(stream);
        return Parse(reader.ReadToEnd());
    }
}
