using System.Security.Cryptography;
using System.Text;
using Plr.Core;
using Plr.Core.Accounts;
using Plr.Core.Learners;
using Plr.Core.Organisations;
using Plr.Testing;

namespace Plr.Store.Tests;

public abstract class AccountStoreTests(Database database) : RegisterTests(database)
{
    private static readonly DateTimeOffset Later = Noon.AddMinutes(30);

    private AccountStore Store => new(Engine, Trail, Keys);

    private static Account New(string? email, Roles roles = Roles.OfficeAgent, Guid? organisation = null, Uln? uln = null) => new()
    {
        Id = Guid.CreateVersion7(Noon),
        Name = "Siân Éluard",
        EmailAddress = email,
        Roles = roles,
        OrganisationId = organisation,
        Uln = uln,
        Level = uln is null ? ConnectionLevel.L0 : ConnectionLevel.L3,
        Status = AccountStatus.Active,
        CreatedAt = Noon,
    };

    private static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    private async Task<Account> AddAsync(string? email, Roles roles = Roles.OfficeAgent, Guid? organisation = null, Uln? uln = null) =>
        (await Store.AddAsync(New(email, roles, organisation, uln), Office))!;

    [Fact]
    public async Task A_mailed_link_is_nowhere_but_in_the_mail_works_once_and_ends_the_one_before()
    {
        var account = await AddAsync("mailed@example.org", Roles.OfficeAgent);
        await Store.InviteAsync(account.Id, Hash("earlier"), Noon.AddMinutes(5), Office);
        await Store.MailLinkAsync("Mailed@example.org", Noon, TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(2), Office);
        await Store.MailLinkAsync("mailed@example.org", Noon.AddMinutes(1), TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(2), Office);
        await Store.MailLinkAsync("nobody-here@example.org", Noon, TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(2), Office);

        var mail = await new OutboxStore(Engine, Keys).ClaimAsync(Noon.AddMinutes(1), TimeSpan.FromMinutes(5));
        Assert.Equal((Core.Mail.MailKind.SignInLink, "mailed@example.org"), (mail!.Kind, mail.EmailAddress));
        var token = Assert.Single(mail.Values);
        Assert.Null(await new OutboxStore(Engine, Keys).ClaimAsync(Noon.AddMinutes(1), TimeSpan.FromMinutes(5)));
        Assert.Equal(0, await Engine.ReadAsync(session => session.SingleOrDefaultAsync<int>("SELECT count(*) FROM mail WHERE details LIKE '%' || @token || '%'", new { token })));
        Assert.Null(await Store.UseInvitationAsync(Hash("earlier"), Noon));
        Assert.Equal(account.Id, (await Store.UseInvitationAsync(Secret.Hash(token), Noon.AddMinutes(29)))!.Id);
        Assert.Null(await Store.UseInvitationAsync(Secret.Hash(token), Noon.AddMinutes(29)));
    }

    [Fact]
    public async Task An_account_is_found_again_by_its_address_in_any_case_and_the_address_is_nobody_elses()
    {
        var added = await AddAsync("Sian@Example.ORG");
        Assert.Equal("sian@example.org", added.EmailAddress);
        Assert.Equal(added, await Store.GetAsync(added.Id));
        Assert.Equal(added, await Store.FindAsync("SIAN@example.org"));
        Assert.Null(await Store.AddAsync(New("sian@EXAMPLE.org"), Office));
        Assert.Null(await Store.FindAsync("sia@example.org"));
        Assert.True(await Store.HasOfficerAsync());
    }

    [Fact]
    public async Task A_learner_has_one_account_with_or_without_an_address()
    {
        var uln = Uln.FromStem(123456701);
        var added = await AddAsync(null, Roles.Learner, uln: uln);
        Assert.Equal(added, await Store.FindAsync(uln));
        Assert.Equal((ConnectionLevel.L3, uln), (added.Level, added.Uln));
        Assert.Null(await Store.AddAsync(New(null, Roles.Learner, uln: uln), Office));
        Assert.NotNull(await Store.AddAsync(New(null, Roles.Learner, uln: Uln.FromStem(123456702)), Office));
        Assert.Equal(["account-added"], await ActionsAsync(uln.Value));
    }

