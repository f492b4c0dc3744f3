using System.Security.Cryptography;
using Plr.Core.Accounts;
using Plr.Core.LearningEvents;
using Plr.Core.Responses;
using Plr.Core.Sharing;

namespace Plr.Core.Tests.Sharing;

public class ShareTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly ShareTerms Week = new() { Fields = ShareFields.Grade, EndsAt = Noon.AddDays(7) };

    [Fact]
    public void A_code_has_nine_characters_that_look_like_no_other_and_is_read_however_it_is_typed()
    {
        for (var i = 0; i < 500; i++)
        {
            var code = ShareCode.Of(RandomNumberGenerator.GetBytes(16));

            Assert.Matches("^([34679ACDEFGHJKMNPQRTWXY]{3}-){2}[34679ACDEFGHJKMNPQRTWXY]{3}$", code.ToString());
            foreach (var typed in new[] { code.Value, code.ToString().ToLowerInvariant(), $" {code.ToString().Replace('-', ' ')} " })
            {
                Assert.True(ShareCode.TryParse(typed, out var read));
                Assert.Equal(code, read);
            }
        }
    }

    [Fact]
    public void The_same_bytes_make_the_same_code_and_each_bit_counts()
    {
        var bytes = new byte[16];
        Assert.Equal(ShareCode.Of(bytes), ShareCode.Of(new byte[16]));
        bytes[0] = 1;
        Assert.NotEqual(ShareCode.Of(bytes), ShareCode.Of(new byte[16]));
    }

    [Fact]
    public void A_wrong_character_and_two_exchanged_are_caught()
    {
        var value = ShareCode.Of(RandomNumberGenerator.GetBytes(16)).Value;
        for (var place = 0; place < value.Length; place++)
        {
            Assert.DoesNotContain("34679ACDEFGHJKMNPQRTWXY".Where(other => other != value[place]), other => ShareCode.TryParse(value[..place] + other + value[(place + 1)..], out _));
        }

        Assert.False(ShareCode.TryParse("3AC7DE9FO", out _));
        Assert.False(ShareCode.TryParse("", out _));
        Assert.False(ShareCode.TryParse(null, out _));
        Assert.False(ShareCode.TryParse(value + "3", out _));
    }

    [Theory]
    [InlineData(ConnectionLevel.L2, 30, null)]
    [InlineData(ConnectionLevel.L2, 31, "TooFar")]
    [InlineData(ConnectionLevel.L3, 365, null)]
    [InlineData(ConnectionLevel.L3, 366, "TooFar")]
    [InlineData(ConnectionLevel.L3, 0, "NotInTheFuture")]
    public void How_long_depends_on_how_sure_the_connection_is(ConnectionLevel level, int days, string? rule)
    {
        var actor = new Actor(Roles.Learner) { Level = level };

        // A share ends with its last day: up to a day later than the days say.
        var findings = ShareRules.Check(Week with { EndsAt = Noon.AddDays(days).AddHours(days == 0 ? 0 : 12) }, actor, Noon);

        Assert.Equal(rule, findings.SingleOrDefault()?.Rule.Name);
    }

    [Theory]
    [InlineData(0, "NotBetween")]
    [InlineData(1, null)]
    [InlineData(100, null)]
    [InlineData(101, "NotBetween")]
    [InlineData(null, null)]
    public void How_often_is_a_number_or_no_limit(int? views, string? rule) =>
        Assert.Equal(rule, ShareRules.Check(Week with { MostViews = views }, Actor.Nobody, Noon).SingleOrDefault()?.Rule.Name);

    [Theory]
    [InlineData(200, null)]
    [InlineData(201, "TooLong")]
    public void A_name_has_at_most_two_hundred_characters(int length, string? rule) =>
        Assert.Equal(rule, ShareRules.CheckText("ForWhom", new string('x', length)).SingleOrDefault()?.Rule.Name);

    [Fact]
    public void Text_that_cannot_be_stored_is_found() => Assert.Equal(FindingRules.BadCharacters, ShareRules.CheckText("Reason", "a\0b").Single().Rule);

    [Fact]
    public void A_share_is_open_until_its_last_moment_its_last_look_or_its_owners_word()
    {
        var share = new Share(Guid.Empty, Plr.Core.Learners.Uln.Parse("9276308686"), Week with { MostViews = 2 }, Noon, null, 1, 1);

        Assert.Equal(ShareState.Open, share.StateAt(Noon.AddDays(7).AddTicks(-1)));
        Assert.Equal(ShareState.Over, share.StateAt(Noon.AddDays(7)));
        Assert.Equal(ShareState.UsedUp, (share with { Views = 2 }).StateAt(Noon));
        Assert.Equal(ShareState.Ended, (share with { EndedAt = Noon, Views = 2 }).StateAt(Noon.AddDays(9)));
    }

    [Fact]
    public void Of_all_qualifications_one_that_was_withdrawn_before_is_left_out_and_one_withdrawn_since_is_shown_as_such()
    {
        var share = new Share(Guid.Empty, Plr.Core.Learners.Uln.Parse("9276308686"), Week, Noon, null, 0, 1);
        LearningEvent[] events = [Event(1, EventStatus.Final, Noon.AddDays(-9)), Event(2, EventStatus.Withdrawn, Noon.AddDays(-1)), Event(3, EventStatus.Withdrawn, Noon.AddDays(1))];

        Assert.Equal([1, 3], share.Shown(events).Select(learned => learned.Id));
        Assert.Equal([2], (share with { Terms = Week with { Events = [2, 7] } }).Shown(events).Select(learned => learned.Id));
    }

    private static LearningEvent Event(int id, EventStatus status, DateTimeOffset at) => new(
        id, 1, new() { Source = EventSource.AO, Status = status, Subject = "History", SubjectCode = "603/2000/2" },
        new(at, null, null, Channel.Batch, null, null, AchievementAction.Create, null, null), at, false);
}
