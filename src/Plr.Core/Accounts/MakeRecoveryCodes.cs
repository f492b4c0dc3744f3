using Plr.Core.Responses;

namespace Plr.Core.Accounts;

/// <summary>Makes ten fresh recovery codes in the place of all others. It takes a code, so that an open session alone gets none.</summary>
public sealed class MakeRecoveryCodes(IFactorStore factors, ITimedCodes codes, TimeProvider time)
{
    /// <summary>A code of the app or one of the old recovery codes, and the session.</summary>
    public sealed record Request(string? Code, SignedIn Session)
    {
        /// <summary>Without the code: a record's own text would carry it into a log.</summary>
        public override string ToString() => "make recovery codes";
    }

    /// <summary>FactorChanged with the codes, which are nowhere else; FactorRefused; or why not.</summary>
    public sealed record Answer(ResponseCode Code, IReadOnlyList<string> RecoveryCodes)
    {
        /// <summary>Without the codes.</summary>
        public override string ToString() => Code.Name;
    }

    /// <summary>Makes them.</summary>
    public async Task<Answer> RunAsync(Request request, Access access, CancellationToken ct = default)
    {
        if (Policy.Allow(access, PolicyAction.ManageOwnSignIn, Subject.None) is { IsAllowed: false } decision)
        {
            return new(decision.Refusal!, []);
        }

        if (!await FactorAttempt.IsRightAsync(factors, codes, request.Session, request.Code, time.GetUtcNow(), access, ct))
        {
            return new(ResponseCodes.FactorRefused, []);
        }

        var fresh = RecoveryCode.NewSet();
        await factors.ReplaceRecoveryCodesAsync(request.Session.Account.Id, fresh, access, ct);
        return new(ResponseCodes.FactorChanged, fresh);
    }
}
