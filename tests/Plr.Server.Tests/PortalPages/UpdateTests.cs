using Microsoft.Extensions.DependencyInjection;
using Plr.Core;
using Plr.Core.Audit;
using Plr.Core.Learners;
using Plr.Core.Responses;
using Plr.Testing;
using Plr.Testing.Pages;

namespace Plr.Server.Tests.PortalPages;

public sealed class UpdateTests(SearchSite search) : IClassFixture<SearchSite>
{
    [Fact]
    public async Task The_form_holds_what_is_held_and_saves_what_is_changed()
    {
        var learner = A.FullLearner("Zoë", "Diweddar");
        var uln = await search.RegisterAsync(learner);
        using var browser = await search.Site.BrowserAsync(search.Huw);
        var form = await FormAsync(browser, uln, learner);

        Assert.Equal(("Zoë", "31", "Bangor", "zoe@example.org"), (form.Value("Given name"), form.Value("Day"), form.Value("Town"), form.Value("E-mail address")));
        var page = await SearchSite.FollowAsync(browser, await form.SubmitAsync(browser, "Save details", ("Town", "Caernarfon"), ("Family name", "Newyddach")));
        Assert.Contains("The learner’s details are updated", page.Text, StringComparison.Ordinal);
        Assert.Equal("Zoë Newyddach", page.SummaryListValue("Name"));
        var held = await HeldAsync(uln);
        var before = LearnerRules.Details(learner);
        Assert.Equal(before with { LastKnownAddressTown = "Caernarfon", FamilyName = "Newyddach" }, held.Details);
    }

    [Fact]
    public async Task A_form_that_is_sent_as_it_was_changes_nothing()
    {
        var learner = A.FullLearner("Wil", "Unfath");
        var uln = await search.RegisterAsync(learner);
        using var browser = await search.Site.BrowserAsync(search.Huw);
        var page = await SearchSite.FollowAsync(browser, await (await FormAsync(browser, uln, learner)).SubmitAsync(browser, "Save details"));

        Assert.Contains("Nothing was different, so nothing was changed", page.Text, StringComparison.Ordinal);
        Assert.Equal(1, (await HeldAsync(uln)).Version);
    }

    [Fact]
    public async Task Opening_the_form_leaves_an_entry_in_the_trail()
    {
        var learner = A.Learner("Trystan", "Ôl");
        var uln = await search.RegisterAsync(learner);
        using var browser = await search.Site.BrowserAsync(search.Huw);
        await FormAsync(browser, uln, learner);
        var (lines, _) = await search.Site.Services.GetRequiredService<IAuditTrail>().ReadAsync(uln, 0, 10, Seeds.Upkeep);

        Assert.Equal(2, lines.Count(line => line.Action == "learner-shown"));
    }

    [Fact]
    public async Task Wrong_details_are_said_at_their_fields()
    {
        var learner = A.Learner("Non", "Camgymeriad");
        var uln = await search.RegisterAsync(learner);
        using var browser = await search.Site.BrowserAsync(search.Huw);
        var answer = await (await FormAsync(browser, uln, learner)).SubmitAsync(browser, "Save details", ("Given name", ""), ("E-mail address", "no address"));

        Assert.Equal(["#Form-GivenName", "#Form-EmailAddress"], answer.ErrorSummary().Select(line => line.Href));
        Assert.Equal("no address", answer.Value("E-mail address"));
    }

    [Theory]
    [InlineData("Take my changes over", "Porthmadog", "Learner found")]
    [InlineData("Drop my changes", "", "Learner found")]
    public async Task A_change_meanwhile_is_shown_beside_ones_own_which_is_taken_over_or_dropped(string button, string town, string heading)
    {
        var learner = A.Learner("Cadi", "Gwrthdaro" + button[..4]);
        var uln = await search.RegisterAsync(learner);
        using var browser = await search.Site.BrowserAsync(search.Huw);
        var form = await FormAsync(browser, uln, learner);
        await ChangeAsync(uln, learner with { PlaceOfBirth = "Bala" });
        var page = await SearchSite.FollowAsync(browser, await form.SubmitAsync(browser, "Save details", ("Town", "Porthmadog")));

        Assert.Equal("This learner was changed while your form was open", page.Heading());
        Assert.Equal(
            [["Place of birth", "empty", "empty", "Bala", "On the register"], ["Town", "empty", "Porthmadog", "empty", "In your form"]],
            page.TableRows("What was changed"));
        Assert.Equal("Newidiwyd y dysgwr hwn tra oedd eich ffurflen ar agor", (await SearchSite.OpenAsync(browser, SearchSite.InWelsh(page))).Heading());
        var after = await SearchSite.FollowAsync(browser, await page.SubmitAsync(browser, button));
        Assert.Equal(heading, after.Heading());
        var held = (await HeldAsync(uln)).Details;
        Assert.Equal(("Bala", town), (held.PlaceOfBirth, held.LastKnownAddressTown ?? ""));
    }

