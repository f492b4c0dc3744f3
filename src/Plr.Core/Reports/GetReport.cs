using System.Globalization;
using Plr.Core.Learners;
using Plr.Core.LearningEvents;
using Plr.Core.Responses;
using Plr.Core.Text;

namespace Plr.Core.Reports;

/// <summary>
/// Makes a report of a personal learning record: a learner of their own, an organisation of one whose ability to share allows it (else
/// WSEC0206), an officer for a caller, saying why. The register keeps that it was made and can confirm it by its reference.
/// </summary>
public sealed class GetReport(IReportStore store)
{
    /// <summary>The longest reason, in characters.</summary>
    public const int LongestReason = 500;

    /// <summary>What is asked for.</summary>
    /// <param name="Uln">Whose record; a merged ULN leads to the master's.</param>
    /// <param name="Format">As what.</param>
    /// <param name="Language">In which language.</param>
    /// <param name="Reason">An officer's reason, in words; nobody else gives one.</param>
    /// <param name="Unprintable">What the format cannot print of a record, or of who asks for it; null when it can print anything.</param>
    public sealed record Request(
        Uln Uln, ReportFormat Format, ReportLanguage Language, string? Reason = null, Func<PersonalLearningRecord, ReportAsker, IReadOnlyList<Unprintable>>? Unprintable = null)
    {
        /// <summary>Without whose it is.</summary>
        public override string ToString() => $"{Format} report";
    }

    /// <summary>What the register answers.</summary>
    /// <param name="Code">ReportMade, NotPrintable, UlnNotFound, LearnerNotActive (said to officers and the learner only), NotShared, DetailsIncorrect, or why not.</param>
    /// <param name="Report">The report, when it was made.</param>
    /// <param name="Record">The record that it is made of.</param>
    public sealed record Answer(ResponseCode Code, Report? Report = null, PersonalLearningRecord? Record = null)
    {
        /// <summary>What is wrong with what was said.</summary>
        public IReadOnlyList<Finding> Findings { get; init; } = [];

        /// <summary>With NotPrintable: which fields have which characters.</summary>
        public IReadOnlyList<Unprintable> Unprintable { get; init; } = [];

        /// <summary>The learner's, when there is one: with NotShared it says why.</summary>
        public int? AbilityToShare { get; init; }
    }

    /// <summary>Makes the report.</summary>
    public async Task<Answer> RunAsync(Request request, Access access, CancellationToken ct = default)
    {
        var action = ActionOf(access);
        if (!Policy.MayTry(access.Actor.Roles, action))
        {
            return new(Policy.Allow(access, action, Subject.Learner(request.Uln)).Refusal!);
        }

        if (action == PolicyAction.SendReport && CheckReason(request.Reason) is { } finding)
        {
            return new(ResponseCodes.DetailsIncorrect) { Findings = [finding] };
        }

        int? share = null;
        IReadOnlyList<Unprintable> unprintable = [];
        var answer = await store.MakeAsync(
            new(request.Uln, request.Format, request.Language, action == PolicyAction.SendReport ? request.Reason!.Trim() : null),
            learner =>
            {
                share = learner.Details.AbilityToShare;
                return new(Policy.Allow(access, action, Subject.Learner(learner.Uln, learner.Shares) with { AskedAs = request.Uln }).Refusal, action != PolicyAction.ViewRecord);
            },
            (record, asker) =>
            {
                unprintable = request.Unprintable?.Invoke(record, asker) ?? [];
                return unprintable.Count == 0 ? null : ResponseCodes.NotPrintable;
            },
            access,
            ct);
        return answer switch
        {
            null => new(ResponseCodes.UlnNotFound),
            // Whether somebody has died or left the register is not an organisation's to learn by trying numbers.
            { Refusal: { } refusal } when refusal == ResponseCodes.LearnerNotActive && action == PolicyAction.ViewRecord => new(ResponseCodes.UlnNotFound),
            { Refusal: { } refusal } => new(refusal) { Unprintable = unprintable, AbilityToShare = share },
            _ => new(ResponseCodes.ReportMade, answer.Report, answer.Record),
        };
    }

    internal static PolicyAction ActionOf(Access access) => access.Actor switch
    {
        { Kind: "officer" or "register" } => PolicyAction.SendReport,
        var actor when actor.Roles.HasFlag(Roles.Learner) => PolicyAction.ViewOwnRecord,
        _ => PolicyAction.ViewRecord,
    };

    /// <summary>What is wrong with an officer's reason; null when nothing is.</summary>
    public static Finding? CheckReason(string? reason) => (reason ?? "").Trim() switch
    {
        "" => new(ResponseCodes.DetailsIncorrect, "Reason", FindingRules.Missing),
        { Length: > LongestReason } => new(ResponseCodes.DetailsIncorrect, "Reason", FindingRules.TooLong, LongestReason.ToString(CultureInfo.InvariantCulture)),
        var said when WireText.FirstFlaw(said, linesAllowed: true) is { } flaw =>
            new(ResponseCodes.DetailsIncorrect, "Reason", FindingRules.BadCharacters, (flaw.Position + 1).ToString(CultureInfo.InvariantCulture)),
        _ => null,
    };
}

/// <summary>Characters that a format has no letters for.</summary>
/// <param name="Field">Where they stand, in the words of the page.</param>
/// <param name="Characters">Each of them once, with blanks between.</param>
public sealed record Unprintable(string Field, string Characters);

/// <summary>Confirms a report to somebody who holds one: the register office looks it up by its reference.</summary>
public sealed class ConfirmReport(IReportStore store)
{
    /// <summary>What the register answers.</summary>
    /// <param name="Code">ReportConfirmed, UnknownReport, or why not.</param>
    /// <param name="Found">The report, when the register made it.</param>
    public sealed record Answer(ResponseCode Code, ReportConfirmation? Found);

    /// <summary>Looks it up.</summary>
    /// <param name="typed">The reference as it was read out or typed.</param>
    /// <param name="access">Who and why.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Answer> RunAsync(string? typed, Access access, CancellationToken ct = default)
    {
        if (Policy.Allow(access, PolicyAction.ConfirmReport, Subject.None).Refusal is { } refusal)
        {
            return new(refusal, null);
        }

        return ReportReference.TryParse(typed, out var reference) && await store.ConfirmAsync(reference, access, ct) is { } found
            ? new(ResponseCodes.ReportConfirmed, found)
            : new(ResponseCodes.UnknownReport, null);
    }
}
