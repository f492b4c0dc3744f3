using System.Globalization;
using System.Text;
using Plr.Core.Responses;
using Plr.Core.Text;

namespace Plr.Core.Accounts;

/// <summary>
/// What a password may be: 8 to 1,000 characters of any kind. No rule about capitals, digits or signs: such rules make worse passwords
/// (NIST SP 800-63B, 3.1.1). And how long a wrong one makes the next wait.
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

    /// <summary>A password as it is hashed: keyboards encode one letter with its accent in several ways. Only for one that <see cref="Check"/> finds nothing wrong with.</summary>
    public static string Canonical(string password) => password.Normalize(NormalizationForm.FormKC);

    /// <summary>How long no password is tried after so many wrong ones: 5 seconds after the third, doubling up to 15 minutes.</summary>
    public static TimeSpan WaitAfter(int failedAttempts)
    {
        var doublings = failedAttempts - FreeAttempts - 1;
        return doublings < 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Min(LongestWaitSeconds, FirstWaitSeconds * Math.Pow(2, Math.Min(doublings, 20))));
    }

    private static Finding Wrong(FindingRule rule, params int[] values) =>
        new(ResponseCodes.DetailsIncorrect, "Password", rule, [.. values.Select(value => value.ToString(CultureInfo.InvariantCulture))]);
}
