using System.Globalization;
using Plr.Core.Accounts;
using Plr.Core.Responses;
using Plr.Core.Text;

namespace Plr.Core.Sharing;

/// <summary>What a share may be (DECISIONS, "Roles, purposes, levels": up to 30 days from L2, longer with L3).</summary>
public static class ShareRules
{
    /// <summary>The days that pages offer.</summary>
    public static IReadOnlyList<int> Days { get; } = [1, 7, 28, 90];

    /// <summary>How long a share lasts at most.</summary>
    public const int LongestDays = 365;

    /// <summary>For how many days whoever left an address is told of corrections; then it is forgotten.</summary>
    public const int ToldDays = 365;

    /// <summary>For how long a report that a learner was given can be checked.</summary>
    public const int ReportDays = 365;

    /// <summary>How long at most with a connection of <see cref="ConnectionLevel.L2"/>.</summary>
    public const int LongestDaysOfL2 = 30;

    /// <summary>The most looks that can be asked for; beyond it there is no limit to set.</summary>
    public const int MostViews = 100;

    /// <summary>How many shares of one learner may be open at once.</summary>
    public const int MostOpen = 50;

    /// <summary>For how many days somebody may share.</summary>
    public static int LongestDaysFor(Actor actor) => actor.Level >= ConnectionLevel.L3 ? LongestDays : LongestDaysOfL2;

    /// <summary>What is wrong with the terms.</summary>
    public static IReadOnlyList<Finding> Check(ShareTerms terms, Actor actor, DateTimeOffset now)
    {
        var findings = new List<Finding>();
        if (terms.Events is { Count: 0 })
        {
            findings.Add(Wrong("Events", FindingRules.Missing));
        }

        findings.AddRange(CheckText("ForWhom", terms.ForWhom));
        findings.AddRange(CheckText("Reason", terms.Reason));
        if (terms.EndsAt <= now)
        {
            findings.Add(Wrong("EndsAt", FindingRules.NotInTheFuture));
        }
        else if (terms.EndsAt - now > TimeSpan.FromDays(LongestDaysFor(actor) + 1))
        {
            findings.Add(Wrong("EndsAt", FindingRules.TooFar, LongestDaysFor(actor)));
        }

        if (terms.MostViews is < 1 or > MostViews)
        {
            findings.Add(Wrong("MostViews", FindingRules.NotBetween, 1, MostViews));
        }

        return findings;
    }

    /// <summary>What is wrong with one of the learner's texts.</summary>
    public static IReadOnlyList<Finding> CheckText(string field, string? text) => text?.Trim() switch
    {
        { Length: > ShareTerms.LongestText } => [Wrong(field, FindingRules.TooLong, ShareTerms.LongestText)],
        { } said when WireText.FirstFlaw(said) is { } flaw => [Wrong(field, FindingRules.BadCharacters, flaw.Position + 1)],
        _ => [],
    };

    private static Finding Wrong(string field, FindingRule rule, params int[] values) =>
        new(ResponseCodes.DetailsIncorrect, field, rule, [.. values.Select(value => value.ToString(CultureInfo.InvariantCulture))]);
}
