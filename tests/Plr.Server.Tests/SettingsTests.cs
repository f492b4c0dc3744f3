using Microsoft.Extensions.Configuration;

namespace Plr.Server.Tests;

public sealed class SettingsTests
{
    [Fact]
    public void Nothing_set_is_every_default() => Assert.Equal(new Settings(), Read());

    [Fact]
    public void What_is_set_comes_over_the_default_and_the_rest_stays()
    {
        var settings = Read(("servicename", "Skills Passport"), ("Operator:Email", "a@example.org"), ("LargestRequestMiB", "12"));

        Assert.Equal(new Settings { ServiceName = "Skills Passport", LargestRequestMiB = 12, Operator = new() { Email = "a@example.org" } }, settings);
    }

    [Theory]
    [InlineData("ServiceNam", "x", "ServiceNam is not a setting; allowed here: ServiceName, ")]
    [InlineData("Operator:Phone", "1", "Operator:Phone is not a setting; allowed here: Name, NameWelsh, Email.")]
    [InlineData("LargestRequestMiB", "much", "LargestRequestMiB is 'much'; allowed: a whole number.")]
    [InlineData("LargestRequestMiB", "99999999999", "LargestRequestMiB is '99999999999'; allowed: a whole number.")]
    [InlineData("LargestRequestMiB", "0", "LargestRequestMiB is '0'; allowed: 1 to 2048.")]
    [InlineData("ServiceName", "", "ServiceName must have 1 to 60 characters, not only blanks.")]
    [InlineData("ServiceName", " ", "ServiceName must have 1 to 60 characters, not only blanks.")]
    [InlineData("ServiceNameWelsh", "\u00A0 ", "ServiceNameWelsh must have 1 to 60 characters, not only blanks.")]
    [InlineData("Operator:Name", " ", "Operator:Name and Operator:NameWelsh must not be blank.")]
    [InlineData("Coverage:Areas", "England=2012; Wales", "Coverage:Areas has 'England=2012'; allowed: areas such as England/Lloegr=2012, separated by semicolons.")]
    [InlineData("Coverage:HoldsWelsh", "popeth", "Coverage:Holds and Coverage:HoldsWelsh must have as many parts.")]
    [InlineData("Coverage:MayBeMissing", "", "Coverage:MayBeMissing and Coverage:MayBeMissingWelsh must have as many parts.")]
    [InlineData("TimeZone", "Europe/Atlantis", "TimeZone is 'Europe/Atlantis'; allowed: an IANA name such as Europe/London.")]
    [InlineData("PublicUrl", "http://records.example.org", "PublicUrl is 'http://records.example.org'; allowed: an https address without a path")]
    [InlineData("PublicUrl", "https://example.org/records", "PublicUrl is 'https://example.org/records'; allowed: an https address without a path")]
    [InlineData("PublicUrl", "records", "PublicUrl is 'records'; allowed: an https address without a path")]
    [InlineData("TrustedProxies", "10.0.0.5;proxy.example.org", "TrustedProxies is '10.0.0.5;proxy.example.org'; allowed: addresses and networks")]
    [InlineData("TrustedProxies", "10.0.0.0/40", "TrustedProxies is '10.0.0.0/40'; allowed: addresses and networks")]
    [InlineData("Challenges:SecondReminderWorkingDays", "20", "Challenges allows AnswerWorkingDays 2 to 60, and before it")]
    [InlineData("Challenges:FirstReminderWorkingDays", "0", "Challenges allows AnswerWorkingDays 2 to 60, and before it")]
    [InlineData("Challenges:ExpectedMonths", "4", "Challenges allows ExpectedMonths 1 to 3")]
    [InlineData("Challenges:ProclaimedHolidays", "8 May 2030", "Challenges:ProclaimedHolidays is '8 May 2030'; allowed: days such as 2030-06-03")]
    [InlineData("Challenges:LargestEvidenceMiB", "51", "Challenges allows LargestEvidenceMiB 1 to 50")]
    [InlineData("Urls", "5080", "Urls is '5080'; allowed: http or https addresses")]
    public void What_is_not_allowed_is_refused_with_what_is(string key, string value, string message)
    {
        var refused = Assert.Throws<InvalidSettingsException>(() => Read((key, value)));

        Assert.StartsWith(message, Assert.Single(refused.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_wrong_setting_is_told_at_once() =>
        Assert.Equal(2, Assert.Throws<InvalidSettingsException>(() => Read(("A", "1"), ("LargestRequestMiB", "x"))).Problems.Count);

    [Theory]
    [InlineData("", "http://localhost:5080", "http://localhost:5080/")]
    [InlineData("", "http://*:8080;https://*:8081", "http://localhost:8080/")]
    [InlineData("https://records.example.org", "http://localhost:5080", "https://records.example.org/")]
    public void The_public_address_is_what_is_set_or_where_the_server_listens(string publicUrl, string urls, string expected) =>
        Assert.Equal(expected, Read(("PublicUrl", publicUrl), ("Urls", urls)).Address().AbsoluteUri);

    private static Settings Read(params (string Key, string Value)[] settings) => SettingsReader.Read(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value))).Build());
}
