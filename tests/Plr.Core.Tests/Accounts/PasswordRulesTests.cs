using Plr.Core.Accounts;
using Plr.Core.Organisations;

namespace Plr.Core.Tests.Accounts;

public sealed class PasswordRulesTests
{
    [Theory]
    [InlineData(null, "Password is missing")]
    [InlineData("", "Password is missing")]
    [InlineData("1234567", "Password is shorter than 8 characters")]
    [InlineData("👩🏽👩🏽👩🏽1", "Password is shorter than 8 characters")]
    [InlineData("1234567\0", "Password has a character at position 8 that cannot be stored")]
    public void A_password_that_cannot_be_used_is_refused_with_the_reason(string? password, string expected) =>
        Assert.Equal(expected, Assert.Single(PasswordRules.Check(password)).Text);

    [Theory]
    [InlineData("password")]
    [InlineData("PassWord")]
    [InlineData("12345678")]
    [InlineData("iloveyou")]
    [InlineData("\uFF50\uFF41\uFF53\uFF53\uFF57\uFF4F\uFF52\uFF44")]
    [InlineData("Personal Learning Record")]
    [InlineData("personal-learning-record1")]
    [InlineData("Learning2026")]
    [InlineData("si\u00e2n rees")]
    [InlineData("Pritchard1")]
    [InlineData("s.pritchard@example.org")]
    [InlineData("s.pritchard!")]
    public void A_new_password_that_is_tried_first_is_refused(string password) => Assert.Equal(
        "Password is easily guessed: it is a common password, or made of the service's name or your own",
        Assert.Single(PasswordRules.CheckNew(password, ["Personal Learning Record", "Si\u00e2n Rees Pritchard", "s.pritchard@example.org", "Si\u00e2n Rees", null])).Text);

    [Theory]
    [InlineData("correct horse battery staple")]
    [InlineData("my learning is my own")]
    [InlineData("83402917")]
    public void A_new_password_that_nobody_tries_first_is_taken(string password) =>
        Assert.Empty(PasswordRules.CheckNew(password, ["Personal Learning Record", "Si\u00e2n Pritchard", "s.pritchard@example.org"]));

    // In a fact of its own: attributes are stored as UTF-8, which has no half characters.
    [Fact]
    public void A_password_with_half_a_character_is_refused() =>
        Assert.Equal("Password has a character at position 8 that cannot be stored", Assert.Single(PasswordRules.Check("1234567" + '\uD800')).Text);

    [Theory]
    [InlineData("        ")]
    [InlineData("12345678")]
    [InlineData("ŵŷ cwtsh")]
    [InlineData("correct horse battery staple")]
    public void Eight_characters_of_any_kind_are_a_password(string password) => Assert.Empty(PasswordRules.Check(password));

    [Fact]
    public void A_password_may_have_a_thousand_characters_and_no_more()
    {
        Assert.Empty(PasswordRules.Check(new string('a', 1000)));
        Assert.Equal("Password is longer than 1000 characters", Assert.Single(PasswordRules.Check(new string('a', 1001))).Text);
    }

    [Fact]
    public void One_letter_encoded_in_two_ways_is_one_password() =>
        Assert.Equal(PasswordRules.Canonical("cyf\u0177ng-12"), PasswordRules.Canonical("cyfy\u0302ng-12"));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(3, 5)]
    [InlineData(4, 10)]
    [InlineData(5, 20)]
    [InlineData(10, 640)]
    [InlineData(11, 900)]
    [InlineData(12, 900)]
    [InlineData(int.MaxValue, 900)]
    public void Waiting_begins_after_the_third_wrong_password_and_doubles_up_to_a_quarter_of_an_hour(int failed, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), PasswordRules.WaitAfter(failed));

    [Fact]
    public void A_session_is_lengthened_by_use_but_never_over_the_longest()
    {
        var begun = new DateTimeOffset(2026, 11, 23, 6, 0, 0, TimeSpan.Zero);
        var rules = new SessionRules(TimeSpan.FromMinutes(30), TimeSpan.FromHours(12));
        Assert.Equal(begun.AddHours(0.5), rules.ExpiresAt(begun, begun));
        Assert.Equal(begun.AddHours(11.5), rules.ExpiresAt(begun, begun.AddHours(11)));
        Assert.Equal(begun.AddHours(12), rules.ExpiresAt(begun, begun.AddHours(11.75)));
    }

    [Fact]
    public void Secrets_differ_and_are_stored_as_their_hash()
    {
        var secrets = Enumerable.Range(0, 100).Select(_ => Secret.New()).ToList();
        Assert.Equal(100, secrets.Distinct().Count());
        Assert.All(secrets, secret => Assert.Matches("^[A-Za-z0-9_-]{43}$", secret));
        Assert.Equal(32, Secret.Hash(secrets[0]).Length);
        Assert.Equal(Secret.Hash(secrets[0]), Secret.Hash(secrets[0]));
        Assert.NotEqual(Secret.Hash(secrets[0]), Secret.Hash(secrets[1]));
    }

    [Fact]
    public void What_is_typed_to_sign_in_never_shows_in_a_text_of_the_request()
    {
        Assert.DoesNotContain("opensesame", new SignIn.Request("a@example.org", "opensesame").ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("token-1", new SignInByLink.Request("token-1").ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("RN5196", "RN5196")]
    [InlineData("xx1303", "XX1303")]
    [InlineData("RN519", null)]
    [InlineData("RN51966", null)]
    [InlineData("R15196", null)]
    [InlineData("RN519A", null)]
    [InlineData("RŴ5196", null)]
    [InlineData(" RN5196", null)]
    [InlineData(null, null)]
    public void A_recognition_number_is_two_letters_and_four_digits(string? text, string? expected)
    {
        Assert.Equal(expected is not null, RecognitionNumber.TryParse(text, out var number));
        Assert.Equal(expected, number);
    }
}
