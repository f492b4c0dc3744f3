using Plr.Core.Responses;

namespace Plr.Core.Accounts;

/// <summary>
/// Signs somebody in by a passkey. Having the device and opening it by finger, face or PIN are two factors, so nothing more is owed. Nothing waits
/// after a refusal: a signature cannot be guessed.
/// </summary>
public sealed class SignInByPasskey(IPasskeyStore passkeys, IAccountStore accounts, SessionRules sessions, TimeProvider time)
{
    /// <summary>The key, or null when it was not found right; and where.</summary>
    public sealed record Request(PasskeyShown? Shown, SessionOrigin Origin);

    /// <summary>Signs in.</summary>
    /// <returns>SignedIn with a session, or PasskeyRefused, which never says what was wrong.</returns>
    public async Task<SignInAnswer> RunAsync(Request request, Access access, CancellationToken ct = default)
    {
        if (Policy.Allow(access, PolicyAction.SignIn, Subject.None) is { IsAllowed: false } decision)
        {
            return SignInAnswer.Refused(decision.Refusal!);
        }

        var now = time.GetUtcNow();
        if (request.Shown is not { } shown
            || await accounts.GetAsync(shown.AccountId, ct) is not { } account
            || !await passkeys.UseAsync(shown, null, now, Access.OnPages(account.Actor, access.CorrelationId), ct))
        {
            return SignInAnswer.Refused(ResponseCodes.PasskeyRefused);
        }

        var origin = request.Origin with { IsFactorGiven = true };
        return new(ResponseCodes.SignedIn, await SessionBegun.BeginAsync(accounts, sessions, account, now, access, ct, origin: origin), []);
    }
}

/// <summary>The second step of signing in, by a passkey of the same account.</summary>
public sealed class GivePasskey(IPasskeyStore passkeys, TimeProvider time)
{
    /// <summary>The key, or null when it was not found right; and the session in which it is given.</summary>
    public sealed record Request(PasskeyShown? Shown, SignedIn Session);

    /// <summary>Gives it.</summary>
    /// <returns>FactorGiven; or PasskeyRefused, which never says what was wrong.</returns>
    public async Task<ResponseCode> RunAsync(Request request, Access access, CancellationToken ct = default)
    {
        if (Policy.Allow(access, PolicyAction.GiveFactor, Subject.None) is { IsAllowed: false } decision)
        {
            return decision.Refusal!;
        }

        return request.Shown is { } shown && shown.AccountId == request.Session.Account.Id && await passkeys.UseAsync(shown, request.Session, time.GetUtcNow(), access, ct)
            ? ResponseCodes.FactorGiven
            : ResponseCodes.PasskeyRefused;
    }
}
