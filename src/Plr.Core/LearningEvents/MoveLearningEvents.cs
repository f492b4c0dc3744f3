using Plr.Core.Imports;
using Plr.Core.Moves;
using Plr.Core.Responses;

namespace Plr.Core.LearningEvents;

/// <summary>
/// Takes learning events in from another register: ids, versions, statuses, sources, dates loaded and stored blanks stay as they are given.
/// Each row is taken or refused by itself; what is held already stays. No rule of an upload is asked: what was recorded was judged then.
/// </summary>
public sealed class MoveLearningEvents(IMoveStore store)
{
    private const int RowsInChunk = 5_000;
    private static readonly IReadOnlyDictionary<string, EventSource> Sources = MoveWords.Of<EventSource>();
    private static readonly IReadOnlyDictionary<string, EventStatus> Statuses = MoveWords.Of<EventStatus>();
    private static readonly IReadOnlyDictionary<string, AchievementAction> Actions = MoveWords.Of<AchievementAction>();

    /// <summary>Loads.</summary>
    /// <param name="rows">The rows of the file, those of one ULN together; the headings are those of <see cref="LearningEventColumns"/>.</param>
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
        var intake = new MoveIntake<MovedLearningEvent>(
            row => Read(new MoveCells(row, organisations)),
            moved => (moved.Uln.Value, moved.Version.Id),
            chunk => store.LoadLearningEventsAsync(chunk, access, ct),
            refused);
        return await intake.RunAsync(rows, RowsInChunk, progress);
    }

    private static (MovedLearningEvent? Version, IReadOnlyList<Finding> Findings) Read(MoveCells cells)
    {
        var uln = cells.NeededUln("ULN");
        var version = new LearningEventVersion(cells.NeededNumber("ID"), cells.NeededNumber("Version"), ReadFacts(cells), ReadProvenance(cells));
        return cells.Findings.Count > 0 ? (null, cells.Findings) : (new(uln!.Value, version), []);
    }

    private static LearningEventFacts ReadFacts(MoveCells cells) => new()
    {
        Source = cells.Word("Source", Sources),
        Status = cells.Word("Status", Statuses),
        Subject = cells.Needed("Subject"),
        SubjectCode = cells.Needed("SubjectCode"),
        QualificationType = cells.Text("QualificationType"),
        Level = cells.Text("Level"),
        Grade = cells.Text("Grade"),
        AchievementAwardDate = cells.Date("AchievementAwardDate"),
        AchievementProviderName = cells.Text("AchievementProviderName"),
        AchievementProviderUkprn = cells.Text("AchievementProviderUKPRN"),
        AwardingOrganisationName = cells.Text("AwardingOrganisationName"),
        AwardingOrganisationUkprn = cells.Text("AwardingOrganisationUKPRN"),
        CollectionType = cells.Text("CollectionType"),
        ReturnNumber = cells.Text("ReturnNumber"),
        Restriction = cells.Text("Restriction"),
        Credits = cells.NeededLong("Credits"),
        LanguageForAssessment = cells.Text("LanguageForAssessment"),
        ParticipationStartDate = cells.Date("ParticipationStartDate"),
        ParticipationEndDate = cells.Date("ParticipationEndDate"),
    };

    private static Provenance ReadProvenance(MoveCells cells) => new(
        cells.Instant("DateLoaded"),
        cells.Organisation("Organisation"),
        null,
        cells.Word("LoadedVia", MoveWords.Channels),
        cells.Number("Batch"),
        cells.Number("BatchRow"),
        cells.Word("Action", Actions),
        cells.Date("ActionDate"),
        cells.Text("Reason"));
}
