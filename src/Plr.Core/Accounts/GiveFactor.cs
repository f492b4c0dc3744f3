using Plr.Core.Responses;

namespace Plr.Core.Accounts;

/// <summary>The second step of signing in: a code of the authenticator app, or a recovery code. A code is used once; after three wrong ones the next waits.</summary>
public sealed class GiveFactor(IFactorStore factors, ITimedCodes codes, TimeProvider time)
{
    /// <summary>The code, and the session in which it is given.</summary>
    public sealed record Request(string? Code, SignedIn Session)
    {
        /// <summary>Without the code: a record's own text would carry it into a log.</summary>
        public override string ToString() => "second factor";
    }

    /// <summary>Gives it.</summary>
    /// <returns>FactorGiven; or FactorRefused, which never says what was wrong.</returns>
    public async Task<ResponseCode> RunAsync(Request request, Access access, CancellationToken ct = default)
    {
        if (Policy.Allow(access, PolicyAction.GiveFactor, Subject.None) is { IsAllowed: false } decision)
        {
            return decision.Refusal!;
        }

        return await FactorAttempt.IsRightAsync(factors, codes, request.Session, request.Code, time.GetUtcNow(), access, ct)
            ? ResponseCodes.FactorGiven
            : ResponseCodes.FactorRefused;
    }
}