    [Fact]
    public async Task Entries_about_an_account_stand_in_the_chain_of_its_organisation_and_officers_in_the_registers()
    {
        var college = await CollegeAsync("10002001");
        var account = await AddAsync("chain@example.org", Roles.LrbOnline, college.Id);
        await Store.InviteAsync(account.Id, Hash("chain"), Later, Office);
        await Store.SetPasswordAsync(account.Id, "hash", null, Office);
        await Store.BeginSessionAsync(account.Id, Hash("chain session"), Noon, Later, false, Office);
        await Store.SetStatusAsync(account.Id, AccountStatus.Suspended, Office);
        await Store.SetStatusAsync(account.Id, AccountStatus.Suspended, Office);
        Assert.Equal(
            ["organisation-added", "account-added", "account-invited", "account-changed", "signed-in", "account-changed"], await ActionsAsync(-college.Number));
        var before = (await ActionsAsync(0)).Length;
        await AddAsync("officer-chain@example.org");
        Assert.Equal("account-added", (await ActionsAsync(0))[before]);
        var details = await Engine.ReadAsync(s => s.QueryAsync<string>("SELECT details FROM audit_detail WHERE chain = @chain", new { chain = -college.Number }));
        Assert.All(details, detail => Assert.Equal("{\"person\":\"Olwen Rees\"}", detail));
    }

    [Fact]
    public async Task An_organisations_accounts_are_listed_by_name_and_the_officers_by_themselves()
    {
        var college = await CollegeAsync("10002101");
        foreach (var name in new[] { "B", "C", "A" })
        {
            await Store.AddAsync(New($"list-{name}@example.org", Roles.LrbOnline, college.Id) with { Name = name }, Office);
        }
        await AddAsync("list-officer@example.org");
        Assert.Equal(["A", "B", "C"], (await Store.ListAsync(college.Id, 0, 10)).Select(account => account.Name));
        Assert.Equal(["B"], (await Store.ListAsync(college.Id, 1, 1)).Select(account => account.Name));
        var officers = await Store.ListAsync(null, 0, 100);
        Assert.Contains(officers, account => account.EmailAddress == "list-officer@example.org");
        Assert.All(officers, account => Assert.True(account.OrganisationId is null && account.Uln is null));
    }

