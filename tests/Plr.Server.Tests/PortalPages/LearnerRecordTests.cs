using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Plr.Core;
using Plr.Core.Audit;
using Plr.Core.Learners;
using Plr.Testing;
using Plr.Testing.Pages;

namespace Plr.Server.Tests.PortalPages;

public sealed class LearnerRecordTests(PortalSite portal) : IClassFixture<PortalSite>
{
    private const string Enrolment = "To enrol the learner";

    [Theory]
    [InlineData("", "View record", "Select why you need the record")]
    [InlineData("/cy", "Gweld y cofnod", "Dewiswch pam mae angen y cofnod arnoch")]
    public async Task Nobody_sees_a_record_or_has_a_report_of_it_without_saying_why(string language, string button, string error)
    {
        var learner = A.Learner("Rhodri", "Pam" + (language.Length == 0 ? "En" : "Cy"));
        var uln = await portal.Site.Seed.RegisterAsync(learner, portal.Huw);
        using var browser = await portal.Site.BrowserAsync(portal.Huw);
        var found = await FindLearnerTests.FollowAsync(browser, await FindLearnerTests.AskAsync(browser, uln.ToString(), learner.GivenName!, learner.FamilyName!));
        var address = language + found.Response.RequestMessage!.RequestUri!.AbsolutePath;
        var page = await WebPage.ReadAsync(await browser.GetAsync(address));

        Assert.Empty(page.Document.QuerySelectorAll("input[name=Purpose][checked]"));
        Assert.Equal([(error, (string?)"#Purpose")], (await page.SubmitAsync(browser, button)).ErrorSummary());
        foreach (var opened in new[] { "/record", "/report" })
        {
            var answer = await browser.GetAsync(address + opened);
            Assert.Equal((HttpStatusCode.Redirect, address), (answer.StatusCode, answer.Headers.Location!.OriginalString));
        }

        Assert.All((await TrailAsync(uln)).Lines, line => Assert.DoesNotContain(line.Action, new[] { "record-shown", "report-made" }));
    }

    [Fact]
    public async Task A_record_is_shown_without_withdrawn_events_and_the_trail_says_why_it_was_looked_at()
    {
        var learner = A.Learner("Amelia", "Tregenza");
        var uln = await portal.Site.Seed.RegisterAsync(learner, portal.Huw);
        await portal.Site.Seed.AchieveAsync(
            portal.Awarding,
            A.AchievementOf(uln, learner, PortalSite.Gcse, "2026-08-20", "7"),
            A.AchievementOf(uln, learner, PortalSite.Gcse, "2025-08-21", "3"),
            A.AchievementOf(uln, learner, PortalSite.Gcse, "2025-08-21", "3") with { Action = "3", ActionReason = "Entered in error" });
        var page = await RecordAsync(uln, learner, "To give advice and guidance");

        Assert.Equal("Personal learning record", page.Heading());
        Assert.Equal(
            [["GCSE Mathematics", "GCSE (9 to 1)", "Level 1/Level 2", "7", "AQA Education", "Coleg Dyffryn", "20 August 2026", "Awarding organisation", "Final"]],
            page.TableRows("Learning events, newest first"));
        var (lines, _) = await TrailAsync(uln);
        Assert.Equal(("record-shown", "advice-and-guidance"), (lines[0].Action, lines[0].Purpose));
    }

