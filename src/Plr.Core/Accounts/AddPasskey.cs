using Plr.Core.Responses;
using Plr.Core.Text;

namespace Plr.Core.Accounts;

/// <summary>
/// Whether somebody may make a passkey now. It takes a code of their app, or without one their password, so that an open session alone adds no way
/// in that stays; only a session that a link began and that has no app needs neither. The answer comes before the key is made: a device would keep one that is refused.
/// </summary>
public sealed class AskForPasskey(IPasskeyStore passkeys, IFactorStore factors, IAccountStore accounts, ITimedCodes codes, IPasswordHasher hasher, TimeProvider time)
{
    /// <summary>The longest name.</summary>
    public const int LongestName = 60;

    /// <summary>What somebody shows that it is they.</summary>
    public enum Proof
    {
        Nothing = 0,
        Code,
        Password,
    }

    /// <summary>What was typed.</summary>
    /// <param name="Name">What its owner will know it by, up to 60 characters.</param>
    /// <param name="Shown">The code or the password, as <see cref="Needs"/> says.</param>
    /// <param name="Session">Where.</param>
    public sealed record Request(string? Name, string? Shown, SignedIn Session)
    {
        /// <summary>Without what was typed: a record's own text would carry it into a log.</summary>
        public override string ToString() => "ask for passkey";
    }

    /// <summary>What the register answers: PasskeyAllowed with the name as it will stand; DetailsIncorrect with findings; PasskeysFull; FactorRefused or SignInRefused; or why not.</summary>
    public sealed record Answer(ResponseCode Code, string Name, IReadOnlyList<Finding> Findings)
    {
        /// <summary>Without the name.</summary>
        public override string ToString() => Code.Name;
    }

    /// <summary>What somebody has to show.</summary>
    public static Proof Needs(SignedIn session) => session switch
    {
        { Account.HasApp: true } => Proof.Code,
        { Account.PasswordHash: not null, ByLink: false } => Proof.Password,
        _ => Proof.Nothing,
    };

    /// <summary>Asks.</summary>
    public async Task<Answer> RunAsync(Request request, Access access, CancellationToken ct = default)
    {
        if (Policy.Allow(access, PolicyAction.ManageOwnSignIn, Subject.None) is { IsAllowed: false } decision)
        {
            return new(decision.Refusal!, "", []);
        }

        var typed = new TypedText();
        var name = typed.Needed("Name", request.Name, LongestName);
        if (typed.Findings.Count > 0)
        {
            return new(ResponseCodes.DetailsIncorrect, name, typed.Findings);
        }

        if ((await passkeys.ListAsync(request.Session.Account.Id, ct)).Count >= Passkey.Most)
        {
            return new(ResponseCodes.PasskeysFull, name, []);
        }

        return new(await RefusalAsync(request, access, ct) ?? ResponseCodes.PasskeyAllowed, name, []);
    }

    private async Task<ResponseCode?> RefusalAsync(Request request, Access access, CancellationToken ct)
    {
        var (session, now) = (request.Session, time.GetUtcNow());
        return Needs(session) switch
        {
            Proof.Code => await FactorAttempt.IsRightAsync(factors, codes, session, request.Shown, now, access, ct) ? null : ResponseCodes.FactorRefused,
            Proof.Password => await PasswordAttempt.IsRightAsync(accounts, hasher, session.Account.Id, request.Shown, now, ct) ? null : ResponseCodes.SignInRefused,
            _ => null,
        };
    }
}

/// <summary>A passkey that was made for somebody and found right.</summary>
/// <param name="Name">What its owner will know it by, as <see cref="AskForPasskey"/> answered it.</param>
/// <param name="CredentialId">What it calls itself.</param>
/// <param name="PublicKey">A COSE key.</param>
/// <param name="SignCount">How often it has signed.</param>
/// <param name="Transports">How a browser reaches it.</param>
/// <param name="IsBackupEligible">It can be copied to other devices.</param>
/// <param name="IsBackedUp">There are copies of it.</param>
/// <param name="Challenge">What it answered.</param>
public sealed record PasskeyMade(
    string Name, byte[] CredentialId, byte[] PublicKey, long SignCount, IReadOnlyList<string> Transports, bool IsBackupEligible, bool IsBackedUp, AnsweredChallenge Challenge)
{
    /// <summary>Without the name: a record's own text would carry it into a log.</summary>
    public override string ToString() => "passkey made";
}

/// <summary>Adds a passkey that was made after <see cref="AskForPasskey"/>. Its owner is sent mail.</summary>
public sealed class AddPasskey(IPasskeyStore passkeys, TimeProvider time)
{
    /// <summary>The key, or null when it was not found right; and where.</summary>
    public sealed record Request(PasskeyMade? Made, SignedIn Session);

    /// <summary>Adds.</summary>
    /// <returns>PasskeyAdded; PasskeyRefused, which never says what was wrong; or why not.</returns>
    public async Task<ResponseCode> RunAsync(Request request, Access access, CancellationToken ct = default)
    {
        if (Policy.Allow(access, PolicyAction.ManageOwnSignIn, Subject.None) is { IsAllowed: false } decision)
        {
            return decision.Refusal!;
        }

        if (request.Made is not { } made)
        {
            return ResponseCodes.PasskeyRefused;
        }

        var now = time.GetUtcNow();
        var passkey = new Passkey
        {
            Id = Guid.CreateVersion7(now),
            AccountId = request.Session.Account.Id,
            Name = made.Name,
            CredentialId = made.CredentialId,
            PublicKey = made.PublicKey,
            SignCount = made.SignCount,
            Transports = made.Transports,
            IsBackupEligible = made.IsBackupEligible,
            IsBackedUp = made.IsBackedUp,
            AddedAt = now,
        };
        return await passkeys.AddAsync(passkey, made.Challenge, access, ct) ? ResponseCodes.PasskeyAdded : ResponseCodes.PasskeyRefused;
    }
}
