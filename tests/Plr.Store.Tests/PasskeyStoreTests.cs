using System.Security.Cryptography;
using Plr.Core;
using Plr.Core.Accounts;
using Plr.Core.Mail;
using Plr.Core.Organisations;
using Plr.Testing;

namespace Plr.Store.Tests;

public abstract class PasskeyStoreTests(Database database) : RegisterTests(database)
{
    private static readonly DateTimeOffset Later = Noon.AddMinutes(5);
    private static int _people;

    private AccountStore Accounts => new(Engine, Trail, Keys);

    private PasskeyStore Passkeys => new(Engine, Trail);

    private OutboxStore Outbox => new(Engine, Keys);

    [Fact]
    public async Task What_is_added_is_read_back_and_found_by_what_it_calls_itself()
    {
        var account = await AddAsync();
        var passkey = New(account) with { Transports = ["internal", "hybrid"], IsBackupEligible = true, SignCount = uint.MaxValue };
        Assert.True(await Passkeys.AddAsync(passkey, Challenge(), Office));

        Assert.Equivalent(passkey, Assert.Single(await Passkeys.ListAsync(account.Id)), strict: true);
        Assert.Equivalent(passkey, await Passkeys.FindAsync(passkey.CredentialId), strict: true);
        Assert.Null(await Passkeys.FindAsync([1, 2, 3]));
        var read = (await Accounts.GetAsync(account.Id))!;
        Assert.Equal((false, true, true), (read.HasApp, read.HasPasskey, read.HasFactor));
    }

