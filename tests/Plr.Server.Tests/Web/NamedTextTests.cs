using Plr.Core.LearningEvents;
using Plr.Core.Responses;
using Plr.Server.Files;
using Plr.Server.Web;

namespace Plr.Server.Tests.Web;

/// <summary>Every name that the domain gives to a finding, a fault or an outcome has its words, in both languages.</summary>
public sealed class NamedTextTests
{
    public static TheoryData<string> Names =>
    [
        .. FindingRules.All.Select(rule => $"Findings.{rule.Name}"),
        .. Enum.GetNames<FileFaultCode>().Select(name => $"Findings.{name}"),
        .. Enum.GetNames<EventStatus>().Select(name => $"Findings.State.{name}"),
        .. ResponseCodes.All.Select(code => $"Codes.{code.Name}"),
        .. FailureFlags.All.Select(flag => $"Codes.{flag.Code}"),
        .. Enum.GetNames<AchievementChange>().Select(name => $"Codes.{name}"),
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_name_has_its_words_in_both_languages(string key)
    {
        Assert.NotEqual(In("en-GB", key), In("cy-GB", key));
    }

    [Fact]
    public void A_rules_words_fill_as_many_places_as_its_sentence() =>
        Assert.All(FindingRules.All, rule => Assert.Equal(rule.Text.Contains("{1}", StringComparison.Ordinal), In("en-GB", $"Findings.{rule.Name}").Contains("{1}", StringComparison.Ordinal)));

    private static string In(string language, string key)
    {
        var before = System.Globalization.CultureInfo.CurrentUICulture;
        try
        {
            System.Globalization.CultureInfo.CurrentUICulture = System.Globalization.CultureInfo.GetCultureInfo(language);
            return new Texts()[key];
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentUICulture = before;
        }
    }
}
