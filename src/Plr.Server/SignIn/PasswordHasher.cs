using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Plr.Core.Accounts;

namespace Plr.Server.SignIn;

/// <summary>Passwords hashed as ASP.NET Core Identity does: PBKDF2 with HMAC-SHA-512, a salt each, the count of rounds in the hash.</summary>
public sealed class PasswordHasher : IPasswordHasher
{
    /// <summary>OWASP's Password Storage Cheat Sheet, PBKDF2-HMAC-SHA512.</summary>
    private const int Rounds = 210_000;

    private readonly PasswordHasher<Account> _hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = Rounds }));
    private readonly string _nobodys;

    public PasswordHasher() => _nobodys = Hash(Secret.New());

    public string Hash(string password) => _hasher.HashPassword(null!, password);

    public bool IsRight(string? hash, string password)
    {
        var isRight = _hasher.VerifyHashedPassword(null!, hash ?? _nobodys, password) != PasswordVerificationResult.Failed;
        return isRight && hash is not null;
    }
}
