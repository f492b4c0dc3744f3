namespace Plr.Core.Accounts;

/// <summary>Hashes passwords, slowly and with a salt. How, the server says.</summary>
public interface IPasswordHasher
{
    /// <summary>What is stored of a password.</summary>
    string Hash(string password);

    /// <summary>Whether the password is the one that was hashed. Without a hash the answer is no, after as much work as with one.</summary>
    bool IsRight(string? hash, string password);
}
