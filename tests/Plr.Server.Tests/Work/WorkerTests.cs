using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Plr.Core;
using Plr.Core.Batches;
using Plr.Server.Files;
using Plr.Server.Tests.PortalPages;
using Plr.Server.Work;
using Plr.Testing;

namespace Plr.Server.Tests.Work;

/// <summary>The background loop of a server, with batches that wait.</summary>
public sealed class WorkerTests
{
    [Fact]
    public async Task A_batch_whose_file_is_gone_for_a_day_ends_and_the_next_one_is_carried_out()
    {
        await using var site = await TestSite.StartAsync();
        var huw = await site.Seed.CollegePersonAsync(await site.Seed.CollegeAsync());
        // Another server may have the first one's file: within the day it only waits.
        var lost = await SendAsync(site, huw, "Lost");
        site.Time.Advance(TimeSpan.FromHours(25));
        var (young, whole) = (await SendAsync(site, huw, "Young"), await SendAsync(site, huw, "Whole"));
        foreach (var gone in new[] { lost, young })
        {
            await using var stream = site.Services.GetRequiredService<UploadFolder>().OpenRaw(gone);
            File.Delete(((FileStream)stream).Name);
        }

        using var signal = new WorkSignal();
        var batches = site.Services.GetRequiredService<IBatchStore>();
        using var worker = new Worker(batches, site.Services.GetRequiredService<BatchRunner>(), [], site.Time, signal, NullLogger<Worker>.Instance);
        await worker.StartAsync(TestContext.Current.CancellationToken);
        var access = Seeds.AccessOf(huw, Purpose.Enrolment);
        while (await batches.GetAsync(whole.Id, access) is { IsFinished: false })
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        await worker.StopAsync(TestContext.Current.CancellationToken);
        var ended = await batches.GetAsync(lost.Id, access);
        Assert.Equal((BatchStatus.Cancelled, "NotCarriedOut"), (ended!.Status, ended.Refusal!.Fault));
        Assert.Equal(BatchStatus.InProgress, (await batches.GetAsync(young.Id, access))!.Status);
        Assert.Equal(BatchStatus.Successful, (await batches.GetAsync(whole.Id, access))!.Status);
        Assert.Contains("could not carry this file out", (await site.OpenAsync($"/organisation/files/{lost.Id}", huw)).Text, StringComparison.Ordinal);
    }

    private static async Task<Batch> SendAsync(TestSite site, Core.Accounts.Account by, string name)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(SmallBatches.Registrations("10007945", A.Learner(name, "Waiting"))));
        var file = await site.Services.GetRequiredService<UploadFolder>().SaveAsync(content, $"{name}.csv", default);
        return (await site.Services.GetRequiredService<SubmitBatch>().RunAsync(new(BatchKind.Registrations, by.OrganisationId!.Value, file), Seeds.AccessOf(by, Purpose.Enrolment))).Batch!;
    }
}
