using Plr.Core;
using Plr.Core.Accounts;
using Plr.Core.Mail;
using Plr.Testing;

namespace Plr.Store.Tests;

public abstract class OutboxStoreTests(Database database) : RegisterTests(database)
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);
    private static int _people;

    private OutboxStore Outbox => new(Engine, Keys);

    [Fact]
    public async Task Of_many_servers_that_look_at_once_each_has_a_mail_of_its_own()
    {
        await PutAsync(Noon, many: 6);
        var claims = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(() => Outbox.ClaimAsync(Noon, Lease))));

        var claimed = claims.OfType<ClaimedMail>().ToList();
        // One that looks while another holds the row finds it later: nobody gets it twice.
        while (await Outbox.ClaimAsync(Noon, Lease) is { } late)
        {
            claimed.Add(late);
        }

        Assert.Equal(6, claimed.Count);
        Assert.Equal(6, claimed.Select(mail => mail.Id).Distinct().Count());
        foreach (var mail in claimed)
        {
            Assert.True(await Outbox.SentAsync(mail, Noon));
        }
    }

    [Fact]
    public async Task A_claim_that_runs_out_goes_to_the_next_and_the_first_one_can_end_nothing_any_more()
    {
        await PutAsync(Noon);
        var first = await Outbox.ClaimAsync(Noon, Lease);
        Assert.Null(await Outbox.ClaimAsync(Noon + Lease - TimeSpan.FromSeconds(1), Lease));
        var second = await Outbox.ClaimAsync(Noon + Lease, Lease);

        Assert.Equal((first!.Id, 1, 2), (second!.Id, first.Attempt, second.Attempt));
        Assert.False(await Outbox.SentAsync(first, Noon));
        Assert.True(await Outbox.SentAsync(second, Noon));
        Assert.False(await Outbox.SentAsync(second, Noon));
        Assert.Null(await Outbox.ClaimAsync(Noon.AddDays(2), Lease));
    }

    [Fact]
    public async Task What_was_filled_in_is_removed_once_it_is_sent_or_given_up_and_not_before()
    {
        await PutAsync(Noon, many: 2);
        var (sent, failed) = ((await Outbox.ClaimAsync(Noon, Lease))!, (await Outbox.ClaimAsync(Noon, Lease))!);
        Assert.True(await Outbox.FailedAsync(failed, Noon, Noon.AddMinutes(1)));
        Assert.Equal(["Firefox, Linux"], sent.Values);
        Assert.True(await Outbox.SentAsync(sent, Noon));
        Assert.Equal([failed.Id], await KeptAsync());
        var again = (await Outbox.ClaimAsync(Noon.AddMinutes(1), Lease))!;
        Assert.Equal(["Firefox, Linux"], again.Values);
        Assert.True(await Outbox.FailedAsync(again, Noon, null));
        Assert.Equal([], await KeptAsync());
        Assert.Null(await Outbox.ClaimAsync(Noon.AddDays(2), Lease));
    }

    [Fact]
    public async Task Nothing_is_put_in_when_what_it_tells_of_is_rolled_back_or_there_is_no_address()
    {
        var account = await AddAsync("rolled@example.org");
        await Assert.ThrowsAsync<InvalidOperationException>(() => Engine.WriteAsync<bool>(async session =>
        {
            await OutboxStore.AddAsync(session, account.Id, MailKind.NewDevice, Noon, "");
            throw new InvalidOperationException("It did not happen.");
        }));
        var without = await AddAsync(null);
        await Engine.WriteAsync(async session =>
        {
            await OutboxStore.AddAsync(session, without.Id, MailKind.NewDevice, Noon, "");
            return true;
        });

        Assert.Null(await Outbox.ClaimAsync(Noon.AddDays(2), Lease));
    }

    private async Task PutAsync(DateTimeOffset at, int many = 1)
    {
        var account = await AddAsync($"outbox{Interlocked.Increment(ref _people)}@example.org");
        await Engine.WriteAsync(async session =>
        {
            for (var i = 0; i < many; i++)
            {
                await OutboxStore.AddAsync(session, account.Id, MailKind.NewDevice, at, "Firefox, Linux");
            }

            return true;
        });
    }

    private async Task<Account> AddAsync(string? email) => (await new AccountStore(Engine, Trail, Keys).AddAsync(
        new Account { Id = Guid.CreateVersion7(Noon), Name = "Siân Éluard", EmailAddress = email, Roles = Roles.OfficeAgent, Status = AccountStatus.Active, CreatedAt = Noon }, Office))!;

    private async Task<IEnumerable<Guid>> KeptAsync() => await Engine.ReadAsync(session => session.QueryAsync<Guid>("SELECT id FROM mail WHERE details IS NOT NULL"));
}

public sealed class OutboxStoreOnSqlite(SqliteDatabase d) : OutboxStoreTests(d), IClassFixture<SqliteDatabase>;

public sealed class OutboxStoreOnPostgres(PostgresDatabase d) : OutboxStoreTests(d), IClassFixture<PostgresDatabase>;
