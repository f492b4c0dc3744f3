using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Plr.Core;
using Plr.Core.Accounts;
using Plr.Core.Batches;
using Plr.Server.Tests.PortalPages;
using Plr.Server.Tests.SignIn;
using Plr.Testing;
using Plr.Testing.Pages;

namespace Plr.Server.Tests.AccessRights;

/// <summary>Endpoints about somebody's own thing: seen by its owner, or by its organisation where it is one's, and for everybody else as if there were none.</summary>
public sealed class SubjectTests(PortalSite portal) : IClassFixture<PortalSite>
{
    private enum Whose
    {
        Account,
        Organisation,
        Learner,

        /// <summary>The register's: the role alone decides.</summary>
        Register,

        /// <summary>Whoever has the secret that stands in the address, with an account or without.</summary>
        Holder,
    }

    private static readonly Dictionary<string, Whose> Owners = new(StringComparer.Ordinal)
    {
        ["/account/security/passkeys/{id:guid}/remove"] = Whose.Account,
        ["/check/link/{link}"] = Whose.Holder,
        ["/check/seen/{token}"] = Whose.Holder,
        ["/learner/qualifications/{id:int}"] = Whose.Learner,
        ["/learner/shares/new/{id:guid?}"] = Whose.Account,
        ["/learner/shares/new/{id:guid}/for"] = Whose.Account,
        ["/learner/shares/new/{id:guid}/how-long"] = Whose.Account,
        ["/learner/shares/new/{id:guid}/check"] = Whose.Account,
        ["/learner/shares/{id:guid}"] = Whose.Learner,
        ["/learner/shares/{id:guid}/change"] = Whose.Learner,
        ["/learner/shares/{id:guid}/end"] = Whose.Learner,
        ["/learner/problems/{id:guid}"] = Whose.Learner,
        ["/learner/problems/{id:guid}/evidence/{file:guid}"] = Whose.Learner,
        ["/learner/problems/{id:guid}/file"] = Whose.Learner,
        ["/learner/problems/{id:guid}/information"] = Whose.Learner,
        ["/learner/problems/{id:guid}/review"] = Whose.Learner,
        ["/learner/problems/{id:guid}/sent"] = Whose.Learner,
        ["/learner/problems/{id:guid}/withdraw"] = Whose.Learner,
        ["/learner/problems/missing/{id:guid?}"] = Whose.Account,
        ["/learner/problems/new/{id:guid?}"] = Whose.Account,
        ["/learner/problems/new/{id:guid}/check"] = Whose.Account,
        ["/learner/problems/new/{id:guid}/contact"] = Whose.Account,
        ["/learner/problems/new/{id:guid}/evidence"] = Whose.Account,
        ["/learner/problems/new/{id:guid}/should-be"] = Whose.Account,
        ["/learner/problems/new/{id:guid}/which"] = Whose.Account,
        ["/organisation/files/{id:int}"] = Whose.Organisation,
        ["/organisation/files/{id:int}/output"] = Whose.Organisation,
        ["/organisation/learners/{id:guid}"] = Whose.Account,
        ["/organisation/learners/{id:guid}/record"] = Whose.Account,
        ["/organisation/learners/{id:guid}/report"] = Whose.Account,
        ["/organisation/learners/find/details/{id:guid?}"] = Whose.Register,
        ["/organisation/learners/{id:guid}/matches"] = Whose.Account,
        ["/organisation/learners/{id:guid}/not-shared"] = Whose.Account,
        ["/organisation/learners/{id:guid}/register"] = Whose.Account,
        ["/organisation/learners/{id:guid}/register/check"] = Whose.Account,
        ["/organisation/learners/{id:guid}/registered"] = Whose.Account,
        ["/organisation/learners/{id:guid}/update"] = Whose.Account,
        ["/organisation/learners/{id:guid}/update/conflict"] = Whose.Account,
        ["/office/duplicates/{id:guid}"] = Whose.Register,
        ["/office/duplicates/{id:guid}/apart"] = Whose.Register,
        ["/office/links/{id:guid}"] = Whose.Register,
        ["/office/organisations/{id:guid}"] = Whose.Register,
        ["/office/organisations/{id:guid}/status"] = Whose.Register,
        ["/office/people/add/{organisation:guid?}"] = Whose.Register,
        ["/office/people/{id:guid}"] = Whose.Register,
        ["/office/people/{id:guid}/status"] = Whose.Register,
        ["/office/trail/{id:guid?}"] = Whose.Account,
        ["/api/batches/{id:int}"] = Whose.Organisation,
        ["/api/batches/{id:int}/rows"] = Whose.Organisation,
        ["/api/batches/{id:int}/output"] = Whose.Organisation,
        ["/api/learners/{uln}"] = Whose.Register,
        ["/api/learners/{uln}/reports"] = Whose.Register,
        ["/api/learners/{uln}/learning-events"] = Whose.Register,
        ["/api/learners/{uln}/learning-events/{id:int}"] = Whose.Register,
        ["/api/qualifications/{**number}"] = Whose.Register,
    };

