using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Plr.Core.Learners;
using Plr.Core.LearningEvents;

namespace Plr.Core.Reports;

/// <summary>What a report is written as.</summary>
public enum ReportFormat
{
    Pdf = 1,
    Csv = 2,
    Json = 3,
}

/// <summary>The languages that a report is written in.</summary>
public enum ReportLanguage
{
    English = 1,
    Welsh = 2,
}

/// <summary>What the register keeps of a report that it made, so that it can confirm it.</summary>
/// <param name="Reference">What stands on its pages.</param>
/// <param name="Uln">Whose record.</param>
/// <param name="MadeAt">When, UTC.</param>
/// <param name="AskedBy">Who asked for it.</param>
/// <param name="Channel">Through what.</param>
/// <param name="Purpose">Why.</param>
/// <param name="Reason">In the officer's words, when it was an officer.</param>
/// <param name="Format">As what.</param>
/// <param name="Language">In which language.</param>
/// <param name="Contents">What it was made of.</param>
public sealed record Report(
    ReportReference Reference,
    Uln Uln,
    DateTimeOffset MadeAt,
    ReportAsker AskedBy,
    Channel Channel,
    Purpose Purpose,
    string? Reason,
    ReportFormat Format,
    ReportLanguage Language,
    ReportContents Contents)
{
    /// <summary>Whether whoever is given it can check it by its reference: what a learner was given they hand on.</summary>
    public bool CanBeChecked => AskedBy.Kind is "learner" or "officer";

    /// <summary>Without whose it is.</summary>
    public override string ToString() => $"{Format} report {Reference}";
}

/// <summary>Who asked for a report.</summary>
/// <param name="Kind">As in the trail: learner, organisation-user, officer or register.</param>
/// <param name="Person">The person's name, when there is an account; of software, what people call it.</param>
/// <param name="Organisation">The organisation's name, when they acted for one.</param>
public sealed record ReportAsker(string Kind, string? Person, string? Organisation)
{
    /// <summary>Whether it was the organisation's software. The JSON report does not say so: its kind is the trail's.</summary>
    [JsonIgnore]
    public bool IsSoftware { get; init; }
}

/// <summary>Of which versions a report was made. Versions are never changed, so that their numbers say everything.</summary>
/// <param name="LearnerVersion">Of the learner's details.</param>
/// <param name="Events">How many learning events it shows.</param>
/// <param name="WithWithdrawn">Whether withdrawn events are among them.</param>
/// <param name="Digest">SHA-256 over every event's number and version, then another over the numbers of those under data challenge.</param>
public sealed record ReportContents(int LearnerVersion, int Events, bool WithWithdrawn, ReadOnlyMemory<byte> Digest)
{
    /// <summary>Of the digest, in bytes.</summary>
    public const int DigestLength = 2 * SHA256.HashSizeInBytes;

    /// <summary>What a report of this record is made of.</summary>
    public static ReportContents Of(PersonalLearningRecord record, bool withWithdrawn)
    {
        var events = record.Events.OrderBy(learned => learned.Id).ToList();
        byte[] digest =
        [
            .. Hash(events.Select(learned => string.Create(CultureInfo.InvariantCulture, $"{learned.Id} {learned.Version}"))),
            .. Hash(events.Where(learned => learned.UnderDataChallenge).Select(learned => learned.Id.ToString(CultureInfo.InvariantCulture))),
        ];
        return new(record.Learner.Version, record.Events.Count, withWithdrawn, digest);
    }

    /// <summary>Whether the learning events are others, or have other versions, than these.</summary>
    public bool HasOtherEvents(ReportContents now) => !Digest.Span[..SHA256.HashSizeInBytes].SequenceEqual(now.Digest.Span[..SHA256.HashSizeInBytes]);

    /// <summary>Whether other learning events are under data challenge.</summary>
    public bool HasOtherChallenges(ReportContents now) => !Digest.Span[SHA256.HashSizeInBytes..].SequenceEqual(now.Digest.Span[SHA256.HashSizeInBytes..]);

    private static byte[] Hash(IEnumerable<string> lines) => SHA256.HashData(Encoding.ASCII.GetBytes(string.Concat(lines.Select(line => line + "\n"))));
}
