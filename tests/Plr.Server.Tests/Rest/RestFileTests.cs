using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Plr.Core;
using Plr.Core.Learners;
using Plr.Core.Responses;
using Plr.Server.Tests.PortalPages;
using Plr.Server.Work;
using Plr.Store;
using Plr.Testing;
using Plr.Testing.Pages;
using static Plr.Server.Tests.Rest.RestSite;

namespace Plr.Server.Tests.Rest;

/// <summary>Files over the open interface.</summary>
public sealed class RestFileTests(RestSite rest) : IClassFixture<RestSite>
{
    [Fact]
    public async Task A_file_that_is_refused_is_not_kept_and_one_of_no_batch_is_removed_after_a_day()
    {
        using var http = await rest.SignedInAsync(rest.College);
        var folder = Path.Combine(rest.Site.Services.GetRequiredService<Settings>().DataFolder, "uploads");
        string[] Kept() => Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal)] : [];
        async Task<HttpStatusCode> Send(HttpClient client, string name, string key, string kind = "registrations") => (await client.SendAsync(
            Post($"/api/batches?kind={kind}&fileName=f.csv", new StringContent(SmallBatches.Registrations("10007945", A.Learner("Ffeil", name)), Encoding.UTF8, "text/csv"), key))).StatusCode;
        Assert.Equal(HttpStatusCode.Accepted, await Send(http, "One", "file-1"));
        var kept = Kept();

        Assert.Equal(HttpStatusCode.UnprocessableEntity, await Send(http, "Two", "file-1"));
        Assert.Equal(HttpStatusCode.BadRequest, await Send(http, "Three", "with blanks"));
        Assert.Equal(HttpStatusCode.Forbidden, await Send(http, "Four", "file-4", "achievements"));
        using var narrow = await rest.SignedInAsync(rest.College, scope: "batches.read");
        Assert.Equal(HttpStatusCode.Forbidden, await Send(narrow, "Five", "file-5"));
        Assert.Equal(kept, Kept());

        var (lost, part) = (Path.Combine(folder, new string('a', 64) + ".csv"), Path.Combine(folder, "x.part"));
        var sweep = rest.Site.Services.GetServices<Chore>().Single(chore => chore.Name == "files of no batch");
        foreach (var (age, isLeft) in new[] { (23, true), (25, false) })
        {
            foreach (var path in kept.Append(lost).Append(part))
            {
                await System.IO.File.AppendAllTextAsync(path, "");
                System.IO.File.SetLastWriteTimeUtc(path, rest.Site.Time.GetUtcNow().UtcDateTime.AddHours(-age));
            }

            await sweep.RunAsync(default);
            Assert.Equal((isLeft, isLeft), (System.IO.File.Exists(lost), System.IO.File.Exists(part)));
            Assert.Equal([], kept.Except(Kept()));
        }
    }

    [Fact]
    public async Task Each_page_of_rows_is_in_the_organisations_chain_wherever_it_begins()
    {
        using var http = await rest.SignedInAsync(rest.College);
        using var sent = await http.SendAsync(Post("/api/batches?kind=registrations&fileName=p.csv", new StringContent(SmallBatches.Registrations("10007945", A.Learner("Pen", "Tudalen"), A.Learner("Ail", "Tudalen")), Encoding.UTF8, "text/csv")));
        await rest.Site.RunBatchesAsync();
        Task<int> Entries() => rest.Site.Services.GetRequiredService<Engine>().ReadAsync(async session =>
            (await session.QueryAsync<string>("SELECT entry FROM audit_entry WHERE chain = @chain", new { chain = -rest.College.Number })).Count(entry => entry.Contains("batch-fetched", StringComparison.Ordinal)));
        var before = await Entries();
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(sent.Headers.Location + "/rows?cursor=1")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(sent.Headers.Location + "/rows?limit=1")).StatusCode);
        Assert.Equal(before + 2, await Entries());
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(sent.Headers.Location + "/output")).StatusCode);
        Assert.Equal(before + 3, await Entries());
    }

    [Fact]
    public async Task A_file_is_sent_followed_and_fetched()
    {
        using var http = await rest.SignedInAsync(rest.College);
        var csv = SmallBatches.Registrations("10007945", A.Learner("Ifan", "Ellis"), A.Learner("Ifan", "Wrong") with { Gender = "7" }, A.Learner("Ifan", "Worse") with { Gender = "8" });
        async Task<HttpResponseMessage> Send() => await http.SendAsync(Post("/api/batches?kind=registrations&fileName=new.csv", new StringContent(csv, Encoding.UTF8, "text/csv")));
        var sent = await Send();
        var batch = await JsonOf(sent);
        Assert.Equal((HttpStatusCode.Accepted, "waiting"), (sent.StatusCode, batch.GetProperty("status").GetString()));
        var address = sent.Headers.Location!.ToString();
        Assert.Equal(HttpStatusCode.Conflict, (await http.GetAsync(address + "/output")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await Send()).StatusCode);
        await rest.Site.RunBatchesAsync();
        batch = await JsonOf(await http.GetAsync(address));
        Assert.Equal(("successful", 1, 2), (batch.GetProperty("status").GetString(), batch.GetProperty("accepted").GetInt32(), batch.GetProperty("rejected").GetInt32()));
        var page = await JsonOf(await http.GetAsync(address + "/rows?rows=rejected&limit=1"));
        Assert.Equal(("RC011", "2"), (page.GetProperty("items")[0].GetProperty("code").GetString(), page.GetProperty("next").GetString()));
        page = await JsonOf(await http.GetAsync(address + $"/rows?rows=rejected&limit=1&cursor={page.GetProperty("next").GetString()}"));
        Assert.Equal((3, false), (page.GetProperty("items")[0].GetProperty("row").GetInt32(), page.TryGetProperty("next", out _)));
        Assert.Equal(4, FileOutcomeTests.Lines(await http.GetStringAsync(address + "/output")).Length);
        Assert.Contains("new.csv", await http.GetStringAsync("/api/batches"), StringComparison.Ordinal);

        using var others = await rest.SignedInAsync(rest.Awarding, Roles.AwardingOrganisation);
        Assert.Equal(HttpStatusCode.NotFound, (await others.GetAsync(address)).StatusCode);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await http.SendAsync(Post("/api/batches?kind=registrations&fileName=new.csv", Json("{}")))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await http.SendAsync(Post("/api/batches?kind=certificates&fileName=x", new StringContent("x", Encoding.UTF8, "text/csv")))).StatusCode);
    }
}
