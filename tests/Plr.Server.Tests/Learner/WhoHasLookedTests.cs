using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Plr.Core;
using Plr.Core.LearningEvents;
using Plr.Testing;

namespace Plr.Server.Tests.Learner;

public sealed class WhoHasLookedTests : LearnerPages
{
    private GetLearningEvents Get => Site.Services.GetRequiredService<GetLearningEvents>();

    [Fact]
    public async Task Whoever_looked_is_named_once_with_how_often_what_for_and_when()
    {
        await LookAsync(Purpose.Enrolment);
        Site.Time.Advance(TimeSpan.FromDays(2));
        await LookAsync(Purpose.AdviceAndGuidance);

        var page = await Site.OpenAsync("/learner/who-has-looked", Account);
        var rows = page.TableRows("Who looked, the latest first: 2");

        Assert.Equal("Who has looked at my record", page.Heading());
        Assert.Equal(
            [
                "Coleg Dyffryn", "3 times", "Looked at your whole record. Registered you and gave you your ULN",
                "To give you advice and guidance. To register or enrol you", "23 November 2026, 12:00pm", "25 November 2026, 12:00pm",
            ],
            rows[0]);
        Assert.Equal(("The register office", "once"), (rows[1][0], rows[1][1]));
    }

    [Fact]
    public async Task One_of_them_opens_to_every_time_they_looked()
    {
        await LookAsync(Purpose.Enrolment);

        var page = await Site.OpenAsync((await Site.OpenAsync("/learner/who-has-looked", Account)).Link("Coleg Dyffryn"), Account);

        Assert.Equal("Every time, by Coleg Dyffryn", page.Heading());
        Assert.All(page.TableRows("2 entries, newest first"), row => Assert.Equal("Coleg Dyffryn Huw Pugh", row[1]));
        Assert.Equal("/learner/who-has-looked", page.Link("Back"));
    }

    [Fact]
    public async Task The_pages_of_one_who_looked_often_stay_with_them()
    {
        for (var i = 0; i < 26; i++)
        {
            await LookAsync(Purpose.Enrolment);
        }

        var first = await Site.OpenAsync((await Site.OpenAsync("/learner/who-has-looked", Account)).Link("Coleg Dyffryn"), Account);
        var second = await Site.OpenAsync(first.Link("Older"), Account);

        Assert.Equal(("Every time, by Coleg Dyffryn", 2), (second.Heading(), second.TableRows("27 entries, newest first").Count));
    }

    [Fact]
    public async Task The_learner_is_among_them_when_they_ask()
    {
        await Site.OpenAsync("/learner", Account);

        var hidden = await Site.OpenAsync("/learner/who-has-looked", Account);
        var shown = await Site.OpenAsync(hidden.Link("Show what I did"), Account);
        var own = await Site.OpenAsync(shown.Link("You"), Account);

        Assert.DoesNotContain(hidden.TableRows("Who looked, the latest first: 2"), row => row[0] == "You");
        Assert.Contains(shown.TableRows("Who looked, the latest first: 3"), row => row[0] == "You");
        Assert.Equal("Every time, by You", own.Heading());
        Assert.Contains("Looked at your whole record", own.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_than_a_page_of_them_has_pages()
    {
        for (var i = 0; i < 25; i++)
        {
            var other = await Site.Seed.CollegePersonAsync(await Site.Seed.CollegeAsync($"Coleg {i:00}", $"{20_000_000 + i}"), $"Person {i}");
            await Get.RunAsync(Amelia, null, Seeds.AccessOf(other, Purpose.Enrolment));
        }

        var first = await Site.OpenAsync("/learner/who-has-looked", Account);
        var second = await Site.OpenAsync(first.Link("Older"), Account);

        Assert.Equal((25, 2), (first.TableRows("Who looked, the latest first: 27").Count, second.TableRows("Who looked, the latest first: 27").Count));
        Assert.Equal(HttpStatusCode.NotFound, (await Site.OpenAsync("/learner/who-has-looked?number=3", Account)).Response.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await Site.OpenAsync("/learner/who-has-looked?number=0", Account)).Response.StatusCode);
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("somebody")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    public async Task One_who_did_not_look_is_not_found(string who) =>
        Assert.Equal(HttpStatusCode.NotFound, (await Site.OpenAsync("/learner/who-has-looked/entries?who=" + who, Account)).Response.StatusCode);

    [Fact]
    public async Task The_pages_speak_Welsh()
    {
        await LookAsync(Purpose.Enrolment);

        var page = await Site.OpenAsync("/cy/learner/who-has-looked", Account);

        Assert.Equal("2 gwaith", page.TableRows("Pwy edrychodd, y diweddaraf yn gyntaf: 2").Single(row => row[0] == "Coleg Dyffryn")[1]);
        Assert.Equal("Pob tro, gan Coleg Dyffryn", (await Site.OpenAsync(page.Link("Coleg Dyffryn"), Account)).Heading());
        Assert.Equal("Pob tro yr edrychodd rhywun", (await Site.OpenAsync(page.Link("Gweld pob tro yr edrychodd rhywun"), Account)).Heading());
    }

    private Task<GetLearningEvents.Answer> LookAsync(Purpose purpose) => Get.RunAsync(Amelia, null, Seeds.AccessOf(Huw, purpose));
}
