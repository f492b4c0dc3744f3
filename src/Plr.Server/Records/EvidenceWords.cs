using Plr.Core.Matching;
using Plr.Server.Web;

namespace Plr.Server.Records;

/// <summary>What a judgement says of two persons, in words: field by field how it agrees and what that speaks for. For officers and for whoever chooses among possible matches.</summary>
public sealed class EvidenceWords(Texts texts)
{
    // In bits: from where on a line speaks strongly, and up to where it hardly says anything.
    private const double Strong = 5;
    private const double Slight = 1;

    // Likelier than a thousand to one, than even, and than one to a thousand.
    private const double Sure = 10;

    /// <summary>The lines that say something, what speaks for one person first.</summary>
    public IReadOnlyList<EvidenceLine> Lines(Judgement judgement) =>
        [.. judgement.Lines.OrderByDescending(line => line.Weight).Select(line => new EvidenceLine(Field(line.Field), Level(line.Field, line.Level), Speaks(line.Weight)))];

    /// <summary>All of it in one sentence.</summary>
    public string Sum(double weight) => texts[$"Matching.Sum.{SumOf(weight)}"];

    public string Field(MatchField field) => texts[$"Matching.Field.{field}"];

    /// <summary>How a field agrees.</summary>
    public string Level(MatchField field, int level) => texts[$"Matching.Level.{Kind(field)}.{level}"];

    private string Speaks(double weight) => texts[$"Matching.Speaks.{SpeaksOf(weight)}"];

    private static string SumOf(double weight) => weight switch
    {
        >= Sure => "One",
        >= 0 => "LikelyOne",
        > -Sure => "LikelyTwo",
        _ => "Two",
    };

    private static string SpeaksOf(double weight) => weight switch
    {
        >= Strong => "StronglyOne",
        >= Slight => "One",
        > -Slight => "Little",
        > -Strong => "Two",
        _ => "StronglyTwo",
    };

    /// <summary>Fields with the same levels share their words.</summary>
    private static string Kind(MatchField field) => field switch
    {
        MatchField.GivenName or MatchField.FamilyName => "Name",
        MatchField.PlaceOfBirth or MatchField.School or MatchField.Address or MatchField.Town or MatchField.Occupation => "Text",
        _ => $"{field}",
    };
}

/// <summary>One line of evidence.</summary>
/// <param name="Field">What was compared.</param>
/// <param name="Agreement">How it agrees.</param>
/// <param name="Speaks">For one person or for two, and how strongly.</param>
public sealed record EvidenceLine(string Field, string Agreement, string Speaks);