    [Fact]
    public async Task An_empty_record_says_what_it_covers()
    {
        var learner = A.Learner("Beca", "Llwyd");
        var uln = await portal.Site.Seed.RegisterAsync(learner, portal.Huw);
        var page = await RecordAsync(uln, learner, Enrolment);

        Assert.Contains("There are no learning events on this record yet.", page.Text, StringComparison.Ordinal);
        Assert.Equal("/what-the-record-covers", page.Link("See what the record covers and since when"));
        Assert.Equal("enrolment", (await TrailAsync(uln)).Lines[0].Purpose);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("2")]
    public async Task A_record_that_is_not_shared_has_its_own_page_which_does_not_tell_why(string abilityToShare)
    {
        var learner = A.Learner("Catrin", "Shares" + (abilityToShare == "0" ? "Not" : "Never")) with { AbilityToShare = abilityToShare };
        var uln = await portal.Site.Seed.RegisterAsync(learner, portal.Huw);
        await portal.Site.Seed.AchieveAsync(portal.Awarding, A.AchievementOf(uln, learner, PortalSite.Gcse, "2026-08-20", "7"));
        using var browser = await portal.Site.BrowserAsync(portal.Huw);
        var page = await FindLearnerTests.FollowAsync(browser, await WebPage.ReadAsync(await browser.GetAsync(await RecordAddressAsync(browser, uln, learner))));

        Assert.Equal("This record cannot be shown to you", page.Heading());
        Assert.Contains("Give the learner the privacy notice.", page.Text, StringComparison.Ordinal);
        Assert.Contains("Ask the learner.", page.Text, StringComparison.Ordinal);
        Assert.True(page.HasLink("Record that the learner agrees to share"));
        Assert.All(["Mathematics", "Catrin", "opted out", "not yet"], word => Assert.DoesNotContain(word, page.Text, StringComparison.OrdinalIgnoreCase));
        Assert.Equal("record-refused", (await TrailAsync(uln)).Lines[0].Action);
    }

    [Fact]
    public async Task Who_looks_only_is_told_who_can_record_that_a_learner_agrees_to_share()
    {
        var learner = A.Learner("Nest", "Cuddiedig") with { AbilityToShare = "0" };
        var uln = await portal.Site.Seed.RegisterAsync(learner, portal.Huw);
        using var browser = await portal.Site.BrowserAsync(portal.Gwen);
        var page = await FindLearnerTests.FollowAsync(browser, await WebPage.ReadAsync(await browser.GetAsync(await RecordAddressAsync(browser, uln, learner))));
        var welsh = await WebPage.ReadAsync(await browser.GetAsync("/cy" + page.Response.RequestMessage!.RequestUri!.AbsolutePath));

        Assert.Contains("A colleague who updates learners can record", page.Text, StringComparison.Ordinal);
        Assert.False(page.HasLink("Record that the learner agrees to share"));
        Assert.Contains("Gofynnwch i’r dysgwr.", welsh.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_looks_only_reads_records_too_and_in_Welsh()
    {
        var learner = A.Learner("Dilys", "Gwylio");
        var uln = await portal.Site.Seed.RegisterAsync(learner, portal.Huw);
        using var browser = await portal.Site.BrowserAsync(portal.Gwen);
        var found = await FindLearnerTests.FollowAsync(browser, await FindLearnerTests.AskAsync(browser, uln.ToString(), learner.GivenName!, learner.FamilyName!));
        var welsh = await WebPage.ReadAsync(await browser.GetAsync("/cy" + found.Response.RequestMessage!.RequestUri!.AbsolutePath));
        var page = await FindLearnerTests.FollowAsync(browser, await welsh.SubmitAsync(browser, "Gweld y cofnod", ("I gofrestru’r dysgwr ar gwrs", "")));

        Assert.Equal(("cy", "Cofnod dysgu personol"), (page.Language, page.Heading()));
    }

    /// <summary>Finds the learner, says why, and answers with where the record is.</summary>
    private static async Task<Uri> RecordAddressAsync(HttpClient browser, Uln uln, LearnerText learner)
    {
        var found = await FindLearnerTests.FollowAsync(browser, await FindLearnerTests.AskAsync(browser, uln.ToString(), learner.GivenName!, learner.FamilyName!));
        return (await found.SubmitAsync(browser, "View record", (Enrolment, ""))).Response.Headers.Location!;
    }

    private async Task<WebPage> RecordAsync(Uln uln, LearnerText learner, string purpose)
    {
        using var browser = await portal.Site.BrowserAsync(portal.Huw);
        var found = await FindLearnerTests.FollowAsync(browser, await FindLearnerTests.AskAsync(browser, uln.ToString(), learner.GivenName!, learner.FamilyName!));
        return await FindLearnerTests.FollowAsync(browser, await found.SubmitAsync(browser, "View record", (purpose, "")));
    }

    private Task<(IReadOnlyList<AuditLine> Lines, int Total)> TrailAsync(Uln uln) =>
        portal.Site.Services.GetRequiredService<IAuditTrail>().ReadAsync(uln, 0, 10, Seeds.Upkeep);
}
