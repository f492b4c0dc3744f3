using MimeKit;

namespace Plr.Server.Mail;

/// <summary>Takes mail away: to a mail server, or without one to files.</summary>
public interface IPost
{
    /// <summary>Ends when the other side has taken the message for good.</summary>
    /// <exception cref="MailRefusedException">It will never be taken.</exception>
    /// <exception cref="Exception">Anything else: it may be taken later.</exception>
    Task SendAsync(MimeMessage message, CancellationToken ct);
}

/// <summary>The mail server refused this one message for good; another attempt would be refused again. The text holds no address.</summary>
public sealed class MailRefusedException(string message) : Exception(message);
