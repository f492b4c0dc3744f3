using Plr.Core.Accounts;

namespace Plr.Core.Tests.Accounts;

public sealed class EmailAddressesTests
{
    [Theory]
    [InlineData("sian@example.org")]
    [InlineData("  sian.rees+plr@mail.example.org ")]
    [InlineData("o'neill@school.academy")]
    [InlineData("x@xn--bcher-kva.example")]
    [InlineData("x@b\u00fccher.example")]
    [InlineData("!#$%&'*+-/=?^_`{|}~@example.org")]
    public void An_address_that_mail_can_go_to_is_one(string address) => Assert.True(EmailAddresses.IsOne(address));

    [Theory]
    [InlineData("a<b@example.org")]
    [InlineData("a,b@example.org")]
    [InlineData("a b@example.org")]
    [InlineData("a@b@example.org")]
    [InlineData("\"a b\"@example.org")]
    [InlineData(".a@example.org")]
    [InlineData("a.@example.org")]
    [InlineData("a..b@example.org")]
    [InlineData("\u0175@example.org")]
    [InlineData("@example.org")]
    [InlineData("a@")]
    [InlineData("a")]
    [InlineData("a@example")]
    [InlineData("a@example..org")]
    [InlineData("a@.example.org")]
    [InlineData("a@example.org.")]
    [InlineData("a@-example.org")]
    [InlineData("a@example_1.org")]
    [InlineData("a@127.0.0.1")]
    [InlineData("a@[127.0.0.1]")]
    public void An_address_that_no_mail_can_go_to_is_none(string address) => Assert.False(EmailAddresses.IsOne(address));

    [Fact]
    public void A_local_part_has_at_most_64_characters_and_a_label_of_the_domain_63()
    {
        Assert.True(EmailAddresses.IsOne(new string('a', 64) + "@example.org"));
        Assert.False(EmailAddresses.IsOne(new string('a', 65) + "@example.org"));
        Assert.True(EmailAddresses.IsOne($"a@{new string('b', 63)}.org"));
        Assert.False(EmailAddresses.IsOne($"a@{new string('b', 64)}.org"));
    }

    [Fact]
    public void An_account_is_still_looked_for_under_an_address_that_was_taken_before() => Assert.True(EmailAddresses.MayBeOne("a<b@example.org"));
}
