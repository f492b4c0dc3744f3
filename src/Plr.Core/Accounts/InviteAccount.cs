using Plr.Core.Learners;
using Plr.Core.Responses;
using Plr.Core.Text;

namespace Plr.Core.Accounts;

/// <summary>
/// Makes a one-time link for somebody: an officer or a person of an organisation by e-mail address, or a learner by ULN. A learner's account is
/// made at the first invitation, under the name on the register: the office has checked who it is (level 3).
/// </summary>
public sealed class InviteAccount(IAccountStore accounts, ILearnerStore learners, TimeProvider time)
{
    /// <summary>How long a link lasts.</summary>
    public static TimeSpan Lasts { get; } = TimeSpan.FromMinutes(30);

    /// <summary>Whom: by ULN (blanks and hyphens allowed), else by e-mail address.</summary>
    /// <param name="EmailAddress">The account's; with a ULN, the address that a new learner's account signs in by, if it is to have one.</param>
    /// <param name="Uln">The learner's.</param>
    public sealed record Request(string? EmailAddress, string? Uln);

    /// <summary>What the register answers.</summary>
    /// <param name="Code">AccountInvited, UnknownAccount, NoMatch (no learner has the ULN), DetailsIncorrect, or why not.</param>
    /// <param name="Account">Who was invited.</param>
    /// <param name="Token">What the link carries; it is nowhere else.</param>
    /// <param name="ExpiresAt">When the link ends.</param>
    /// <param name="Findings">What is wrong, field by field.</param>
    public sealed record Answer(ResponseCode Code, Account? Account, string? Token, DateTimeOffset? ExpiresAt, IReadOnlyList<Finding> Findings)
    {
        /// <summary>Without the token: a record's own text would carry it into a log.</summary>
        public override string ToString() => Code.Name;
    }

    /// <summary>Invites. An earlier link of the account that was not used ends.</summary>
    public async Task<Answer> RunAsync(Request request, Access access, CancellationToken ct = default)
    {
        if (Policy.Allow(access, PolicyAction.ManageAccounts, Subject.None) is { IsAllowed: false } decision)
        {
            return Refused(decision.Refusal!);
        }

        var typed = new TypedText();
        var email = typed.Optional("EmailAddress", request.EmailAddress, EmailAddresses.Longest);
        if (email is not null && !EmailAddresses.IsOne(email))
        {
            typed.Refuse("EmailAddress", FindingRules.BadEmail);
        }

        var hasUln = !string.IsNullOrWhiteSpace(request.Uln);
        if (!Uln.TryParseTyped(request.Uln, out var uln) && hasUln)
        {
            typed.Refuse("ULN", FindingRules.BadUln);
        }

        if (!hasUln && email is null)
        {
            typed.Refuse("EmailAddress", FindingRules.Missing);
        }

        if (typed.Findings.Count > 0)
        {
            return Refused(ResponseCodes.DetailsIncorrect, typed.Findings);
        }

        return hasUln ? await InviteLearnerAsync(uln, email, access, ct) : await InviteAsync(await accounts.FindAsync(email!, ct), access, ct);
    }

    private static Answer Refused(ResponseCode code, params IReadOnlyList<Finding> findings) => new(code, null, null, null, findings);

    private async Task<Answer> InviteAsync(Account? account, Access access, CancellationToken ct)
    {
        if (account is not { Status: AccountStatus.Active })
        {
            return Refused(ResponseCodes.UnknownAccount);
        }

        var (token, expiresAt) = (Secret.New(), time.GetUtcNow() + Lasts);
        await accounts.InviteAsync(account.Id, Secret.Hash(token), expiresAt, access, ct);
        return new(ResponseCodes.AccountInvited, account, token, expiresAt, []);
    }

    private async Task<Answer> InviteLearnerAsync(Uln uln, string? email, Access access, CancellationToken ct)
    {
        if (Policy.Allow(access, PolicyAction.ViewLearner, Subject.Learner(uln)) is { IsAllowed: false } decision)
        {
            return Refused(decision.Refusal!);
        }

        if (await learners.ShowAsync(uln, _ => true, null, access, ct) is not { } learner)
        {
            return Refused(ResponseCodes.NoMatch);
        }

        // Looked for again after adding: somebody else may have invited the same learner at the same moment.
        var account = await accounts.FindAsync(learner.Uln, ct)
            ?? await accounts.AddAsync(NewAccount(learner, email), access, ct)
            ?? await accounts.FindAsync(learner.Uln, ct);
        return account is null
            ? Refused(ResponseCodes.DetailsIncorrect, new Finding(ResponseCodes.DetailsIncorrect, "EmailAddress", FindingRules.TakenByAccount))
            : await InviteAsync(account, access, ct);
    }

    private Account NewAccount(Learner learner, string? email) => new()
    {
        Id = Guid.CreateVersion7(time.GetUtcNow()),
        Name = $"{(learner.Details.PreferredGivenName ?? learner.Details.GivenName).Trim()} {learner.Details.FamilyName.Trim()}",
        EmailAddress = email,
        Roles = Roles.Learner,
        Uln = learner.Uln,
        Level = ConnectionLevel.L3,
        Status = AccountStatus.Active,
        CreatedAt = time.GetUtcNow(),
    };
}
