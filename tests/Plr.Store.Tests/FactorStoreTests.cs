using System.Security.Cryptography;
using Plr.Core;
using Plr.Core.Accounts;
using Plr.Core.Mail;
using Plr.Testing;

namespace Plr.Store.Tests;

public abstract class FactorStoreTests(Database database) : RegisterTests(database)
{
    private static readonly DateTimeOffset Later = Noon.AddMinutes(30);
    private static int _people;

    private AccountStore Accounts => new(Engine, Trail, Keys);

    private FactorStore Factors => new(Engine, Trail, Keys);

    private OutboxStore Outbox => new(Engine, Keys);

    [Fact]
    public async Task A_step_that_is_used_many_times_at_once_is_used_once_and_none_before_it_after()
    {
        var session = await SetUpAsync();
        var uses = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Factors.UseStepAsync(session, 101, Noon, Office))));

        Assert.Single(uses, used => used);
        Assert.False(await Factors.UseStepAsync(session, 101, Noon, Office));
        Assert.False(await Factors.UseStepAsync(session, 100, Noon, Office));
        Assert.True(await Factors.UseStepAsync(session, 102, Noon, Office));
    }

    [Fact]
    public async Task A_recovery_code_that_is_used_many_times_at_once_is_used_once()
    {
        var codes = RecoveryCode.NewSet();
        var session = await SetUpAsync(codes);
        var code = RecoveryCode.Canonical(codes[0])!;
        var uses = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Factors.UseRecoveryCodeAsync(session, code, Noon, Office))));

        Assert.Single(uses, used => used);
        Assert.Equal(9, await Factors.RecoveryCodesLeftAsync(session.Account.Id));
        Assert.False(await Factors.UseRecoveryCodeAsync(await SetUpAsync(), RecoveryCode.Canonical(codes[1])!, Noon, Office));
        await Factors.ReplaceRecoveryCodesAsync(session.Account.Id, RecoveryCode.NewSet(), Office);
        Assert.False(await Factors.UseRecoveryCodeAsync(session, RecoveryCode.Canonical(codes[2])!, Noon, Office));
        Assert.Equal(10, await Factors.RecoveryCodesLeftAsync(session.Account.Id));
    }

    [Fact]
    public async Task Of_two_apps_that_are_set_up_at_once_one_counts()
    {
        var session = await SessionAsync();
        var sets = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(() => Factors.SetAsync(session, [(byte)i], 1, RecoveryCode.NewSet(), Noon, Office))));

        Assert.Single(sets, set => set);
        Assert.Equal(10, await Factors.RecoveryCodesLeftAsync(session.Account.Id));
    }

    [Fact]
    public async Task The_secret_lies_encrypted_and_is_its_accounts_alone()
    {
        var session = await SetUpAsync();
        var other = await SetUpAsync();
        var stored = await Engine.ReadAsync(s => s.SingleOrDefaultAsync<byte[]>("SELECT secret FROM authenticator WHERE account_id = @Id", new { session.Account.Id }));

        Assert.Equal(A20, (await Factors.GetAsync(session.Account.Id))!.Secret);
        Assert.Equal(-1, stored.AsSpan().IndexOf(A20));
        await ExecuteAsync("UPDATE authenticator SET secret = @stored WHERE account_id = @Id", new { stored, other.Account.Id });
        await Assert.ThrowsAnyAsync<CryptographicException>(() => Factors.GetAsync(other.Account.Id));
    }

    [Fact]
    public async Task What_is_offered_is_the_same_within_a_session_and_another_in_another_or_after_a_change()
    {
        var (first, second) = (await SessionAsync(), await SessionAsync());

        Assert.Equal(Factors.Offer(first), Factors.Offer(first));
        Assert.NotEqual(Factors.Offer(first), Factors.Offer(second));
        Assert.NotEqual(Factors.Offer(first), Factors.Offer(first with { Account = first.Account with { FactorVersion = 1 } }));
        Assert.Equal(20, Factors.Offer(first).Length);
    }

    [Fact]
    public async Task Attempts_at_once_are_each_counted()
    {
        var session = await SetUpAsync();
        var counted = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Factors.NoteAttemptAsync(session.Account.Id, 0, Later))));

        Assert.Single(counted, one => one);
        Assert.Equal((1, Later), ((await Factors.GetAsync(session.Account.Id))!.FailedAttempts, (await Factors.GetAsync(session.Account.Id))!.LockedUntil));
        await Factors.UseStepAsync(session, 500, Noon, Office);
        Assert.Equal((0, null), ((await Factors.GetAsync(session.Account.Id))!.FailedAttempts, (await Factors.GetAsync(session.Account.Id))!.LockedUntil));
    }

    [Fact]
    public async Task A_reset_removes_everything_ends_all_sessions_and_leaves_entries_and_mail()
    {
        var college = await CollegeAsync();
        var session = await SetUpAsync(college: college.Id);
        await DrainAsync();

        Assert.True(await Factors.RemoveAsync(session.Account.Id, isReset: true, Noon, Office));
        Assert.False(await Factors.RemoveAsync(session.Account.Id, isReset: true, Noon, Office));

        Assert.Null(await Factors.GetAsync(session.Account.Id));
        Assert.Equal(0, await Factors.RecoveryCodesLeftAsync(session.Account.Id));
        Assert.Empty(await Accounts.OpenSessionsAsync(session.Account.Id, Noon));
        Assert.Equal(["organisation-added", "account-added", "signed-in", "second-factor-set", "second-factor-given", "second-factor-reset"], await ActionsAsync(-college.Number));
        Assert.Equal([MailKind.FactorReset], (await DrainAsync()).Select(mail => mail.Kind));
    }

    [Fact]
    public async Task A_new_browser_is_told_by_mail_once_the_session_is_whole_and_the_first_and_a_known_one_are_not()
    {
        await DrainAsync();
        var account = await AddAsync();
        var (first, second) = (Origin("one"), Origin("two") with { Browser = "Firefox, Windows" });
        await BeginAsync(account, first with { IsWhole = true });
        await BeginAsync(account, first with { IsWhole = true });
        var half = await BeginAsync(account, second);
        Assert.Empty(await DrainAsync());

        await Factors.SetAsync(half, A20, 1, RecoveryCode.NewSet(), Noon, Office);
        await BeginAsync(account, second with { IsWhole = true, IsWelsh = true });

        var mail = (await DrainAsync()).Single(mail => mail.Kind == MailKind.NewDevice);
        Assert.Equal((account.EmailAddress, "Firefox, Windows", true), (mail.EmailAddress, mail.Values[0], mail.IsWelsh));
    }

    [Fact]
    public async Task Open_sessions_are_listed_and_ended_and_nobody_elses()
    {
        var account = await AddAsync();
        var (own, other, third, strangers) = (
            await BeginAsync(account, Origin("a") with { Browser = "Safari, iPhone" }), await BeginAsync(account, Origin("b"), 1), await BeginAsync(account, Origin("c"), 2), await SessionAsync());

        Assert.Equal([third.SessionId, other.SessionId, own.SessionId], (await Accounts.OpenSessionsAsync(account.Id, Noon)).Select(session => session.Id));
        Assert.Equal("Safari, iPhone", (await Accounts.OpenSessionsAsync(account.Id, Noon))[^1].Browser);
        Assert.Equal(0, await Accounts.EndSessionsAsync(account.Id, strangers.SessionId, own.SessionId, Office));
        Assert.Equal(1, await Accounts.EndSessionsAsync(account.Id, other.SessionId, own.SessionId, Office));
        Assert.Equal(1, await Accounts.EndSessionsAsync(account.Id, null, own.SessionId, Office));
        Assert.Equal([own.SessionId], (await Accounts.OpenSessionsAsync(account.Id, Noon)).Select(session => session.Id));
        Assert.Empty(await Accounts.OpenSessionsAsync(account.Id, Later));
        Assert.Single(await Accounts.OpenSessionsAsync(strangers.Account.Id, Noon));
    }

    private static byte[] A20 { get; } = [.. Enumerable.Range(1, 20).Select(i => (byte)i)];

    private static SessionOrigin Origin(string device) => new(null, Secret.Hash(device), IsWelsh: false);

    private async Task<Account> AddAsync(Guid? college = null) => (await Accounts.AddAsync(
        new Account
        {
            Id = Guid.CreateVersion7(Noon),
            Name = "Siân Éluard",
            EmailAddress = $"factor{Interlocked.Increment(ref _people)}@example.org",
            Roles = college is null ? Roles.OfficeAgent : Roles.LrbOnline,
            OrganisationId = college,
            Status = AccountStatus.Active,
            CreatedAt = Noon,
        },
        Office))!;

    private async Task<SignedIn> BeginAsync(Account account, SessionOrigin? origin, int minute = 0)
    {
        var key = Secret.New();
        await Accounts.BeginSessionAsync(account.Id, Secret.Hash(key), Noon.AddMinutes(minute), Later, false, Office, origin);
        return (await Accounts.SessionAsync(Secret.Hash(key), Noon))!;
    }

    private async Task<SignedIn> SessionAsync(Guid? college = null) => await BeginAsync(await AddAsync(college), null);

    private async Task<SignedIn> SetUpAsync(IReadOnlyList<string>? codes = null, Guid? college = null)
    {
        var session = await SessionAsync(college);
        Assert.True(await Factors.SetAsync(session, A20, 100, codes ?? RecoveryCode.NewSet(), Noon, Office));
        return session;
    }

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

public sealed class FactorStoreOnSqlite(SqliteDatabase d) : FactorStoreTests(d), IClassFixture<SqliteDatabase>;

public sealed class FactorStoreOnPostgres(PostgresDatabase d) : FactorStoreTests(d), IClassFixture<PostgresDatabase>;