    [Fact]
    public async Task A_link_that_is_used_twice_at_once_is_used_once()
    {
        var account = await AddAsync("twice@example.org");
        await Store.InviteAsync(account.Id, Hash("twice"), Later, Office);
        var uses = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Store.UseInvitationAsync(Hash("twice"), Noon))));
        Assert.Equal(account, Assert.Single(uses.OfType<Account>()));
        Assert.False(await Store.IsInvitationOpenAsync(Hash("twice"), Noon));
    }

    [Fact]
    public async Task A_link_ends_with_its_time_with_a_newer_link_and_with_a_password()
    {
        var account = await AddAsync("ends@example.org");
        await Store.InviteAsync(account.Id, Hash("first"), Later, Office);
        Assert.True(await Store.IsInvitationOpenAsync(Hash("first"), Later.AddMicroseconds(-1)));
        Assert.False(await Store.IsInvitationOpenAsync(Hash("first"), Later));
        Assert.Null(await Store.UseInvitationAsync(Hash("first"), Later));
        await Store.InviteAsync(account.Id, Hash("second"), Later, Office);
        Assert.Null(await Store.UseInvitationAsync(Hash("first"), Noon));
        await Store.SetPasswordAsync(account.Id, "hash", null, Office);
        Assert.Null(await Store.UseInvitationAsync(Hash("second"), Noon));
        Assert.Null(await Store.UseInvitationAsync(Hash("never made"), Noon));
    }

    [Fact]
    public async Task A_suspended_account_or_organisation_can_use_no_link_but_keeps_it()
    {
        var college = await CollegeAsync("10002201");
        var account = await AddAsync("kept@example.org", Roles.LrbOnline, college.Id);
        await Store.InviteAsync(account.Id, Hash("kept"), Later, Office);
        await Store.SetStatusAsync(account.Id, AccountStatus.Suspended, Office);
        Assert.Null(await Store.UseInvitationAsync(Hash("kept"), Noon));
        await Store.SetStatusAsync(account.Id, AccountStatus.Active, Office);
        await Organisations.SetStatusAsync(college.Id, OrganisationStatus.Suspended, Office);
        Assert.Null(await Store.UseInvitationAsync(Hash("kept"), Noon));
        Assert.False(await Store.IsInvitationOpenAsync(Hash("kept"), Noon));
        await Organisations.SetStatusAsync(college.Id, OrganisationStatus.Active, Office);
        Assert.NotNull(await Store.UseInvitationAsync(Hash("kept"), Noon));
    }

    [Fact]
    public async Task A_session_lasts_until_its_end_or_until_somebody_ends_it()
    {
        var college = await CollegeAsync("10002301");
        var account = await AddAsync("session@example.org", Roles.LrbOnline, college.Id);
        var id = await Store.BeginSessionAsync(account.Id, Hash("s"), Noon, Later, false, Office);
        Assert.Equal(new SignedIn(id, account, college.Name, true, Later, Noon, false), await Store.SessionAsync(Hash("s"), Later.AddMicroseconds(-1)));
        Assert.Null(await Store.SessionAsync(Hash("s"), Later));
        await Store.TouchSessionAsync(id, Later, Later.AddMinutes(30));
        Assert.Null(await Store.SessionAsync(Hash("s"), Later));
        await Store.TouchSessionAsync(id, Later.AddMinutes(-1), Later.AddMinutes(29));
        Assert.Equal(Later.AddMinutes(29), (await Store.SessionAsync(Hash("s"), Later))!.ExpiresAt);
        Assert.Null(await Store.SessionAsync(Hash("other"), Noon));
        await Store.EndSessionAsync(id, Later);
        Assert.Null(await Store.SessionAsync(Hash("s"), Noon));
    }

    [Fact]
    public async Task Suspending_the_account_or_its_organisation_ends_sessions_for_good()
    {
        var college = await CollegeAsync("10002401");
        var account = await AddAsync("out@example.org", Roles.LrbOnline, college.Id);
        await Store.BeginSessionAsync(account.Id, Hash("by account"), Noon, Later, false, Office);
        Assert.True(await Store.SetStatusAsync(account.Id, AccountStatus.Suspended, Office));
        Assert.Null(await Store.SessionAsync(Hash("by account"), Noon));
        await Store.SetStatusAsync(account.Id, AccountStatus.Active, Office);
        Assert.Null(await Store.SessionAsync(Hash("by account"), Noon));
        await Store.BeginSessionAsync(account.Id, Hash("by organisation"), Noon, Later, false, Office);
        Assert.NotNull(await Store.SessionAsync(Hash("by organisation"), Noon));
        await Organisations.SetStatusAsync(college.Id, OrganisationStatus.Suspended, Office);
        Assert.Null(await Store.SessionAsync(Hash("by organisation"), Noon));
        await Store.BeginSessionAsync(account.Id, Hash("meanwhile"), Noon, Later, false, Office);
        Assert.Null(await Store.SessionAsync(Hash("meanwhile"), Noon));
        await Organisations.SetStatusAsync(college.Id, OrganisationStatus.Active, Office);
        Assert.Null(await Store.SessionAsync(Hash("by organisation"), Noon));
        Assert.False(await Store.SetStatusAsync(Guid.Empty, AccountStatus.Suspended, Office));
    }

    [Fact]
    public async Task A_new_password_clears_the_count_and_ends_all_sessions_but_the_one_that_set_it()
    {
        var account = await AddAsync("password@example.org");
        var kept = await Store.BeginSessionAsync(account.Id, Hash("p1"), Noon, Later, false, Office);
        await Store.BeginSessionAsync(account.Id, Hash("p2"), Noon, Later, false, Office);
        await Store.NoteAttemptAsync(account.Id, 0, Later, false);
        await Store.SetPasswordAsync(account.Id, "a hash", kept, Office);
        Assert.NotNull(await Store.SessionAsync(Hash("p1"), Noon));
        Assert.Null(await Store.SessionAsync(Hash("p2"), Noon));
        Assert.Equal(account with { PasswordHash = "a hash" }, await Store.GetAsync(account.Id));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.SetPasswordAsync(Guid.Empty, "a hash", null, Office));
    }

    [Fact]
    public async Task Attempts_are_counted_one_by_one_and_cleared_by_a_right_one()
    {
        var account = await AddAsync("attempts@example.org");
        var counted = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => Store.NoteAttemptAsync(account.Id, 0, null, false))));
        Assert.Single(counted, was => was);
        Assert.True(await Store.NoteAttemptAsync(account.Id, 1, Later, false));
        Assert.Equal(account with { FailedAttempts = 2, LockedUntil = Later }, await Store.GetAsync(account.Id));
        Assert.True(await Store.NoteAttemptAsync(account.Id, 0, null, true));
        Assert.Equal(account, await Store.GetAsync(account.Id));
        Assert.False(await Store.NoteAttemptAsync(Guid.Empty, 0, null, false));
    }

    [Fact]
    public async Task A_journey_is_its_owners_until_it_is_over()
    {
        var (owner, other) = (await AddAsync("journey@example.org"), await AddAsync("journey-other@example.org"));
        var journeys = new JourneyStore(Engine);
        var id = await journeys.AddAsync(owner.Id, "challenge", "{\"said\":\"Ŵ\"}", Later);
        var read = await journeys.GetAsync(id, owner.Id, Noon);
        Assert.Equal(("challenge", "{\"said\":\"Ŵ\"}", Later), (read!.Kind, read.Answers, read.ExpiresAt));
        Assert.DoesNotContain("said", read.ToString(), StringComparison.Ordinal);
        Assert.Null(await journeys.GetAsync(id, other.Id, Noon));
        Assert.False(await journeys.UpdateAsync(id, other.Id, "{}", Noon, Later.AddHours(1)));
        Assert.True(await journeys.UpdateAsync(id, owner.Id, "{}", Noon, Later.AddHours(1)));
        Assert.Equal("{}", (await journeys.GetAsync(id, owner.Id, Later))!.Answers);
        Assert.Null(await journeys.GetAsync(id, owner.Id, Later.AddHours(1)));
        Assert.False(await journeys.UpdateAsync(id, owner.Id, "{}", Later.AddHours(1), Later.AddHours(2)));
        var second = await journeys.AddAsync(owner.Id, "challenge", "{}", Later.AddHours(3));
        Assert.Equal(1, await journeys.RemoveExpiredAsync(Later.AddHours(1)));
        await journeys.RemoveAsync(second, other.Id);
        Assert.NotNull(await journeys.GetAsync(second, owner.Id, Noon));
        await journeys.RemoveAsync(second, owner.Id);
        Assert.Null(await journeys.GetAsync(second, owner.Id, Noon));
    }
}

public sealed class AccountStoreOnSqlite(SqliteDatabase d) : AccountStoreTests(d), IClassFixture<SqliteDatabase>;

public sealed class AccountStoreOnPostgres(PostgresDatabase d) : AccountStoreTests(d), IClassFixture<PostgresDatabase>;
