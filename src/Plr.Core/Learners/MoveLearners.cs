using Plr.Core.Imports;
using Plr.Core.Moves;
using Plr.Core.Responses;

namespace Plr.Core.Learners;

/// <summary>
/// Takes learners in from another register: ULNs, versions, statuses, links, dates and provenance stay as they are given. Each row is taken
/// or refused by itself; what is held already stays. No rule of a registration is asked: what was recorded was judged then.
/// </summary>
public sealed class MoveLearners(IMoveStore store)
{
    private const int RowsInChunk = 2_000;
    private const int MostNamed = 1_000;
    private static readonly IReadOnlyDictionary<string, LearnerStatus> Statuses = MoveWords.Of<LearnerStatus>();
    private static readonly Dictionary<string, int> Tiers = Enumerable.Range(0, 4).ToDictionary(tier => $"{tier}");

    /// <summary>Loads.</summary>
    /// <param name="rows">The rows of the file, those of one ULN together; the headings are those of <see cref="LearnerColumns"/>.</param>
    /// <param name="refused">Told of each row that is refused.</param>
    /// <param name="progress">Told how many rows are done.</param>
    public async Task<MoveReport> RunAsync(
        IEnumerable<ImportRow> rows, Action<ImportRow, IReadOnlyList<Finding>> refused, IProgress<long>? progress, Access access, CancellationToken ct = default)
    {
        if (Policy.Allow(access, PolicyAction.MoveRegister, Subject.None) is { IsAllowed: false } decision)
        {
            return new(decision.Refusal, 0, 0, 0, []);
        }

        var organisations = await store.OrganisationsAsync(ct);
        var intake = new MoveIntake<LearnerVersion>(
            row => Read(new MoveCells(row, organisations)),
            version => (version.Learner.Uln.Value, 0),
            chunk => store.LoadLearnersAsync(chunk, access, ct),
            refused);
        var report = await intake.RunAsync(rows, RowsInChunk, progress);
        return report with { MissingMasters = await store.MissingMastersAsync(MostNamed, access, ct), ChainedMerges = await store.ChainedMergesAsync(MostNamed, access, ct) };
    }

    private static (LearnerVersion? Version, IReadOnlyList<Finding> Findings) Read(MoveCells cells)
    {
        var (uln, version) = (cells.NeededUln("ULN"), cells.NeededNumber("Version"));
        var status = cells.Word("Status", Statuses);
        var master = cells.Uln("MasterULN");
        if (status == LearnerStatus.Merged != master is not null || (master is not null && master == uln))
        {
            cells.Refuse("MasterULN", FindingRules.MasterDoesNotFit);
        }

        var (created, createdVia) = (cells.Instant("CreatedAt"), cells.Word("CreatedVia", MoveWords.Channels));
        var (updated, updatedVia) = (cells.Instant("LastUpdatedAt"), cells.Word("LastUpdatedVia", MoveWords.Channels));
        var (registeredBy, tier) = (cells.Organisation("RegisteredBy"), cells.Word("TierLevel", Tiers));
        var (recordedAt, recordedBy, via) = (cells.Instant("RecordedAt"), cells.Organisation("RecordedBy"), cells.Word("RecordedVia", MoveWords.Channels));
        var (batch, batchRow) = (cells.Number("Batch"), cells.Number("BatchRow"));
        var details = ReadDetails(cells);
        if (cells.Findings.Count > 0)
        {
            return (null, cells.Findings);
        }

        var learner = new Learner
        {
            Uln = uln!.Value,
            Version = version,
            Status = status,
            MasterUln = master,
            TierLevel = tier,
            CreatedAt = created,
            CreatedVia = createdVia,
            LastUpdatedAt = updated,
            LastUpdatedVia = updatedVia,
            RegisteredBy = registeredBy,
            Details = details,
        };
        return (new(learner, recordedAt, recordedBy, via, batch, batchRow), []);
    }

    private static LearnerDetails ReadDetails(MoveCells cells) => new()
    {
        Title = cells.Text("Title"),
        GivenName = cells.Needed("GivenName"),
        PreferredGivenName = cells.Text("PreferredGivenName"),
        MiddleOtherName = cells.Text("MiddleOtherName"),
        FamilyName = cells.Needed("FamilyName"),
        PreviousFamilyName = cells.Text("PreviousFamilyName"),
        FamilyNameAtAge16 = cells.Text("FamilyNameAt16"),
        SchoolAtAge16 = cells.Text("SchoolAtAge16"),
        LastKnownAddressLine1 = cells.Text("LastKnownAddressLine1"),
        LastKnownAddressLine2 = cells.Text("LastKnownAddressLine2"),
        LastKnownAddressTown = cells.Text("LastKnownAddressTown"),
        LastKnownAddressCountyOrCity = cells.Text("LastKnownAddressCountyorCity"),

        // The table always has one, and keeps an empty one for whoever has none.
        LastKnownPostCode = cells.Text("LastKnownPostCode") ?? "",
        DateOfAddressCapture = cells.Date("DateOfAddressCapture"),
        DateOfBirth = cells.NeededDate("DateOfBirth"),
        PlaceOfBirth = cells.Text("PlaceOfBirth"),
        EmailAddress = cells.Text("EmailAddress"),
        Gender = cells.NeededCode("Gender"),
        Nationality = cells.Text("Nationality"),
        ScottishCandidateNumber = cells.Text("ScottishCandidateNumber"),
        AbilityToShare = cells.NeededCode("AbilityToShare"),
        VerificationType = cells.NeededCode("VerificationType"),
        OtherVerificationDescription = cells.Text("OtherVerificationDescription"),
        Notes = cells.Text("Notes"),
        UniqueCandidateIdentifier = cells.Text("UCI"),
        UniquePupilNumber = cells.Text("UPN"),
    };
}
