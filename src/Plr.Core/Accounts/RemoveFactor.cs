using Plr.Core.Responses;

namespace Plr.Core.Accounts;

/// <summary>Turns one's own second factor off. It takes a code, and is not for those who must have one.</summary>
public sealed class RemoveFactor(IFactorStore factors, ITimedCodes codes, SessionRules rules, TimeProvider time)
{
    /// <summary>A code of the app or a recovery code, and the session.</summary>
    public sealed record Request(string? Code, SignedIn Session)
    {
        /// <summary>Without the code: a record's own text would carry it into a log.</summary>
        public override string ToString() => "remove second factor";
    }

    /// <summary>Turns it off.</summary>
    /// <returns>FactorChanged, FactorRefused, FactorNeeded, or why not.</returns>
    public async Task<ResponseCode> RunAsync(Request request, Access access, CancellationToken ct = default)
    {
        if (Policy.Allow(access, PolicyAction.ManageOwnSignIn, Subject.None) is { IsAllowed: false } decision)
        {
            return decision.Refusal!;
        }

        if (rules.NeedsFactor(request.Session.Account))
        {
            return ResponseCodes.FactorNeeded;
        }

        var now = time.GetUtcNow();
        return await FactorAttempt.IsRightAsync(factors, codes, request.Session, request.Code, now, access, ct)
            && await factors.RemoveAsync(request.Session.Account.Id, isReset: false, now, access, ct)
                ? ResponseCodes.FactorChanged
                : ResponseCodes.FactorRefused;
    }
}

/// <summary>Removes somebody's second factor who has lost phone and recovery codes, with their passkeys. All their sessions end, and they are sent mail.</summary>
public sealed class ResetFactor(IFactorStore factors, IAccountStore accounts, TimeProvider time)
{
    /// <summary>Whose: by e-mail address, or a learner's by ULN.</summary>
    public sealed record Request(string? EmailAddress, string? Uln);

    /// <summary>What the register answers: FactorChanged; UnknownAccount; NothingChanged when there is no second factor; or why not.</summary>
    public sealed record Answer(ResponseCode Code, Account? Account);

    /// <summary>Removes it.</summary>
    public async Task<Answer> RunAsync(Request request, Access access, CancellationToken ct = default)
    {
        if (Policy.Allow(access, PolicyAction.ManageAccounts, Subject.None) is { IsAllowed: false } decision)
        {
            return new(decision.Refusal!, null);
        }

        var account = Learners.Uln.TryParseTyped(request.Uln, out var uln) ? await accounts.FindAsync(uln, ct)
            : string.IsNullOrWhiteSpace(request.EmailAddress) || !EmailAddresses.MayBeOne(request.EmailAddress) ? null
            : await accounts.FindAsync(request.EmailAddress, ct);
        if (account is null)
        {
            return new(ResponseCodes.UnknownAccount, null);
        }

        return await factors.RemoveAsync(account.Id, isReset: true, time.GetUtcNow(), access, ct)
            ? new(ResponseCodes.FactorChanged, account)
            : new(ResponseCodes.NothingChanged, account);
    }
}
