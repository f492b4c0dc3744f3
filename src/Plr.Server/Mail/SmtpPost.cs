using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Plr.Server.Mail;

/// <summary>Hands mail to the mail server of the settings, one connection a message: there are few of them.</summary>
public sealed class SmtpPost(MailSettings settings) : IPost
{
    private const int TimeoutMilliseconds = 20_000;
    private const int FirstPermanent = 500;

    public async Task SendAsync(MimeMessage message, CancellationToken ct)
    {
        using var client = new SmtpClient { Timeout = TimeoutMilliseconds };
        await client.ConnectAsync(settings.Host, settings.Port, Options(settings.Security), ct);
        if (settings.User.Length > 0)
        {
            await client.AuthenticateAsync(settings.User, settings.Password, ct);
        }

        try
        {
            await client.SendAsync(message, ct);
        }
        catch (SmtpCommandException e)
        {
            // The server's own words often repeat the address: they go neither into the log nor further. Whatever else is refused (the sender, a session
            // that is not signed in) is so for every mail, and an operator can mend it.
            throw (int)e.StatusCode >= FirstPermanent && e.ErrorCode is (SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted)
                ? new MailRefusedException($"The mail server refused it for good ({(int)e.StatusCode}).")
                : new IOException($"The mail server did not take it for now ({(int)e.StatusCode}).");
        }

        await LeaveAsync(client, ct);
    }

    /// <summary>It is taken: whatever happens while saying goodbye, it must not be sent again.</summary>
    private static async Task LeaveAsync(SmtpClient client, CancellationToken ct)
    {
        try
        {
            await client.DisconnectAsync(quit: true, ct);
        }
        catch (Exception e) when (e is IOException or ServiceNotConnectedException or SmtpProtocolException or SmtpCommandException or OperationCanceledException)
        {
            // Nothing is left to be said.
        }
    }

    private static SecureSocketOptions Options(MailSecurity security) => security switch
    {
        MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
        MailSecurity.StartTls => SecureSocketOptions.StartTls,
        _ => SecureSocketOptions.None,
    };
}
