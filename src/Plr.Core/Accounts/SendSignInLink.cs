using Plr.Core.Responses;

namespace Plr.Core.Accounts;

/// <summary>
/// Sends somebody who has an account a one-time link by e-mail: whoever has no password, or has forgotten it, comes in by themselves. The answer is the same whether there is such an
/// account or not. The link takes the password's place, never the second factor's.
/// </summary>
public sealed class SendSignInLink(IAccountStore accounts, TimeProvider time)
{
    /// <summary>How soon another link can be asked for.</summary>
    public static TimeSpan NotSooner { get; } = TimeSpan.FromMinutes(2);

    /// <summary>Sends.</summary>
    /// <param name="emailAddress">As it was typed.</param>
    /// <param name="access">Nobody, who wants to sign in.</param>
    /// <param name="ct">Cancels before the commit only.</param>
    /// <returns>LinkSent, also when there is nobody to send it to; DetailsIncorrect with what is wrong with the address.</returns>
    public async Task<(ResponseCode Code, IReadOnlyList<Finding> Findings)> RunAsync(string? emailAddress, Access access, CancellationToken ct = default)
    {
        if (Policy.Allow(access, PolicyAction.SignIn, Subject.None).Refusal is { } refusal)
        {
            return (refusal, []);
        }

        var address = emailAddress?.Trim() ?? "";
        if (!EmailAddresses.MayBeOne(address))
        {
            return (ResponseCodes.DetailsIncorrect, [new(ResponseCodes.DetailsIncorrect, "EmailAddress", address.Length == 0 ? FindingRules.Missing : FindingRules.BadEmail)]);
        }

        await accounts.MailLinkAsync(address, time.GetUtcNow(), InviteAccount.Lasts, NotSooner, access, ct);
        return (ResponseCodes.LinkSent, []);
    }
}