    [Fact]
    public async Task A_second_change_meanwhile_is_shown_as_well_and_nothing_that_was_typed_is_lost()
    {
        var learner = A.Learner("Cadi", "Dwywaith");
        var uln = await search.RegisterAsync(learner);
        using var browser = await search.Site.BrowserAsync(search.Huw);
        var form = await FormAsync(browser, uln, learner);
        await ChangeAsync(uln, learner with { PlaceOfBirth = "Bala" });
        var first = await SearchSite.FollowAsync(browser, await form.SubmitAsync(browser, "Save details", ("Town", "Porthmadog")));
        await ChangeAsync(uln, learner with { PlaceOfBirth = "Corwen", LastKnownAddressTown = "Llangollen" });
        var second = await first.SubmitAsync(browser, "Take my changes over");

        Assert.Equal("This learner was changed while your form was open", second.Heading());
        Assert.Equal(
            [
                ["Place of birth", "empty", "empty", "Corwen", "On the register"],
                ["Town", "empty", "Porthmadog", "Llangollen", "Both, differently: yours is kept if you take it over"],
            ],
            second.TableRows("What was changed"));
        Assert.Equal(("Corwen", "Llangollen", 3), Of(await HeldAsync(uln)));
        await SearchSite.FollowAsync(browser, await second.SubmitAsync(browser, "Take my changes over"));
        Assert.Equal(("Corwen", "Porthmadog", 4), Of(await HeldAsync(uln)));
    }

    [Fact]
    public async Task Two_tabs_of_one_learner_lose_nothing_that_was_typed_in_either()
    {
        var learner = A.Learner("Cadi", "Daudab");
        var uln = await search.RegisterAsync(learner);
        using var browser = await search.Site.BrowserAsync(search.Huw);
        var found = await FoundAsync(browser, uln, learner);
        var (one, other) = (await SearchSite.OpenAsync(browser, found.Link("Update this learner’s details")), await SearchSite.OpenAsync(browser, found.Link("Update this learner’s details")));

        Assert.Equal("Learner found", (await SearchSite.FollowAsync(browser, await one.SubmitAsync(browser, "Save details", ("Place of birth", "Bala")))).Heading());
        var conflict = await SearchSite.FollowAsync(browser, await other.SubmitAsync(browser, "Save details", ("Town", "Porthmadog")));
        Assert.Contains("somebody else saved changes to this learner, or you did in another tab", conflict.Text, StringComparison.Ordinal);
        Assert.Equal(
            [["Place of birth", "empty", "empty", "Bala", "On the register"], ["Town", "empty", "Porthmadog", "empty", "In your form"]],
            conflict.TableRows("What was changed"));
        await SearchSite.FollowAsync(browser, await conflict.SubmitAsync(browser, "Take my changes over"));
        Assert.Equal(("Bala", "Porthmadog", 3), Of(await HeldAsync(uln)));

        // Whoever goes back to a form that was saved, and sends it once more, or the conflict's page, is told as well.
        var again = await SearchSite.FollowAsync(browser, await one.SubmitAsync(browser, "Save details", ("Place of birth", "Dolgellau")));
        Assert.Equal(["Place of birth", "empty", "Dolgellau", "Bala", "Both, differently: yours is kept if you take it over"], again.TableRows("What was changed")[0]);
        Assert.Equal("Learner found", (await SearchSite.FollowAsync(browser, await conflict.SubmitAsync(browser, "Take my changes over"))).Heading());
        Assert.Equal(("Bala", "Porthmadog", 3), Of(await HeldAsync(uln)));
    }

    [Fact]
    public async Task A_form_is_held_against_what_it_was_filled_with_whatever_another_tab_opened_since()
    {
        var learner = A.Learner("Cadi", "Hŷn");
        var uln = await search.RegisterAsync(learner);
        using var browser = await search.Site.BrowserAsync(search.Huw);
        var found = await FoundAsync(browser, uln, learner);
        var old = await SearchSite.OpenAsync(browser, found.Link("Update this learner’s details"));
        await ChangeAsync(uln, learner with { PlaceOfBirth = "Bala" });
        Assert.Equal("Bala", (await SearchSite.OpenAsync(browser, found.Link("Update this learner’s details"))).Value("Place of birth"));

        var conflict = await SearchSite.FollowAsync(browser, await old.SubmitAsync(browser, "Save details", ("Town", "Porthmadog")));
        Assert.Equal("This learner was changed while your form was open", conflict.Heading());
        Assert.Equal(("Bala", "", 2), Of(await HeldAsync(uln)));
    }

