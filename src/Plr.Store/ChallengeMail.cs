using System.Globalization;
using Plr.Core;
using Plr.Core.DataChallenges;
using Plr.Core.Mail;

namespace Plr.Store;

/// <summary>
/// Whom a step of a data challenge is told to by mail, in the transaction of the step: the learner who raised it, and the people of the organisation that has
/// it. A mail carries the reference and a day, and no word of the challenge.
/// </summary>
internal static class ChallengeMail
{
    /// <summary>Puts the mail of one step in.</summary>
    /// <param name="before">The organisation that had the challenge before the step.</param>
    public static async Task AddAsync(Session session, DataChallenge after, ChallengeDeed deed, Guid? before, DateTimeOffset now)
    {
        var reference = after.Reference?.ToString() ?? "";
        if (ToLearner(deed) is { } kind && after.RaisedBy is { } account && after.MailTo is not { Length: 0 })
        {
            var day = deed == ChallengeDeed.InformationAsked ? after.NextOn?.AddDays(-1) : after.IsOpen ? after.ExpectedOn : null;
            var held = await session.SingleOrDefaultAsync<string>("SELECT email_address FROM learner WHERE uln = @uln", new { uln = after.Uln.Value });
            await OutboxStore.AddAsync(session, account, kind, now, after.MailTo, held, reference, Day(day));
        }

        if (ToOrganisation(deed) is { } theirs && (before ?? after.OrganisationId) is { } organisation)
        {
            foreach (var person in await PeopleAsync(session, organisation))
            {
                await OutboxStore.AddAsync(session, person, theirs, now, null, null, reference, Day(after.DueOn));
            }
        }
    }

    private static MailKind? ToLearner(ChallengeDeed deed) => deed switch
    {
        ChallengeDeed.Raised => MailKind.ChallengeRaised,
        ChallengeDeed.EvidenceAdded => MailKind.ChallengeEvidenceAdded,
        ChallengeDeed.InformationAsked => MailKind.ChallengeInformationAsked,
        ChallengeDeed.InformationGiven => MailKind.ChallengeInformationGiven,
        ChallengeDeed.Escalated => MailKind.ChallengeEscalated,
        ChallengeDeed.Accepted => MailKind.ChallengeAccepted,
        ChallengeDeed.Rejected => MailKind.ChallengeRejected,
        ChallengeDeed.Closed => MailKind.ChallengeClosed,
        ChallengeDeed.Withdrawn => MailKind.ChallengeWithdrawn,
        ChallengeDeed.ReviewAsked => MailKind.ChallengeReviewAsked,
        _ => null,
    };

    private static MailKind? ToOrganisation(ChallengeDeed deed) => deed switch
    {
        ChallengeDeed.SentToOrganisation => MailKind.ChallengeToAnswer,
        ChallengeDeed.Reminded => MailKind.ChallengeReminder,
        ChallengeDeed.EvidenceAdded or ChallengeDeed.InformationGiven => MailKind.ChallengeNews,
        ChallengeDeed.Escalated or ChallengeDeed.Withdrawn => MailKind.ChallengeTakenAway,
        _ => null,
    };

    private static Task<IEnumerable<Guid>> PeopleAsync(Session session, Guid organisation) => session.QueryAsync<Guid>(
        "SELECT id FROM account WHERE organisation_id = @organisation AND status = 1 AND email_address IS NOT NULL AND (roles & @roles) <> 0 ORDER BY id",
        new { organisation, roles = (int)(Roles.DataChallenge | Roles.AwardingOrganisation) });

    private static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}
