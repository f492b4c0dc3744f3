using Plr.Core.Mail;

namespace Plr.Server.Mail;

/// <summary>Sends the mail that is due: a chore of the worker. What cannot be sent is tried again for a day, then given up; the log says so by number.</summary>
public sealed partial class MailRound(IOutbox outbox, IPost post, MailWords words, TimeProvider time, ILogger<MailRound> log)
{
    /// <summary>A round is one of several things that the worker does: it ends after so many.</summary>
    private const int MostInARound = 50;

    // Longer than connecting, signing in and sending may take together.
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    public async Task RunAsync(CancellationToken ct)
    {
        for (var sent = 0; sent < MostInARound && await outbox.ClaimAsync(time.GetUtcNow(), Lease, ct) is { } mail; sent++)
        {
            if (!await SendAsync(mail, ct))
            {
                // A mail server that is down is not asked again for each mail that waits.
                return;
            }
        }
    }

    private async Task<bool> SendAsync(ClaimedMail mail, CancellationToken ct)
    {
        try
        {
            if (mail.EmailAddress is not { } to)
            {
                throw new MailRefusedException("The account has no e-mail address any more.");
            }

            await post.SendAsync(words.Message(mail, to), ct);
            await outbox.SentAsync(mail, time.GetUtcNow(), ct);
            return true;
        }
        catch (MailRefusedException e)
        {
            await outbox.FailedAsync(mail, time.GetUtcNow(), null, ct);
            GivenUp(log, mail.Id, mail.Kind, mail.Attempt, e.Message);
            return true;
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            var now = time.GetUtcNow();
            var next = MailRules.TryAgainAt(mail.CreatedAt, mail.Attempt, now);
            await outbox.FailedAsync(mail, now, next, ct);
            if (next is null)
            {
                GivenUp(log, mail.Id, mail.Kind, mail.Attempt, e.GetType().Name);
            }
            else
            {
                // The kind of fault only: the text of an exception may repeat the address.
                Failed(log, mail.Id, mail.Kind, mail.Attempt, e.GetType().Name);
            }

            return false;
        }
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "Mail {Mail} ({Kind}) could not be sent at attempt {Attempt}: {Fault}. It is tried again.")]
    private static partial void Failed(ILogger log, Guid mail, MailKind kind, int attempt, string fault);

    [LoggerMessage(EventId = 2, Level = LogLevel.Error, Message = "Mail {Mail} ({Kind}) is given up at attempt {Attempt}: {Fault}")]
    private static partial void GivenUp(ILogger log, Guid mail, MailKind kind, int attempt, string fault);
}