    [Fact]
    public async Task Taking_over_is_asked_again_when_more_was_changed_than_the_page_showed()
    {
        var learner = A.Learner("Cadi", "Eto");
        var uln = await search.RegisterAsync(learner);
        using var browser = await search.Site.BrowserAsync(search.Huw);
        var form = await FormAsync(browser, uln, learner);
        await ChangeAsync(uln, learner with { PlaceOfBirth = "Bala" });
        var shown = await SearchSite.FollowAsync(browser, await form.SubmitAsync(browser, "Save details", ("Town", "Porthmadog")));
        await ChangeAsync(uln, learner with { LastKnownAddressTown = "Llangollen" });
        await SearchSite.OpenAsync(browser, SearchSite.InWelsh(shown));

        var again = await shown.SubmitAsync(browser, "Take my changes over");
        Assert.Equal(["Town", "empty", "Porthmadog", "Llangollen", "Both, differently: yours is kept if you take it over"], Assert.Single(again.TableRows("What was changed")));
        Assert.Equal(("", "Llangollen", 3), Of(await HeldAsync(uln)));
    }

    [Fact]
    public async Task Nobody_else_of_the_same_or_another_organisation_learns_that_there_is_a_change_on_its_way()
    {
        var learner = A.Learner("Cadi", "Preifat");
        var uln = await search.RegisterAsync(learner);
        using var browser = await search.Site.BrowserAsync(search.Huw);
        var form = await FormAsync(browser, uln, learner);
        await ChangeAsync(uln, learner with { PlaceOfBirth = "Bala" });
        var conflict = await SearchSite.FollowAsync(browser, await form.SubmitAsync(browser, "Save details", ("Town", "Porthmadog")));
        var begin = conflict.Response.RequestMessage!.RequestUri!.AbsolutePath.Replace("/update/conflict", "", StringComparison.Ordinal);

        await search.IsOthersOnlyAsMissingAsync(begin, "", "/update", "/update/conflict");
        Assert.Equal("This learner was changed while your form was open", (await SearchSite.OpenAsync(browser, begin + "/update/conflict")).Heading());
    }

    [Fact]
    public async Task An_opt_out_is_taken_back_only_after_a_new_privacy_notice()
    {
        var learner = A.Learner("Lowri", "Rhannu") with { AbilityToShare = "2" };
        var uln = await search.RegisterAsync(learner);
        using var browser = await search.Site.BrowserAsync(search.Huw);
        var form = await FormAsync(browser, uln, learner);
        foreach (var radio in form.Document.QuerySelectorAll("input[name='Form.AbilityToShare']"))
        {
            radio.RemoveAttribute("checked");
        }

        var refused = await form.SubmitAsync(browser, "Save details", ("Privacy notice seen: the record may be shared", ""));

        Assert.Equal("This change of the ability to share is not one that an organisation can make", Assert.Single(refused.ErrorSummary()).Text);
        await SearchSite.FollowAsync(browser, await refused.SubmitAsync(browser, "Save details", ("I gave the learner the new privacy notice and they agree to share", "")));
        Assert.Equal(1, (await HeldAsync(uln)).Details.AbilityToShare);
    }

    private static async Task<WebPage> FormAsync(HttpClient browser, Uln uln, LearnerText learner) =>
        await SearchSite.OpenAsync(browser, (await FoundAsync(browser, uln, learner)).Link("Update this learner’s details"));

    private static async Task<WebPage> FoundAsync(HttpClient browser, Uln uln, LearnerText learner) =>
        await SearchSite.FollowAsync(browser, await FindLearnerTests.AskAsync(browser, uln.ToString(), learner.GivenName!, learner.FamilyName!));

    private static (string PlaceOfBirth, string Town, int Version) Of(Core.Learners.Learner held) => (held.Details.PlaceOfBirth ?? "", held.Details.LastKnownAddressTown ?? "", held.Version);

    private async Task<Core.Learners.Learner> HeldAsync(Uln uln) => (await search.Site.Services.GetRequiredService<ILearnerStore>().VersionsAsync(uln, Seeds.Upkeep))[^1].Learner;

    private async Task ChangeAsync(Uln uln, LearnerText learner)
    {
        var answer = await search.Site.Services.GetRequiredService<UpdateLearner>().RunAsync(new(learner with { Uln = uln.ToString() }, ReadVersions.Any), Seeds.AccessOf(search.Huw, Purpose.Enrolment));
        Assert.Equal(ResponseCodes.LearnerUpdated, answer.Code);
    }
}
