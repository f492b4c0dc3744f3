using Plr.Core.Organisations;
using Plr.Core.Responses;
using Plr.Core.Text;

namespace Plr.Core.Accounts;

/// <summary>Adds an account for somebody of an organisation or of the register office. It has no password until its owner sets one by a one-time link.</summary>
public sealed class AddAccount(IAccountStore accounts, IOrganisationStore organisations, TimeProvider time)
{
    private const int LongestName = 200;

    /// <summary>The roles that somebody can be given.</summary>
    public static IReadOnlyList<string> RoleNames => AccountRules.RoleNames;

    /// <summary>What was typed.</summary>
    /// <param name="Name">The person's name, up to 200 characters.</param>
    /// <param name="EmailAddress">The name to sign in by.</param>
    /// <param name="Roles">Names of <see cref="Core.Roles"/>, in any case.</param>
    /// <param name="Organisation">UKPRN, organisation reference or recognition number; nothing for the register office.</param>
    public sealed record Request(string? Name, string? EmailAddress, IReadOnlyList<string> Roles, string? Organisation);

    /// <summary>What the register answers.</summary>
    /// <param name="Code">AccountAdded, DetailsIncorrect, or why not.</param>
    /// <param name="Account">The account that was added.</param>
    /// <param name="Findings">What is wrong, field by field.</param>
    public sealed record Answer(ResponseCode Code, Account? Account, IReadOnlyList<Finding> Findings);

    /// <summary>Adds.</summary>
    public async Task<Answer> RunAsync(Request request, Access access, CancellationToken ct = default)
    {
        if (Policy.Allow(access, PolicyAction.ManageAccounts, Subject.None) is { IsAllowed: false } decision)
        {
            return new(decision.Refusal!, null, []);
        }

        var typed = new TypedText();
        var account = await ReadAsync(typed, request, ct);
        if (typed.Findings.Count == 0 && await accounts.AddAsync(account, access, ct) is { } added)
        {
            return new(ResponseCodes.AccountAdded, added, []);
        }

        if (typed.Findings.Count == 0)
        {
            typed.Refuse("EmailAddress", FindingRules.TakenByAccount);
        }

        return new(ResponseCodes.DetailsIncorrect, null, typed.Findings);
    }

    private async Task<Account> ReadAsync(TypedText typed, Request request, CancellationToken ct)
    {
        var name = typed.Needed("Name", request.Name, LongestName);
        var email = typed.Needed("EmailAddress", request.EmailAddress, EmailAddresses.Longest);
        if (email.Length > 0 && !EmailAddresses.IsOne(email))
        {
            typed.Refuse("EmailAddress", FindingRules.BadEmail);
        }

        var roles = AccountRules.ReadRoles(typed, request.Roles);
        var code = request.Organisation?.Trim();
        var organisation = string.IsNullOrEmpty(code) || !WireText.IsStorable(code) ? null : await organisations.FindAsync(code, ct);
        if (!string.IsNullOrEmpty(code) && organisation is not { Status: OrganisationStatus.Active })
        {
            typed.Refuse("Organisation", FindingRules.NotOnRegister);
        }
        else
        {
            AccountRules.CheckFit(typed, roles, organisation);
        }

        return new Account
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            Name = name,
            EmailAddress = email,
            Roles = roles,
            OrganisationId = organisation?.Id,
            Status = AccountStatus.Active,
            CreatedAt = time.GetUtcNow(),
        };
    }
}
