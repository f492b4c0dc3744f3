using Plr.Core.Accounts;
using Plr.Core.Mail;

namespace Plr.Core.Tests.Accounts;

public class FactorRuleTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly SessionRules Rules = new(TimeSpan.FromMinutes(30), TimeSpan.FromHours(12));

    [Theory]
    [InlineData(Roles.Learner, false, FactorState.Done)]
    [InlineData(Roles.Learner, true, FactorState.ToGive)]
    [InlineData(Roles.LrbOnline, false, FactorState.ToSetUp)]
    [InlineData(Roles.OfficeSenior, false, FactorState.ToSetUp)]
    [InlineData(Roles.OfficeSenior, true, FactorState.ToGive)]
    [InlineData(Roles.Learner | Roles.OfficeAgent, false, FactorState.ToSetUp)]
    public void Who_has_a_second_factor_gives_it_and_who_needs_one_sets_it_up(Roles roles, bool hasOne, FactorState expected)
    {
        Assert.Equal(expected, Rules.FactorOf(New(roles, hasOne), null));
        Assert.Equal(FactorState.Done, Rules.FactorOf(New(roles, hasOne), Noon));
    }

    [Fact]
    public void The_demo_asks_nobody_and_a_setting_asks_learners_too()
    {
        Assert.Equal(FactorState.Done, (Rules with { PeopleNeedFactor = false }).FactorOf(New(Roles.OfficeSenior, false), null));
        Assert.Equal(FactorState.ToSetUp, (Rules with { LearnersNeedFactor = true }).FactorOf(New(Roles.Learner, false), null));
    }

    [Theory]
    [InlineData(Roles.Learner, FactorState.Done)]
    [InlineData(Roles.OfficeSenior, FactorState.ToGive)]
    public void A_passkey_alone_is_a_second_factor_for_whoever_needs_one_and_only_another_way_in_for_whoever_does_not(Roles roles, FactorState afterPassword)
    {
        var account = New(roles, false) with { HasPasskey = true };

        Assert.Equal(afterPassword, Rules.FactorOf(account, null));
        Assert.Equal(FactorState.Done, Rules.FactorOf(account, Noon));
        Assert.Equal(FactorState.ToGive, Rules.FactorOf(account with { HasApp = true }, null));
    }

    [Fact]
    public void A_session_owes_the_second_factor_until_somebody_says_otherwise() =>
        Assert.Equal(FactorState.ToGive, new SignedIn(Guid.Empty, New(Roles.OfficeSenior, false), null, true, Noon, Noon, false).Actor.Factor);

    [Theory]
    [InlineData("7KQ2-M9XD-4HTB", "7KQ2M9XD4HTB")]
    [InlineData(" 7kq2 m9xd 4htb ", "7KQ2M9XD4HTB")]
    [InlineData("7KQ2-M9XD-4HoI", "7KQ2M9XD4H01")]
    [InlineData("7KQ2-M9XD-4HT", null)]
    [InlineData("7KQ2-M9XD-4HTBB", null)]
    [InlineData("7KQ2-M9XD-4HTU", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_recovery_code_is_read_as_people_type_it(string? typed, string? canonical) => Assert.Equal(canonical, RecoveryCode.Canonical(typed));

    [Fact]
    public void A_fresh_set_has_ten_codes_that_read_back_and_differ()
    {
        var codes = RecoveryCode.NewSet();

        Assert.Equal(10, codes.Distinct().Count());
        Assert.All(codes, code => Assert.Equal(code.Replace("-", "", StringComparison.Ordinal), RecoveryCode.Canonical(code)));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(6, 32)]
    [InlineData(7, 60)]
    [InlineData(1000, 60)]
    public void A_mail_is_tried_again_after_a_minute_then_twice_as_long_at_most_an_hour(int attempts, int minutes) =>
        Assert.Equal(Noon.AddMinutes(minutes), MailRules.TryAgainAt(Noon, attempts, Noon));

    [Fact]
    public void A_mail_is_given_up_after_a_day()
    {
        Assert.NotNull(MailRules.TryAgainAt(Noon, 30, Noon.AddHours(23)));
        Assert.Null(MailRules.TryAgainAt(Noon, 30, Noon.AddHours(23).AddSeconds(1)));
    }

    private static Account New(Roles roles, bool hasFactor) =>
        new() { Id = Guid.Empty, Name = "Olwen Rees", Roles = roles, Status = AccountStatus.Active, CreatedAt = Noon, HasApp = hasFactor };
}
