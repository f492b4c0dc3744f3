using System.Security.Cryptography;

namespace Plr.Core.Accounts;

/// <summary>
/// A recovery code: twelve letters and digits in three groups (<c>7KQ2-M9XD-4HTB</c>), 60 random bits, without those that look alike. The store
/// keeps a keyed hash of it: 60 bits are too few for a plain hash, which whoever steals the database could search through, and quite enough when the
/// key is not in the database. Each is used once.
/// </summary>
public static class RecoveryCode
{
    /// <summary>How many somebody gets at a time.</summary>
    public const int Many = 10;

    private const string Letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Length = 12;
    private const int Group = 4;

    /// <summary>A fresh set.</summary>
    public static IReadOnlyList<string> NewSet() => [.. Enumerable.Range(0, Many).Select(_ => New())];

    /// <summary>What was typed as the code is hashed: upper case, without hyphens and blanks, O as 0 and I and L as 1. Null when it is none.</summary>
    public static string? Canonical(string? typed)
    {
        if (typed is null or { Length: > 64 })
        {
            return null;
        }

        var code = string.Concat(typed.Where(c => c != '-' && !char.IsWhiteSpace(c)).Select(c => char.ToUpperInvariant(c) switch
        {
            'O' => '0',
            'I' or 'L' => '1',
            var other => other,
        }));
        return code.Length == Length && code.All(Letters.Contains) ? code : null;
    }

    private static string New()
    {
        var code = RandomNumberGenerator.GetString(Letters, Length);
        return string.Join('-', Enumerable.Range(0, Length / Group).Select(group => code.Substring(group * Group, Group)));
    }
}
