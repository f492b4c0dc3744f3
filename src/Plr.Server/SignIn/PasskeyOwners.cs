using Microsoft.AspNetCore.Identity;
using Plr.Core.Accounts;

namespace Plr.Server.SignIn;

/// <summary>What the framework's passkey handler reads: accounts by the id that their passkeys carry, and their keys. It writes nothing here; our own store does, with its entry.</summary>
internal sealed class PasskeyOwners(IAccountStore accounts, IPasskeyStore passkeys) : IUserPasskeyStore<Account>
{
    /// <summary>What a device keeps of the account: its id, which says nothing about its owner.</summary>
    public static string IdOf(Account account) => account.Id.ToString("N");

    public async Task<Account?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        Guid.TryParseExact(userId, "N", out var id) ? await accounts.GetAsync(id, cancellationToken) : null;

    public Task<string> GetUserIdAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(IdOf(user));

    public async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(Account user, CancellationToken cancellationToken) =>
        [.. (await passkeys.ListAsync(user.Id, cancellationToken)).Select(Info)];

    public async Task<Account?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) =>
        await passkeys.FindAsync(credentialId, cancellationToken) is { } found ? await accounts.GetAsync(found.AccountId, cancellationToken) : null;

    public async Task<UserPasskeyInfo?> FindPasskeyAsync(Account user, byte[] credentialId, CancellationToken cancellationToken) =>
        await passkeys.FindAsync(credentialId, cancellationToken) is { } found && found.AccountId == user.Id ? Info(found) : null;

    public Task<string?> GetUserNameAsync(Account user, CancellationToken cancellationToken) => throw Never();

    public Task SetUserNameAsync(Account user, string? userName, CancellationToken cancellationToken) => throw Never();

    public Task<string?> GetNormalizedUserNameAsync(Account user, CancellationToken cancellationToken) => throw Never();

    public Task SetNormalizedUserNameAsync(Account user, string? normalizedName, CancellationToken cancellationToken) => throw Never();

    public Task<Account?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => throw Never();

    public Task<IdentityResult> CreateAsync(Account user, CancellationToken cancellationToken) => throw Never();

    public Task<IdentityResult> UpdateAsync(Account user, CancellationToken cancellationToken) => throw Never();

    public Task<IdentityResult> DeleteAsync(Account user, CancellationToken cancellationToken) => throw Never();

    public Task AddOrUpdatePasskeyAsync(Account user, UserPasskeyInfo passkey, CancellationToken cancellationToken) => throw Never();

    public Task RemovePasskeyAsync(Account user, byte[] credentialId, CancellationToken cancellationToken) => throw Never();

    public void Dispose()
    {
        // The stores are not its own.
    }

    // No attestation is asked for, so what a key said of itself when it was made is not kept.
    private static UserPasskeyInfo Info(Passkey key) => new(
        key.CredentialId, key.PublicKey, key.AddedAt, (uint)key.SignCount, [.. key.Transports], isUserVerified: true, key.IsBackupEligible, key.IsBackedUp, [], []);

    private static NotSupportedException Never() => new("The passkey handler only reads.");
}
