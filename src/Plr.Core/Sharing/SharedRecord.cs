using Plr.Core.Learners;
using Plr.Core.LearningEvents;
using Plr.Core.Reports;
using Plr.Core.Responses;

namespace Plr.Core.Sharing;

/// <summary>How an award stands, to whoever checks it.</summary>
public enum AwardState
{
    Current = 1,

    /// <summary>Not final yet.</summary>
    Provisional,

    /// <summary>Changed by its awarding organisation after it was first recorded.</summary>
    Corrected,
    Withdrawn,
}

/// <summary>One qualification as a share shows it; what the learner did not share is null.</summary>
/// <param name="EventId">The learning event.</param>
/// <param name="Version">Its version.</param>
/// <param name="Subject">The title.</param>
/// <param name="Number">The qualification's number.</param>
/// <param name="Type">The type.</param>
/// <param name="Level">As the register has it.</param>
/// <param name="Grade">The grade.</param>
/// <param name="AwardedOn">The day of the award.</param>
/// <param name="AwardingOrganisation">Named from our register, when the organisation sent it itself; else as the record has it.</param>
/// <param name="Provider">The school, college or provider.</param>
/// <param name="State">How it stands.</param>
/// <param name="Since">The day of the correction or withdrawal.</param>
/// <param name="UnderDataChallenge">Whether somebody says that it is wrong and it is not decided yet.</param>
public sealed record SharedAward(
    int EventId,
    int Version,
    string Subject,
    string Number,
    string? Type,
    string? Level,
    string? Grade,
    DateOnly? AwardedOn,
    string? AwardingOrganisation,
    string? Provider,
    AwardState State,
    DateTimeOffset? Since,
    bool UnderDataChallenge)
{
    internal static SharedAward Of(LearningEvent learned, ShareFields fields)
    {
        var (facts, latest) = (learned.Facts, learned.Latest);
        var state = facts.Status switch
        {
            EventStatus.Withdrawn => AwardState.Withdrawn,
            EventStatus.Provisional => AwardState.Provisional,
            _ when latest.Action == AchievementAction.Update => AwardState.Corrected,
            _ => AwardState.Current,
        };
        return new(
            learned.Id, learned.Version, facts.Subject, facts.SubjectCode, facts.QualificationType, facts.Level,
            fields.HasFlag(ShareFields.Grade) ? facts.Grade : null,
            facts.AchievementAwardDate,
            (facts.Source == EventSource.AO ? latest.OrganisationName : null) ?? facts.AwardingOrganisationName,
            fields.HasFlag(ShareFields.Provider) ? facts.AchievementProviderName ?? facts.AchievementProviderUkprn : null,
            state, state is AwardState.Corrected or AwardState.Withdrawn ? latest.RecordedAt : null, learned.UnderDataChallenge);
    }
}

/// <summary>What somebody saw of a record through a share, at the moment that they came.</summary>
/// <param name="Share">The share.</param>
/// <param name="SeenAt">When they came, UTC.</param>
/// <param name="OpenUntil">Until when the page can be opened again without counting as another look.</param>
/// <param name="Name">The learner's names.</param>
/// <param name="Uln">When it is shared.</param>
/// <param name="DateOfBirth">When it is shared.</param>
/// <param name="Awards">The qualifications, newest first.</param>
public sealed record SharedRecord(
    Share Share, DateTimeOffset SeenAt, DateTimeOffset OpenUntil, string Name, Uln? Uln, DateOnly? DateOfBirth, IReadOnlyList<SharedAward> Awards)
{
    /// <summary>Whether whoever looked left an address for corrections.</summary>
    public bool IsTold { get; init; }

    /// <summary>What a share shows of a record.</summary>
    public static SharedRecord Of(Share share, DateTimeOffset seenAt, DateTimeOffset openUntil, PersonalLearningRecord record)
    {
        var (held, fields) = (record.Learner.Details, share.Terms.Fields);
        return new(
            share, seenAt, openUntil, $"{held.GivenName} {held.FamilyName}",
            fields.HasFlag(ShareFields.Uln) ? record.Learner.Uln : null,
            fields.HasFlag(ShareFields.DateOfBirth) ? held.DateOfBirth : null,
            [.. share.Shown(record.Events).Select(learned => SharedAward.Of(learned, fields))]);
    }

    /// <summary>Without whose it is.</summary>
    public override string ToString() => Share.ToString();
}

/// <summary>That the register confirmed something to somebody: what they keep, and what the register keeps of it.</summary>
/// <param name="Reference">What stands on it.</param>
/// <param name="SeenAt">When they looked, UTC.</param>
/// <param name="Awards">How many qualifications they were shown.</param>
public sealed record Receipt(ReportReference Reference, DateTimeOffset SeenAt, int Awards);

/// <summary>What the register says of a receipt later, without showing again what was seen.</summary>
/// <param name="Receipt">The receipt.</param>
/// <param name="State">How the share stands now.</param>
/// <param name="HasChanged">Whether anything of what was shown has been corrected, withdrawn or challenged since, or an answer to a challenge came.</param>
public sealed record ReceiptConfirmation(Receipt Receipt, ShareState State, bool HasChanged);

/// <summary>What comes of trying to open a share.</summary>
/// <param name="Code">ShareOpened, ShareRefused (no such share, another birth date, tried too often: nobody can tell which), or ShareOver.</param>
/// <param name="Token">Opens what is shown for a while; with ShareOpened only.</param>
/// <param name="State">With ShareOver: why.</param>
public sealed record ShareOpening(ResponseCode Code, string? Token, ShareState? State = null)
{
    public override string ToString() => Code.Name;
}
