using Plr.Core.Learners;
using Plr.Core.Moves;

namespace Plr.Core.Reports;

/// <summary>The columns of a file of reports that a register made: what it needs to confirm them.</summary>
public static class ReportColumns
{
    public static IReadOnlyList<MoveColumn<MovedReport>> All { get; } =
    [
        Of("Reference", "What stands on the report's pages, with hyphens or without.", row => row.Reference.ToString()),
        Of("ULN", "Whose record; the learner must be on the register.", row => row.Uln.ToString()),
        Of("MadeAt", "When it was made.", row => MoveText.Write(row.MadeAt)),
        Of("AskedBy", "Who asked for it: learner, organisation-user, officer, register, or another word of the trail. Their name does not move.", row => MoveText.Write(row.AskedBy)),
        new("Organisation", "The organisation that they acted for, by its UKPRN, organisation reference or recognition number.", (row, codes) => codes.Of(row.OrganisationId)),
        Of("Via", "Through what: learner-site, portal, office, rest, soap, batch or command-line.", row => row.Channel.Word()),
        Of("Purpose", "Why: enrolment, advice-and-guidance, award, own-record, share-check, register-upkeep or audit.", row => row.Purpose.Word()),
        Of("Reason", "In the officer's words, when it was one.", row => MoveText.Write(row.Reason)),
        Of("Format", "Pdf, Csv or Json.", row => $"{row.Format}"),
        Of("Language", "English or Welsh.", row => $"{row.Language}"),
        Of("LearnerVersion", "The version of the learner that it shows.", row => MoveText.Write(row.LearnerVersion)),
        Of("Events", "How many learning events it shows.", row => MoveText.Write(row.Events)),
        Of("WithWithdrawn", "Yes when withdrawn events are among them, else No.", row => row.WithWithdrawn ? MovedReport.Yes : MovedReport.No),
        Of("Digest", "SHA-256 over every event's number and version, then another over the numbers of those under data challenge, in 128 hexadecimal digits.", row => row.Digest),
    ];

    private static MoveColumn<MovedReport> Of(string heading, string meaning, Func<MovedReport, string?> write) => new(heading, meaning, (row, _) => write(row));
}

/// <summary>A report as it is moved: what a register keeps of it, but for the account that asked, since accounts stay.</summary>
/// <param name="Reference">What stands on its pages.</param>
/// <param name="Uln">Whose record.</param>
/// <param name="MadeAt">When, UTC.</param>
/// <param name="AskedBy">The kind of who asked, as in the trail.</param>
/// <param name="OrganisationId">The organisation that they acted for.</param>
/// <param name="Channel">Through what.</param>
/// <param name="Purpose">Why.</param>
/// <param name="Reason">In the officer's words.</param>
/// <param name="Format">As what.</param>
/// <param name="Language">In which language.</param>
/// <param name="LearnerVersion">Of the learner's details.</param>
/// <param name="Events">How many learning events it shows.</param>
/// <param name="WithWithdrawn">Whether withdrawn events are among them.</param>
/// <param name="Digest">Of <see cref="ReportContents"/>, in hexadecimal digits: two of the same are equal.</param>
public sealed record MovedReport(
    ReportReference Reference,
    Uln Uln,
    DateTimeOffset MadeAt,
    string AskedBy,
    Guid? OrganisationId,
    Channel Channel,
    Purpose Purpose,
    string? Reason,
    ReportFormat Format,
    ReportLanguage Language,
    int LearnerVersion,
    int Events,
    bool WithWithdrawn,
    string Digest)
{
    internal const string Yes = "Yes";
    internal const string No = "No";

    /// <summary>Without whose it is.</summary>
    public override string ToString() => $"{Format} report {Reference}";
}
