using Plr.Core.Learners;
using Plr.Core.LearningEvents;
using Plr.Core.Responses;

namespace Plr.Core.Reports;

/// <summary>What is asked for, once it is known to be in order.</summary>
public sealed record ReportOrder(Uln Uln, ReportFormat Format, ReportLanguage Language, string? Reason);

/// <summary>What the store gives: why there is no report, or the report and the record that it is made of.</summary>
public sealed record ReportAnswer(ResponseCode? Refusal, Report? Report, PersonalLearningRecord? Record);

/// <summary>What the register says of a report.</summary>
/// <param name="Report">The report.</param>
/// <param name="Shown">The version of the learner that the report shows.</param>
/// <param name="Learner">The learner as of now; after a merge, the master.</param>
/// <param name="Now">What a report made now would be made of.</param>
public sealed record ReportConfirmation(Report Report, Learner Shown, Learner Learner, ReportContents Now)
{
    /// <summary>Whether a report made now would say something else of the learner: an address, which is in no report, may have changed.</summary>
    public bool DetailsHaveChanged => ReportedLearner.Of(Shown) != ReportedLearner.Of(Learner);

    /// <summary>Whether the learning events are others, or have other versions.</summary>
    public bool EventsHaveChanged => Report.Contents.HasOtherEvents(Now);

    /// <summary>Whether other learning events are under data challenge: that alone says nothing of what was achieved.</summary>
    public bool ChallengesHaveChanged => Report.Contents.HasOtherChallenges(Now);

    /// <summary>Whether a report made now would say the same.</summary>
    public bool IsUnchanged => !DetailsHaveChanged && !EventsHaveChanged && !ChallengesHaveChanged;
}

/// <summary>Reports as the store keeps them. Making and confirming one leave their entries in the learner's trail in the same transaction.</summary>
public interface IReportStore
{
    /// <summary>Reads the record and keeps that a report of it is made. Null when nobody on the register has the ULN.</summary>
    /// <param name="order">What is asked for.</param>
    /// <param name="decide">Whether the record may be shown, decided when the learner is known.</param>
    /// <param name="judge">Why no report can be made of the record that was read; null when one can.</param>
    Task<ReportAnswer?> MakeAsync(
        ReportOrder order, Func<Learner, RecordDecision> decide, Func<PersonalLearningRecord, ReportAsker, ResponseCode?> judge, Access access, CancellationToken ct = default);

    /// <summary>Reads the record of which a report was made, once more, with an entry. Null when the ULN is on nobody's record any more.</summary>
    /// <param name="decide">Whether the record may be shown now.</param>
    /// <returns>The report as it was made with its record; RecordChanged when that is not the same any more.</returns>
    Task<ReportAnswer?> RepeatAsync(ReportReference reference, Func<Learner, RecordDecision> decide, Access access, CancellationToken ct = default);

    /// <summary>A report by its reference; null when the register made none such.</summary>
    Task<ReportConfirmation?> ConfirmAsync(ReportReference reference, Access access, CancellationToken ct = default);
}