    [Fact]
    public async Task Every_endpoint_about_one_thing_says_here_whose_it_is()
    {
        var patterns = (await Endpoints.AllAsync(portal.Site.Services)).Select(endpoint => endpoint.Pattern).Where(pattern => pattern.Contains('{', StringComparison.Ordinal));

        Assert.Equal(Owners.Keys.Order(StringComparer.Ordinal), patterns.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_organisations_file_is_seen_by_its_people_only()
    {
        var batch = await portal.Site.UploadAsync(BatchKind.Registrations, portal.Huw, "own.csv", SmallBatches.Registrations("10007945", A.Learner("Ynyr", "Bellamy")));
        var colleague = await portal.Site.Seed.CollegePersonAsync(portal.College, "Col League", Roles.LrbBatch);
        foreach (var pattern in Owners.Where(pair => pair.Value == Whose.Organisation).Select(pair => pair.Key))
        {
            var address = pattern.Replace("{id:int}", $"{batch.Id}", StringComparison.Ordinal);
            await AssertSeenAsync(address, [portal.Huw, colleague], [portal.Rhian, portal.Pat]);
        }
    }

    [Fact]
    public async Task A_search_is_seen_by_whoever_made_it_only()
    {
        var uln = await portal.Site.Seed.RegisterAsync(A.Learner("Ifor", "Lockwood"), portal.Huw);
        using var browser = await portal.Site.BrowserAsync(portal.Huw);
        var found = await FindLearnerTests.FollowAsync(browser, await FindLearnerTests.AskAsync(browser, uln.ToString(), "Ifor", "Lockwood"));
        var address = found.Response.RequestMessage!.RequestUri!.AbsolutePath;
        await found.SubmitAsync(browser, "View record", ("To enrol the learner", ""));

        await AssertSeenAsync(address, [portal.Huw], [portal.Gwen, portal.Rhian]);
        await AssertSeenAsync(address + "/record", [portal.Huw], [portal.Gwen, portal.Rhian]);
        await AssertSeenAsync(address + "/report", [portal.Huw], [portal.Gwen, portal.Rhian]);
        await AssertSeenAsync(address + "/not-shared", [portal.Huw], [portal.Gwen, portal.Rhian]);
        await AssertSeenAsync(address + "/update", [portal.Huw], [portal.Rhian]);
    }

    [Fact]
    public async Task A_passkey_is_seen_by_its_owner_only()
    {
        using var device = new PasskeyDevice();
        await device.AddToAsync(portal.Site, portal.Huw);
        var key = Assert.Single(await portal.Site.Services.GetRequiredService<IPasskeyStore>().ListAsync(portal.Huw.Id));

        await AssertSeenAsync($"/account/security/passkeys/{key.Id}/remove", [portal.Huw], [portal.Gwen, portal.Rhian]);
    }

    [Fact]
    public async Task A_learners_qualification_is_seen_by_that_learner_only()
    {
        var (own, other) = (A.Learner("Dilys", "Penfold"), A.Learner("Gethin", "Quigley"));
        var uln = await portal.Site.Seed.RegisterAsync(own, portal.Huw);
        var (learner, stranger) = (await portal.Site.Seed.LearnerAccountAsync(uln, own), await portal.Site.Seed.LearnerAccountAsync(await portal.Site.Seed.RegisterAsync(other, portal.Huw), other));
        await portal.Site.Seed.AchieveAsync(portal.Awarding, A.AchievementOf(uln, own, PortalSite.Gcse, "2026-08-20", "7"));

        await AssertSeenAsync((await portal.Site.OpenAsync("/learner", learner)).Link("GCSE Mathematics"), [learner], [stranger]);
    }

    [Fact]
    public async Task A_trail_check_is_seen_by_whoever_made_it_only()
    {
        var olwen = await portal.Site.Seed.AccountAsync("Olwen Rees", Roles.OfficeSenior);
        var auditor = await portal.Site.Seed.AccountAsync("Aud Auditor", Roles.Auditor);
        using var browser = await portal.Site.BrowserAsync(olwen);
        var answer = await (await WebPage.ReadAsync(await browser.GetAsync("/office/trail"))).SubmitAsync(browser, "Check the trail");

        await AssertSeenAsync(answer.Response.Headers.Location!.OriginalString, [olwen], [auditor]);
    }

    private async Task AssertSeenAsync(string address, Account[] by, Account[] notBy)
    {
        foreach (var account in by)
        {
            Assert.Equal((account.Name, HttpStatusCode.OK), (account.Name, (await portal.Site.OpenAsync(address, account)).Response.StatusCode));
        }

        foreach (var account in notBy)
        {
            Assert.Equal((account.Name, HttpStatusCode.NotFound), (account.Name, (await portal.Site.OpenAsync(address, account)).Response.StatusCode));
        }
    }
}
