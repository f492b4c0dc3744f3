using Plr.Core.Responses;

namespace Plr.Core.Reports;

/// <summary>
/// Makes a report that was made before once more, by its reference: the policy is asked again, the learner's trail says that the record was shown
/// again, and it is the same report or none, because the record may have changed (RecordChanged).
/// </summary>
public sealed class RepeatReport(IReportStore store)
{
    /// <summary>Makes it again.</summary>
    /// <param name="reference">Of the report; whoever asks must be known to have been given it.</param>
    /// <param name="access">Who and why.</param>
    /// <param name="ct">Cancels before the commit only.</param>
    /// <returns>ReportMade with the report as it was, RecordChanged, UlnNotFound, NotShared, or why not.</returns>
    public async Task<GetReport.Answer> RunAsync(ReportReference reference, Access access, CancellationToken ct = default)
    {
        var action = GetReport.ActionOf(access);
        var answer = await store.RepeatAsync(
            reference,
            learner => new(Policy.Allow(access, action, Subject.Learner(learner.Uln, learner.Shares)).Refusal, action != PolicyAction.ViewRecord),
            access,
            ct);
        return answer switch
        {
            null => new(ResponseCodes.UlnNotFound),
            { Refusal: { } refusal } => new(refusal),
            _ => new(ResponseCodes.ReportMade, answer.Report, answer.Record),
        };
    }
}
