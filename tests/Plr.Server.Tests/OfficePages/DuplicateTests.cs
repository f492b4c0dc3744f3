using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Plr.Core;
using Plr.Core.Accounts;
using Plr.Core.Learners;
using Plr.Testing;
using Plr.Testing.Pages;

namespace Plr.Server.Tests.OfficePages;

/// <summary>Possible duplicates and links on the register office's pages.</summary>
public sealed class DuplicateTests(OfficeRegister office) : IClassFixture<OfficeRegister>
{
    private TestSite Site => office.Site;

    [Fact]
    public async Task A_pair_added_by_hand_is_shown_side_by_side_with_the_evidence_in_words()
    {
        var (one, other) = await PairAsync("Heulwen", "Heulwyn");
        using var browser = await Site.BrowserAsync(office.Agent);

        var page = await AddAsync(browser, one, other);

        Assert.Equal("Are these two one person?", page.Heading());
        Assert.DoesNotContain(one.ToString(), Address(page), StringComparison.Ordinal);
        Assert.Contains(["Given name", "Heulwen", "Heulwyn", "Different"], page.TableRows("Both learners, field by field").Select(row => one < other ? row : [row[0], row[2], row[1], row[3]]));
        Assert.Contains(page.TableRows("Both learners, field by field"), row => row[0] == "Last known postcode" && row[3] == "The same");
        Assert.Contains(["Date of birth", "The same"], page.TableRows("What speaks for one person and what for two").Select(row => row.Take(2)));
        Assert.Contains("came on the register", page.Text, StringComparison.Ordinal);
        var welsh = await WebPage.ReadAsync(await browser.GetAsync("/cy" + Address(page)));
        Assert.Equal("Ai un person yw’r ddau hyn?", welsh.Heading());
        Assert.Contains(["Dyddiad geni", "Yr un peth"], welsh.TableRows("Beth sy’n awgrymu un person a beth sy’n awgrymu dau").Select(row => row.Take(2)));
        Assert.True((await WebPage.ReadAsync(await browser.GetAsync("/office/duplicates"))).HasLink(Both(one, other)));
    }

    [Fact]
    public async Task One_officer_proposes_and_another_links_and_unlinks()
    {
        var (one, other) = await PairAsync("Meinir", "Meinyr");
        using var agent = await Site.BrowserAsync(office.Agent);
        using var senior = await Site.BrowserAsync(office.Olwen);
        var pair = await AddAsync(agent, one, other);
        var refused = await pair.SubmitAsync(agent, "Propose to link them");
        Assert.Equal(["Choose which ULN stays", "Enter why, in your own words"], refused.ErrorSummary().Select(error => error.Text));

        var own = await FollowAsync(agent, await pair.SubmitAsync(agent, "Propose to link them", (Choice(one, "Meinir"), ""), ("Why are they one person?", "Same letter of the school.")));
        Assert.Equal("Waits for another officer", own.SummaryListValue("State"));
        Assert.Contains("This is your own proposal", own.Text, StringComparison.Ordinal);
        Assert.Contains(["Alun Agent"], (await WebPage.ReadAsync(await senior.GetAsync("/office/links"))).TableRows("Proposals that wait").Where(row => row[0] == $"Link {other.ToDisplayString()} to {one.ToDisplayString()}, which stays").Select(row => row.Skip(1).Take(1)));

        var waiting = await WebPage.ReadAsync(await senior.GetAsync(Address(own)));
        var done = await FollowAsync(senior, await waiting.SubmitAsync(senior, "Approve and link"));
        Assert.Equal(("Approved and carried out", "Olwen Rees"), (done.SummaryListValue("State"), done.SummaryListValue("Decided by")));
        Assert.Equal(one, (await FindAsync(other)).Uln);

        var search = await WebPage.ReadAsync(await agent.GetAsync("/office/links/find"));
        var linked = await search.SubmitAsync(agent, "Find", ("ULN", other.ToDisplayString()));
        Assert.Contains($"ULN {other.ToDisplayString()} leads to this learner.", linked.Text, StringComparison.Ordinal);
        Assert.Equal("Choose which ULN is another person’s", (await linked.SubmitAsync(agent, "Propose to unlink it")).ErrorSummary()[0].Text);
        var unlink = await FollowAsync(agent, await linked.SubmitAsync(agent, "Propose to unlink it", (Choice(other, "Meinyr"), ""), ("Why are they two persons?", "Cousins.")));
        waiting = await WebPage.ReadAsync(await senior.GetAsync(Address(unlink)));
        await waiting.SubmitAsync(senior, "Approve and unlink");
        Assert.Equal(other, (await FindAsync(other)).Uln);
    }

