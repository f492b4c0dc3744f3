using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using Plr.Core;
using Plr.Core.Accounts;
using Plr.Core.Mail;
using Plr.Server.Mail;
using Plr.Store;
using Plr.Testing;

namespace Plr.Server.Tests.Mail;

/// <summary>The outbox of a whole server against a mail server on this machine.</summary>
public sealed class MailRoundTests : IAsyncLifetime
{
    private SmtpPeer _peer = null!;
    private TestSite _site = null!;
    private Account _account = null!;

    public async ValueTask InitializeAsync()
    {
        _peer = new SmtpPeer();
        _site = await TestSite.StartAsync(new Settings
        {
            Mail = new() { Host = "127.0.0.1", Port = _peer.Port, Security = MailSecurity.None, User = "register", Password = "letters", From = "register@example.org" },
        });
        _account = await _site.Seed.AccountAsync("Siân Rees", Roles.OfficeSenior, email: "sian@example.org");
    }

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        await _peer.DisposeAsync();
    }

    [Fact]
    public async Task A_mail_is_handed_over_once_in_plain_text_with_nothing_personal_in_its_subject()
    {
        await PutAsync(MailKind.NewDevice, "Firefox, Windows");
        await RunAsync();
        await RunAsync();

        var message = Read(Assert.Single(_peer.Taken));
        Assert.Equal("A new device signed in: Personal Learning Record", message.Subject);
        Assert.Equal("text/plain", message.Body!.ContentType.MimeType);
        Assert.Equal(("Siân Rees", "sian@example.org"), (message.To.Mailboxes.Single().Name, message.To.Mailboxes.Single().Address));
        Assert.StartsWith("Dear Siân Rees,\r\n\r\nOn 23 November 2026, 12:00pm somebody signed in", message.TextBody!.ReplaceLineEndings("\r\n"), StringComparison.Ordinal);
        Assert.Contains("Firefox, Windows", message.TextBody, StringComparison.Ordinal);
        Assert.Contains(_peer.Said, line => line.StartsWith("AUTH PLAIN", StringComparison.Ordinal));
        Assert.Equal(0, await WaitingAsync());
    }

    [Fact]
    public async Task Somebody_who_signed_in_on_the_Welsh_pages_is_written_to_in_Welsh()
    {
        await Services<IAccountStore>().BeginSessionAsync(
            _account.Id, new byte[32], _site.Time.GetUtcNow(), _site.Time.GetUtcNow(), false, Seeds.Upkeep, new SessionOrigin(null, null, IsWelsh: true));
        await PutAsync(MailKind.FactorSet);
        await RunAsync();

        var message = Read(Assert.Single(_peer.Taken));
        Assert.Equal("Mae mewngofnodi dau gam ymlaen: Cofnod Dysgu Personol", message.Subject);
        Assert.StartsWith("Annwyl Siân Rees,", message.TextBody, StringComparison.Ordinal);
        Assert.Contains("/cy/sign-in", message.TextBody, StringComparison.Ordinal);
        Assert.Equal("cy", message.Body!.Headers[HeaderId.ContentLanguage]);
    }

    [Theory]
    [InlineData("RCPT", "450 the mailbox of sian@example.org is busy")]
    [InlineData(".", "451 local error")]
    [InlineData("AUTH", "535 who are you")]
    [InlineData("MAIL", "550 that sender is not this server's")]
    [InlineData("MAIL", "553 sign in first")]
    [InlineData("DATA", "503 not now")]
    [InlineData("MAIL", "")]
    [InlineData(".", "")]
    public async Task What_fails_for_now_or_is_killed_in_the_middle_is_tried_again_under_the_same_name(string at, string answer)
    {
        _peer.Answers[at] = answer;
        await PutAsync(MailKind.FactorSet);
        await RunAsync();
        _peer.Answers.Clear();
        await RunAsync();
        Assert.Empty(_peer.Taken);
        _site.Time.Advance(TimeSpan.FromMinutes(1));
        await RunAsync();

        Assert.NotEmpty(Read(Assert.Single(_peer.Taken)).MessageId!);
        Assert.Equal(0, await WaitingAsync());
    }

    [Theory]
    [InlineData("RCPT", "550 sian@example.org is unknown")]
    [InlineData(".", "554 no")]
    public async Task What_is_refused_for_good_is_given_up_at_once_and_the_next_mail_is_sent(string at, string answer)
    {
        _peer.Answers[at] = answer;
        await PutAsync(MailKind.FactorSet);
        await RunAsync();
        _peer.Answers.Clear();
        await PutAsync(MailKind.FactorRemoved);
        await RunAsync();

        Assert.Contains("Two-step sign-in is off", Assert.Single(_peer.Taken), StringComparison.Ordinal);
        Assert.Equal(0, await WaitingAsync());
        Assert.Single(await GivenUpAsync());
    }

    [Fact]
    public async Task Mail_to_an_address_that_no_mail_can_go_to_is_given_up_and_the_next_is_sent()
    {
        var account = await _site.Seed.AccountAsync("Huw Rees", Roles.OfficeSenior, email: "a<b@example.org");
        await PutAsync(MailKind.FactorSet, to: account);
        await PutAsync(MailKind.FactorRemoved);
        await RunAsync();

        Assert.Contains("Two-step sign-in is off", Assert.Single(_peer.Taken), StringComparison.Ordinal);
        Assert.Equal(0, await WaitingAsync());
        Assert.Single(await GivenUpAsync());
    }

    [Fact]
    public async Task A_mail_server_that_is_down_for_a_day_ends_in_giving_up_()
    {
        await _peer.DisposeAsync();
        await PutAsync(MailKind.FactorSet);
        for (var hour = 0; hour < 30; hour++)
        {
            await RunAsync();
            _site.Time.Advance(TimeSpan.FromHours(1));
        }

        Assert.Equal(0, await WaitingAsync());
        Assert.Single(await GivenUpAsync());
        _peer = new SmtpPeer();
    }

    [Fact]
    public async Task Without_a_mail_server_each_mail_is_a_file_that_only_its_owner_reads()
    {
        await using var site = await TestSite.StartAsync();
        var account = await site.Seed.AccountAsync("Siân Rees", Roles.OfficeSenior, email: "sian@example.org");
        await PutAsync(MailKind.FactorSet, site: site, to: account);
        await site.Services.GetRequiredService<MailRound>().RunAsync(default);

        var folder = Path.Combine(site.Services.GetRequiredService<Settings>().DataFolder, "mail");
        var file = Assert.Single(Directory.GetFiles(folder));
        using var message = await MimeMessage.LoadAsync(file, TestContext.Current.CancellationToken);
        Assert.EndsWith(".eml", file, StringComparison.Ordinal);
        Assert.StartsWith("Two-step sign-in is on", message.Subject, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
        }
    }

    private static MimeMessage Read(string text)
    {
        using var content = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text));
        return MimeMessage.Load(content);
    }

    private Task RunAsync() => Services<MailRound>().RunAsync(default);

    private Task<bool> PutAsync(MailKind kind, string? value = null, TestSite? site = null, Account? to = null) =>
        (site ?? _site).Services.GetRequiredService<Engine>().WriteAsync(async session =>
        {
            await OutboxStore.AddAsync(session, (to ?? _account).Id, kind, _site.Time.GetUtcNow(), value is null ? [] : [value]);
            return true;
        });

    private Task<long> WaitingAsync() => Services<Engine>().ReadAsync(session => session.SingleOrDefaultAsync<long>("SELECT count(*) FROM mail WHERE next_at IS NOT NULL"));

    private async Task<IReadOnlyList<string>> GivenUpAsync() =>
        [.. (await Services<Engine>().ReadAsync(session => session.QueryAsync<string?>("SELECT kind FROM mail WHERE given_up_at IS NOT NULL AND details IS NULL"))).OfType<string>()];

    private T Services<T>()
        where T : notnull => _site.Services.GetRequiredService<T>();
}
