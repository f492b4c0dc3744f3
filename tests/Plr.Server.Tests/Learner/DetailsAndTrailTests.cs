using System.Net;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Plr.Core;
using Plr.Core.Audit;
using Plr.Core.LearningEvents;
using Plr.Server.Web;
using Plr.Testing;

namespace Plr.Server.Tests.Learner;

public sealed class DetailsAndTrailTests : LearnerPages
{
    [Fact]
    public async Task The_details_say_everything_that_is_held_and_what_is_not()
    {
        var page = await Site.OpenAsync("/learner/details", Account);

        Assert.Equal("Your details", page.Heading());
        Assert.Equal("Female", page.SummaryListValue("Gender"));
        Assert.Equal("LL57 1DT", page.SummaryListValue("Last known postcode"));
        Assert.Equal("Passport", page.SummaryListValue("Checked by"));
        Assert.Equal("Not held", page.SummaryListValue("Previous family name"));
        Assert.Equal("23 November 2026", page.SummaryListValue("Registered on"));
        Assert.Contains("Schools, colleges and training providers that enrol or advise you can see your qualifications.", page.Text, StringComparison.Ordinal);
        Assert.Contains("Tell your school, college or training provider", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_details_speak_Welsh()
    {
        var page = await Site.OpenAsync("/cy/learner/details", Account);

        Assert.Equal(("Eich manylion", "Benyw", "Heb ei gadw"), (page.Heading(), page.SummaryListValue("Rhywedd"), page.SummaryListValue("Cyfenw blaenorol")));
    }

    [Theory]
    [InlineData("0", "Not shared: you have not been shown the privacy notice")]
    [InlineData("2", "Not shared: you opted out")]
    public async Task The_ability_to_share_is_told_in_words(string share, string words)
    {
        var text = A.Learner("Gareth", "Lloyd") with { AbilityToShare = share };
        var account = await Site.Seed.LearnerAccountAsync(await Site.Seed.RegisterAsync(text, Huw), text);

        Assert.Equal(words, (await Site.OpenAsync("/learner", account)).SummaryListValue("Who can see your record"));
        Assert.Contains(words, (await Site.OpenAsync("/learner/details", account)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_trail_says_who_looked_why_and_through_what()
    {
        var access = new Access(Huw.Actor, Channel.Portal, Purpose.AdviceAndGuidance, "test");
        await Site.Services.GetRequiredService<GetLearningEvents>().RunAsync(Amelia, null, access);
        await Site.Seed.AchieveAsync(Aqa, A.AchievementOf(Amelia, A.Learner(), Maths, "2024-08-22", "5"));

        var page = await Site.OpenAsync("/learner/who-has-looked/entries", Account);
        var rows = page.TableRows("4 entries, newest first");

        Assert.Equal("Every time somebody looked", page.Heading());
        Assert.Equal(
            ["23 November 2026, 12:00pm", "AQA Education", $"Added a qualification {page.Document.QuerySelector("td a")!.TextContent}", "To award or correct a qualification", "The web site for organisations"],
            rows[0]);
        Assert.Equal(["23 November 2026, 12:00pm", "Coleg Dyffryn Huw Pugh", "Looked at your whole record", "To give you advice and guidance", "The web site for organisations"], rows[1]);
        Assert.Equal("The register office", rows[2][1]);
        Assert.Equal("Registered you and gave you your ULN", rows[3][2]);
        var link = page.Document.QuerySelector("td a")!.GetAttribute("href")!;
        Assert.Equal("GCSE Mathematics", (await Site.OpenAsync(link, Account)).Heading());
    }

    [Fact]
    public async Task What_the_learner_did_themselves_is_shown_when_they_ask()
    {
        await Site.OpenAsync("/learner", Account);

        var hidden = await Site.OpenAsync("/learner/who-has-looked/entries", Account);
        var shown = await Site.OpenAsync(hidden.Link("Show what I did"), Account);
        var tudalen = await Site.OpenAsync("/cy/learner/who-has-looked/entries?own=show", Account);

        Assert.DoesNotContain(hidden.TableRows("2 entries, newest first"), row => row[1] == "You");
        Assert.Contains(shown.TableRows("6 entries, newest first"), row => row[1] == "You" && row[2] == "Looked at your whole record" && row[3] == "Your own record");
        Assert.Contains(shown.TableRows("6 entries, newest first"), row => row[1] == "You" && row[2] == "Signed in" && row[4] == "This web site, as a learner");
        Assert.Contains(tudalen.TableRows("Cofnodion: 7, y diweddaraf yn gyntaf"), row => row[1] == "Chi" && row[2] == "Edrych ar eich cofnod cyfan");
    }

    [Fact]
    public async Task A_long_trail_has_pages_of_twenty_five()
    {
        var access = new Access(Huw.Actor, Channel.Portal, Purpose.Enrolment, "test");
        var get = Site.Services.GetRequiredService<GetLearningEvents>();
        for (var i = 0; i < 30; i++)
        {
            await get.RunAsync(Amelia, null, access);
        }

        var first = await Site.OpenAsync("/learner/who-has-looked/entries", Account);
        var second = await Site.OpenAsync(first.Link("Older"), Account);

        Assert.Equal(25, first.TableRows("32 entries, newest first").Count);
        Assert.Equal(7, second.TableRows("32 entries, newest first").Count);
        Assert.Contains("Page 2 of 2", second.Text, StringComparison.Ordinal);
        Assert.True(second.HasLink("Newer"));
        Assert.False(second.HasLink("Older"));
        Assert.Equal(HttpStatusCode.NotFound, (await Site.OpenAsync("/learner/who-has-looked/entries?number=3", Account)).Response.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await Site.OpenAsync("/learner/who-has-looked/entries?number=0", Account)).Response.StatusCode);
    }

    [Fact]
    public void Every_action_channel_and_purpose_of_the_trail_has_its_words()
    {
        var texts = new Texts();
        var actions = typeof(AuditAction).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => field.GetValue(null)).OfType<AuditAction>().ToList();

        Assert.True(actions.Count > 20);
        Assert.All(actions, action => Assert.NotEmpty(texts[$"Audit.Action.{action.Word}"]));
        Assert.All(Enum.GetValues<Channel>(), channel => Assert.NotEmpty(texts[$"Audit.Channel.{channel.Word()}"]));
        Assert.All(Enum.GetValues<Purpose>(), purpose => Assert.NotEmpty(texts[$"Audit.Purpose.{purpose.Word()}"]));
    }
}