    [Fact]
    public async Task Whoever_proposed_is_refused_the_approval_and_withdraws()
    {
        var (one, other) = await PairAsync("Rhonwen", "Rhonwyn");
        using var senior = await Site.BrowserAsync(office.Olwen);
        var pair = await AddAsync(senior, one, other);
        var own = await FollowAsync(senior, await pair.SubmitAsync(senior, "Propose to link them", (Choice(one, "Rhonwen"), ""), ("Why are they one person?", "They said so.")));

        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(senior, own, "Approve")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(senior, own, "Refuse")).StatusCode);
        Assert.Equal(other, (await FindAsync(other)).Uln);
        var withdrawn = await FollowAsync(senior, await own.SubmitAsync(senior, "Withdraw the proposal"));
        Assert.Equal("Withdrawn", withdrawn.SummaryListValue("State"));
    }

    [Fact]
    public async Task An_agent_approves_nothing_and_is_told_that_a_senior_officer_does()
    {
        var (one, other) = await PairAsync("Eluned", "Elunedd");
        using var senior = await Site.BrowserAsync(office.Olwen);
        using var agent = await Site.BrowserAsync(office.Agent);
        var own = await FollowAsync(senior, await (await AddAsync(senior, one, other)).SubmitAsync(senior, "Propose to link them", (Choice(one, "Eluned"), ""), ("Why are they one person?", "x")));

        var seen = await WebPage.ReadAsync(await agent.GetAsync(Address(own)));

        Assert.Contains("A senior officer decides this.", seen.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(agent, own, "Approve")).StatusCode);
        Assert.Equal(other, (await FindAsync(other)).Uln);
    }

    [Fact]
    public async Task What_was_changed_since_is_said_and_cannot_be_approved_only_refused()
    {
        var (one, other) = await PairAsync("Ffraid", "Ffreid");
        using var agent = await Site.BrowserAsync(office.Agent);
        using var senior = await Site.BrowserAsync(office.Olwen);
        var pair = await AddAsync(agent, one, other);
        var own = await FollowAsync(agent, await pair.SubmitAsync(agent, "Propose to link them", (Choice(one, "Ffraid"), ""), ("Why are they one person?", "x")));
        await Site.Services.GetRequiredService<ILearnerStore>().UpdateAsync(other, 1, held => (held.Details with { Title = "Ms" }, []), Seeds.AccessOf(office.Olwen, Purpose.RegisterUpkeep));

        var waiting = await WebPage.ReadAsync(await senior.GetAsync(Address(own)));

        Assert.Contains("One of the two was changed since this was proposed", waiting.Text, StringComparison.Ordinal);
        Assert.Empty(waiting.Document.QuerySelectorAll("form[action*=Approve]"));
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(senior, own, "Approve")).StatusCode);
        Assert.Equal("Enter why, in your own words", (await waiting.SubmitAsync(senior, "Refuse the proposal")).ErrorAt("If you refuse: why?"));
        var refused = await FollowAsync(senior, await waiting.SubmitAsync(senior, "Refuse the proposal", ("If you refuse: why?", "Look again.")));
        Assert.Equal(("Refused", "Look again."), (refused.SummaryListValue("State"), refused.SummaryListValue("Answer")));
    }

    [Fact]
    public async Task A_pair_that_is_two_persons_leaves_the_list_for_good()
    {
        var (one, other) = await PairAsync("Gwladys", "Gwladus");
        using var agent = await Site.BrowserAsync(office.Agent);
        var pair = await AddAsync(agent, one, other);
        var question = await WebPage.ReadAsync(await agent.GetAsync(pair.Link("Say that they are two persons")));

        var answer = await question.SubmitAsync(agent, "Yes, two persons");

        Assert.Equal("/office/duplicates", answer.Response.Headers.Location!.OriginalString);
        Assert.False((await WebPage.ReadAsync(await agent.GetAsync("/office/duplicates"))).HasLink(Both(one, other)));
        Assert.Contains(Both(one, other), (await WebPage.ReadAsync(await agent.GetAsync("/office/duplicates?state=NotSamePerson"))).TableRows("Two persons").Select(row => row[0]));
        Assert.Equal("The pair is not open: it is proposed, told apart or linked", (await question.SubmitAsync(agent, "Yes, two persons")).ErrorSummary()[0].Text);
    }

    [Fact]
    public async Task ULNs_that_are_none_or_nobodys_are_refused_in_words()
    {
        using var agent = await Site.BrowserAsync(office.Agent);
        var form = await WebPage.ReadAsync(await agent.GetAsync("/office/duplicates/add"));
        var wrong = await form.SubmitAsync(agent, "Look at both", ("One ULN", "12"), ("The other ULN", ""));
        Assert.Equal(2, wrong.ErrorSummary().Count);
        Assert.Equal("Enter a ULN of ten digits, such as 123 456 7890", wrong.ErrorAt("One ULN"));
        var nobody = await form.SubmitAsync(agent, "Look at both", ("One ULN", "1000000043"), ("The other ULN", "1000000078"));
        Assert.Equal("One of the two is on nobody’s record", nobody.ErrorSummary()[0].Text);
        Assert.Equal(HttpStatusCode.NotFound, (await agent.GetAsync("/office/duplicates?after=nonsense")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await agent.GetAsync("/office/duplicates?state=99")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await Site.OpenAsync("/office/duplicates", office.Auditor)).Response.StatusCode);
    }

    [Fact]
    public async Task A_learner_whose_account_is_on_the_merged_ULN_has_the_whole_record_and_reads_why()
    {
        var text = A.Learner("Angharad", "Twice" + office.College.Number);
        var huw = await Site.Seed.CollegePersonAsync(office.College, "Huw of Angharad");
        var one = await Site.Seed.RegisterAsync(text, huw);
        var other = await Site.Seed.RegisterAsync(text with { GivenName = "Angharod" }, huw);
        var account = await Site.Seed.LearnerAccountAsync(other, text with { GivenName = "Angharod" });
        using var agent = await Site.BrowserAsync(office.Agent);
        using var senior = await Site.BrowserAsync(office.Olwen);
        var own = await FollowAsync(agent, await (await AddAsync(agent, one, other)).SubmitAsync(agent, "Propose to link them", ($"{one.ToDisplayString()}, {text.GivenName} {text.FamilyName}", ""), ("Why are they one person?", "x")));
        await (await WebPage.ReadAsync(await senior.GetAsync(Address(own)))).SubmitAsync(senior, "Approve and link");

        Assert.Contains(one.ToDisplayString(), (await Site.OpenAsync("/learner/details", account)).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await Site.OpenAsync("/learner", account)).Response.StatusCode);
        var trail = (await Site.OpenAsync("/learner/who-has-looked", account)).Text;
        Assert.Contains("Linked your two ULNs: they are one record", trail, StringComparison.Ordinal);
        using var browser = await Site.BrowserAsync(account);
        var answer = await browser.GetStringAsync("/api/me/trail?limit=1");
        var next = System.Text.Json.JsonDocument.Parse(answer).RootElement.GetProperty("next").GetString();
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync($"/api/me/trail?limit=5&cursor={next}")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.GetAsync("/api/me/trail?cursor=1-2")).StatusCode);
    }

    private static string Both(Uln one, Uln other) => one < other ? $"{one.ToDisplayString()} and {other.ToDisplayString()}" : $"{other.ToDisplayString()} and {one.ToDisplayString()}";

    private static string Choice(Uln uln, string givenName) => $"{uln.ToDisplayString()}, {givenName} Prydderch";

    private static string Address(WebPage page) => page.Response.RequestMessage!.RequestUri!.AbsolutePath;

    private static async Task<WebPage> FollowAsync(HttpClient browser, WebPage answer) => await WebPage.ReadAsync(await browser.GetAsync(answer.Response.Headers.Location));

    private static async Task<WebPage> AddAsync(HttpClient browser, Uln one, Uln other)
    {
        var form = await WebPage.ReadAsync(await browser.GetAsync("/office/duplicates/add"));
        return await FollowAsync(browser, await form.SubmitAsync(browser, "Look at both", ("One ULN", one.ToDisplayString()), ("The other ULN", other.ToString())));
    }

    /// <summary>What a button would send that the page does not show.</summary>
    private static async Task<HttpResponseMessage> PostAsync(HttpClient browser, WebPage page, string handler)
    {
        var fresh = await WebPage.ReadAsync(await browser.GetAsync("/office/links/find"));
        using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", fresh.Document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!)]);
        return await browser.PostAsync($"{Address(page)}?handler={handler}", form);
    }

    private async Task<Core.Learners.Learner> FindAsync(Uln uln) =>
        (await Site.Services.GetRequiredService<ILearnerStore>().ShowAsync(uln, _ => true, null, Seeds.AccessOf(office.Olwen, Purpose.RegisterUpkeep)))!;

    private async Task<(Uln One, Uln Other)> PairAsync(string given, string alike)
    {
        var huw = await Site.Seed.CollegePersonAsync(office.College, "Huw of " + given);
        return (await Site.Seed.RegisterAsync(A.Learner(given, "Prydderch"), huw), await Site.Seed.RegisterAsync(A.Learner(alike, "Prydderch"), huw));
    }
}
