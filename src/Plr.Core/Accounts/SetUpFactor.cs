using Plr.Core.Responses;

namespace Plr.Core.Accounts;

/// <summary>
/// Sets up an authenticator app, or another in its place: its code shows that the secret arrived. Whoever has one already gives a code of it first, so
/// that an open session alone changes nothing. Ten fresh recovery codes are shown once; all other sessions end.
/// </summary>
public sealed class SetUpFactor(IFactorStore factors, ITimedCodes codes, TimeProvider time)
{
    /// <summary>What was typed.</summary>
    /// <param name="Current">A code of the present app, or a recovery code; only when there is one.</param>
    /// <param name="Code">The code that the new app shows.</param>
    /// <param name="Session">Where.</param>
    public sealed record Request(string? Current, string? Code, SignedIn Session)
    {
        /// <summary>Without the codes: a record's own text would carry them into a log.</summary>
        public override string ToString() => "set up second factor";
    }

    /// <summary>What the register answers: FactorChanged with the recovery codes; FactorRefused with what was wrong; or why not.</summary>
    /// <param name="Code">The outcome.</param>
    /// <param name="RecoveryCodes">They are nowhere else.</param>
    /// <param name="IsCurrentWrong">It was the present app's code that was wrong, not the new one's.</param>
    public sealed record Answer(ResponseCode Code, IReadOnlyList<string> RecoveryCodes, bool IsCurrentWrong = false)
    {
        /// <summary>Without the codes.</summary>
        public override string ToString() => Code.Name;
    }

    /// <summary>Sets it up.</summary>
    public async Task<Answer> RunAsync(Request request, Access access, CancellationToken ct = default)
    {
        if (Policy.Allow(access, PolicyAction.SetUpFactor, Subject.None) is { IsAllowed: false } decision)
        {
            return new(decision.Refusal!, []);
        }

        var now = time.GetUtcNow();
        var (session, secret) = (request.Session, factors.Offer(request.Session));
        // The new app's code first: a recovery code is not to be used up for a mistyped one.
        if (codes.StepOf(secret, (request.Code ?? "").Replace(" ", "", StringComparison.Ordinal), now) is not { } step)
        {
            return new(ResponseCodes.FactorRefused, []);
        }

        if (session.Account.HasApp && !await FactorAttempt.IsRightAsync(factors, codes, session, request.Current, now, access, ct))
        {
            return new(ResponseCodes.FactorRefused, [], IsCurrentWrong: true);
        }

        var recovery = RecoveryCode.NewSet();
        return await factors.SetAsync(session, secret, step, recovery, now, access, ct)
            ? new(ResponseCodes.FactorChanged, recovery)
            : new(ResponseCodes.FactorRefused, []);
    }
}
