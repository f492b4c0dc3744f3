using System.Globalization;
using System.Text;
using Plr.Core.Responses;
using Plr.Core.Text;

namespace Plr.Core.Accounts;

/// <summary>
/// What a password may be: 8 to 1,000 characters of any kind. No rule about capitals, digits or signs: such rules make worse passwords
/// (NIST SP 800-63B, 3.1.1.2). A new one is not among those that are tried first: the common ones, the service's name, the person's own. And how long a wrong one makes the next wait.
/// </summary>
public static class PasswordRules
{
    public const int Shortest = 8;

    public const int Longest = 1000;

    /// <summary>Wrong passwords that cost no waiting: people mistype.</summary>
    public const int FreeAttempts = 2;

    private const double FirstWaitSeconds = 5;
    private const double LongestWaitSeconds = 15 * 60;

    /// <summary>What is wrong with a new password; characters are counted as people see code points.</summary>
    public static IReadOnlyList<Finding> Check(string? password)
    {
        if (string.IsNullOrEmpty(password))
        {
            return [Wrong(FindingRules.Missing)];
        }

        if (WireText.FirstFlaw(password) is { } flaw)
        {
            return [Wrong(FindingRules.BadCharacters, flaw.Position + 1)];
        }

        return password.EnumerateRunes().Count() switch
        {
            < Shortest => [Wrong(FindingRules.TooShort, Shortest)],
            > Longest => [Wrong(FindingRules.TooLong, Longest)],
            _ => [],
        };
    }

    /// <summary>What is wrong with a password that is to be set: <see cref="Check"/>, and that it is easily guessed.</summary>
    /// <param name="password">As it was typed.</param>
    /// <param name="known">What anybody knows: the service's names, the person's name and address. Neither they nor a part of them can be it, with digits and signs around it or without.</param>
    public static IReadOnlyList<Finding> CheckNew(string? password, IEnumerable<string?> known)
    {
        if (Check(password) is { Count: > 0 } findings)
        {
            return findings;
        }

        var canonical = Canonical(password!);
        var letters = Letters(canonical);
        return CommonPasswords.Contain(canonical) || (letters.Length > 0 && known.OfType<string>().SelectMany(WithParts).Any(word => Letters(word) == letters))
            ? [Wrong(FindingRules.EasilyGuessed)]
            : [];
    }

    /// <summary>A password as it is hashed: keyboards encode one letter with its accent in several ways. Only for one that <see cref="Check"/> finds nothing wrong with.</summary>
    public static string Canonical(string password) => password.Normalize(NormalizationForm.FormKC);

    /// <summary>How long no password is tried after so many wrong ones: 5 seconds after the third, doubling up to 15 minutes.</summary>
    public static TimeSpan WaitAfter(int failedAttempts)
    {
        var doublings = failedAttempts - FreeAttempts - 1;
        return doublings < 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Min(LongestWaitSeconds, FirstWaitSeconds * Math.Pow(2, Math.Min(doublings, 20))));
    }

    private static IEnumerable<string> WithParts(string text) => text.Split([' ', '@', '.', '-', '_', '+'], StringSplitOptions.RemoveEmptyEntries).Append(text).Append(text.Split('@')[0]);

    /// <summary>What is left without digits, blanks and signs; capital and small letters are one.</summary>
    private static string Letters(string text) => string.Concat(Canonical(text).Where(char.IsLetter)).ToUpperInvariant();

    private static Finding Wrong(FindingRule rule, params int[] values) =>
        new(ResponseCodes.DetailsIncorrect, "Password", rule, [.. values.Select(value => value.ToString(CultureInfo.InvariantCulture))]);
}