    [Fact]
    public async Task A_challenge_is_answered_once_however_many_try_at_once()
    {
        var (account, challenge) = (await AddAsync(), Challenge());
        var added = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => Passkeys.AddAsync(New(account), challenge, Office))));
        Assert.Single(added, one => one);

        var passkey = Assert.Single(await Passkeys.ListAsync(account.Id));
        var shown = Shown(passkey, 0) with { Challenge = Challenge() };
        var used = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => Passkeys.UseAsync(shown, null, Noon, Office))));
        Assert.Single(used, one => one);
        Assert.Equal(Noon, (await Passkeys.FindAsync(passkey.CredentialId))!.LastUsedAt);
    }

    [Fact]
    public async Task A_key_is_somebodys_alone()
    {
        var (first, second) = (New(await AddAsync()), New(await AddAsync()));
        Assert.True(await Passkeys.AddAsync(first, Challenge(), Office));

        Assert.False(await Passkeys.AddAsync(second with { CredentialId = first.CredentialId }, Challenge(), Office));
        Assert.False(await Passkeys.UseAsync(Shown(first, 1) with { AccountId = second.AccountId }, null, Noon, Office));
        Assert.False(await Passkeys.RemoveAsync(second.AccountId, first.Id, Noon, Office));
        Assert.Single(await Passkeys.ListAsync(first.AccountId));
    }

    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(0, 7, true)]
    [InlineData(7, 8, true)]
    [InlineData(7, 7, false)]
    [InlineData(7, 6, false)]
    [InlineData(7, 0, false)]
    public async Task A_count_goes_on_and_never_back(long before, long now, bool isTaken)
    {
        var passkey = New(await AddAsync()) with { SignCount = before };
        await Passkeys.AddAsync(passkey, Challenge(), Office);

        Assert.Equal(isTaken, await Passkeys.UseAsync(Shown(passkey, now), null, Noon, Office));
        Assert.Equal(isTaken ? now : before, (await Passkeys.FindAsync(passkey.CredentialId))!.SignCount);
    }

    [Fact]
    public async Task An_account_has_twenty_at_most_however_many_are_added_at_once()
    {
        var account = await AddAsync();
        for (var i = 0; i < Passkey.Most - 1; i++)
        {
            Assert.True(await Passkeys.AddAsync(New(account), Challenge(), Office));
        }

        var added = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Passkeys.AddAsync(New(account), Challenge(), Office))));
        Assert.Single(added, one => one);
    }

    [Fact]
    public async Task A_key_of_a_suspended_account_or_organisation_opens_nothing()
    {
        var college = await CollegeAsync();
        var (own, colleges) = (New(await AddAsync()), New(await AddAsync(college.Id)));
        await Passkeys.AddAsync(own, Challenge(), Office);
        await Passkeys.AddAsync(colleges, Challenge(), Office);
        Assert.True(await Passkeys.UseAsync(Shown(own, 1), null, Noon, Office) && await Passkeys.UseAsync(Shown(colleges, 1), null, Noon, Office));

        await Accounts.SetStatusAsync(own.AccountId, AccountStatus.Suspended, Office);
        await Organisations.SetStatusAsync(college.Id, OrganisationStatus.Suspended, Office);

        Assert.False(await Passkeys.UseAsync(Shown(own, 2), null, Noon, Office));
        Assert.False(await Passkeys.UseAsync(Shown(colleges, 2), null, Noon, Office));
    }

    [Fact]
    public async Task Each_change_leaves_an_entry_and_adding_and_removing_send_mail()
    {
        var college = await CollegeAsync();
        var account = await AddAsync(college.Id);
        var (key, passkey) = (Secret.New(), New(account));
        await Accounts.BeginSessionAsync(account.Id, Secret.Hash(key), Noon, Later, false, Office);
        var session = (await Accounts.SessionAsync(Secret.Hash(key), Noon))!;
        await DrainAsync();

        await Passkeys.AddAsync(passkey, Challenge(), Office);
        await Passkeys.UseAsync(Shown(passkey, 1), session, Noon, Office);
        await Passkeys.UseAsync(Shown(passkey, 2), null, Noon, Office);
        Assert.True(await Passkeys.RemoveAsync(account.Id, passkey.Id, Noon, Office));
        Assert.False(await Passkeys.RemoveAsync(account.Id, passkey.Id, Noon, Office));

        Assert.Equal(Noon, (await Accounts.SessionAsync(Secret.Hash(key), Noon))!.FactorAt);
        Assert.Equal(
            ["organisation-added", "account-added", "signed-in", "passkey-added", "passkey-used", "second-factor-given", "passkey-used", "passkey-removed"],
            await ActionsAsync(-college.Number));
        Assert.Equal([MailKind.PasskeyAdded, MailKind.PasskeyRemoved], (await DrainAsync()).Select(mail => mail.Kind).Order());
    }

    [Fact]
    public async Task A_reset_of_the_second_factor_removes_passkeys_too()
    {
        var account = await AddAsync();
        await Passkeys.AddAsync(New(account), Challenge(), Office);
        var factors = new FactorStore(Engine, Trail, Keys);

        Assert.False(await factors.RemoveAsync(account.Id, isReset: false, Noon, Office));
        Assert.True(await factors.RemoveAsync(account.Id, isReset: true, Noon, Office));
        Assert.Empty(await Passkeys.ListAsync(account.Id));
        Assert.False(await factors.RemoveAsync(account.Id, isReset: true, Noon, Office));
    }

    [Fact]
    public async Task A_challenge_that_is_over_is_forgotten_and_no_other()
    {
        var (over, open) = (Challenge() with { ExpiresAt = Noon }, Challenge());
        var passkey = New(await AddAsync());
        await Passkeys.AddAsync(passkey, Challenge(), Office);
        await Passkeys.UseAsync(Shown(passkey, 0) with { Challenge = over }, null, Noon, Office);
        await Passkeys.UseAsync(Shown(passkey, 0) with { Challenge = open }, null, Noon, Office);

        await Passkeys.RemoveExpiredAsync(Noon);

        Assert.True(await Passkeys.UseAsync(Shown(passkey, 0) with { Challenge = over }, null, Noon, Office));
        Assert.False(await Passkeys.UseAsync(Shown(passkey, 0) with { Challenge = open }, null, Noon, Office));
    }

    private static AnsweredChallenge Challenge() => new(RandomNumberGenerator.GetBytes(32), Later);

    private static Passkey New(Account account) => new()
    {
        Id = Guid.CreateVersion7(Noon),
        AccountId = account.Id,
        Name = "Siân’s phone",
        CredentialId = RandomNumberGenerator.GetBytes(32),
        PublicKey = [1, 2, 3],
        SignCount = 0,
        AddedAt = Noon,
    };

    private static PasskeyShown Shown(Passkey passkey, long count) => new(passkey.AccountId, passkey.CredentialId, count, false, Challenge());

    private async Task<Account> AddAsync(Guid? college = null) => (await Accounts.AddAsync(
        new Account
        {
            Id = Guid.CreateVersion7(Noon),
            Name = "Siân Éluard",
            EmailAddress = $"passkey{Interlocked.Increment(ref _people)}@example.org",
            Roles = college is null ? Roles.OfficeAgent : Roles.LrbOnline,
            OrganisationId = college,
            Status = AccountStatus.Active,
            CreatedAt = Noon,
        },
        Office))!;

    /// <summary>Takes all mail out. The tests of one class run one after the other.</summary>
    private async Task<IReadOnlyList<ClaimedMail>> DrainAsync()
    {
        var found = new List<ClaimedMail>();
        while (await Outbox.ClaimAsync(Noon, TimeSpan.FromMinutes(1)) is { } mail)
        {
            found.Add(mail);
            Assert.True(await Outbox.SentAsync(mail, Noon));
        }

        return found;
    }
}

public sealed class PasskeyStoreOnSqlite(SqliteDatabase d) : PasskeyStoreTests(d), IClassFixture<SqliteDatabase>;

public sealed class PasskeyStoreOnPostgres(PostgresDatabase d) : PasskeyStoreTests(d), IClassFixture<PostgresDatabase>;
