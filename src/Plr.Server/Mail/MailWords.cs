using System.Globalization;
using MimeKit;
using MimeKit.Text;
using Plr.Core.Mail;
using Plr.Server.Web;

namespace Plr.Server.Mail;

/// <summary>
/// Writes a mail in the reader's language, as plain text. The subject says what kind of mail it is and nothing about a person; a link that
/// signs in goes only to whoever asked for one, and works once.
/// </summary>
public sealed class MailWords(Texts texts, Dates dates, Settings settings)
{
    public MimeMessage Message(ClaimedMail mail, string to)
    {
        var (language, culture) = (mail.IsWelsh ? Languages.Welsh : Languages.English, CultureInfo.CurrentUICulture);
        var numbers = CultureInfo.CurrentCulture;
        CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = language;
        try
        {
            return Written(mail, to);
        }
        finally
        {
            (CultureInfo.CurrentUICulture, CultureInfo.CurrentCulture) = (culture, numbers);
        }
    }

    private MimeMessage Written(ClaimedMail mail, string to)
    {
        var service = Languages.IsWelsh ? settings.ServiceNameWelsh : settings.ServiceName;
        var body = new TextPart(TextFormat.Plain) { Text = Body(mail, service) };
        body.Headers.Add(HeaderId.ContentLanguage, Languages.Code);
        var message = new MimeMessage
        {
            MessageId = $"{mail.Id:N}@{settings.Address().IdnHost}",
            Date = mail.CreatedAt,
            Subject = texts[$"Mail.{mail.Kind}.Subject", service],
            Body = body,
        };
        message.From.Add(new MailboxAddress(service, settings.Mail.Sender(settings.Address().IdnHost)));
        message.To.Add(Reader(mail.Name, to));
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        return message;
    }

    /// <summary>The second value, a day, in words; empty without one, and once what was filled in is gone.</summary>
    private string Day(IReadOnlyList<string> values) =>
        values.Count > 1 && DateOnly.TryParseExact(values[1], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? dates.Day(day) : "";

    private static MailboxAddress Reader(string name, string address)
    {
        try
        {
            return new(name, address);
        }
        catch (ParseException)
        {
            // Taken before addresses were looked at as closely. The exception's text may repeat it.
            throw new MailRefusedException("The account's e-mail address is not one that mail can go to.");
        }
    }

    private string Corrected(ClaimedMail mail, string service)
    {
        var seenAt = dates.Day(DateTimeOffset.Parse(mail.Values[0], CultureInfo.InvariantCulture));
        string[] paragraphs =
        [
            // What a stranger said that they are called is no word of ours.
            texts["Mail.GreetingPlain"],
            mail.Values[1].Length > 0 ? texts["Mail.ShareCorrected.WithReceipt", seenAt, mail.Values[1]] : texts["Mail.ShareCorrected.Text", seenAt],
            texts["Mail.ShareCorrected.Next", new Uri(settings.Address(), Languages.IsWelsh ? "/cy/check" : "/check")],
            service,
        ];
        return string.Join("\r\n\r\n", paragraphs) + "\r\n";
    }

    private string Body(ClaimedMail mail, string service)
    {
        var (values, at) = (mail.Values, dates.DayAndTime(mail.CreatedAt));
        if (mail.Kind == MailKind.ShareCorrected)
        {
            return Corrected(mail, service);
        }

        if (mail.Kind == MailKind.SignInLink)
        {
            var link = $"{new Uri(settings.Address(), Languages.IsWelsh ? "/cy/sign-in/link" : "/sign-in/link")}?token={mail.Values[0]}";
            return string.Join("\r\n\r\n", texts["Mail.Greeting", mail.Name], texts["Mail.SignInLink.Text"], link, texts["Mail.SignInLink.IfNotYou"], service) + "\r\n";
        }

        if (mail.Kind == MailKind.ShareSeen)
        {
            var shares = new Uri(settings.Address(), Languages.IsWelsh ? "/cy/learner/shares" : "/learner/shares");
            return string.Join("\r\n\r\n", texts["Mail.Greeting", mail.Name], texts["Mail.ShareSeen.Text", at], texts["Mail.ShareSeen.Next", shares], service) + "\r\n";
        }

        var told = mail.Kind switch
        {
            MailKind.NewDevice => texts["Mail.NewDevice.Text", at, values.Count > 0 && values[0].Length > 0 ? values[0] : texts["Mail.UnknownBrowser"]],
            MailKind.RecoveryCodeUsed => texts["Mail.RecoveryCodeUsed.Text", at, values.Count > 0 ? values[0] : ""],
            >= MailKind.ChallengeRaised and <= MailKind.ChallengeTakenAway and var kind => texts[$"Mail.{kind}.Text", values.Count > 0 ? values[0] : "", Day(values)],
            var kind => texts[$"Mail.{kind}.Text", at],
        };
        var signIn = new Uri(settings.Address(), Languages.IsWelsh ? "/cy/sign-in" : "/sign-in");
        var then = mail.Kind is >= MailKind.ChallengeRaised and <= MailKind.ChallengeTakenAway ? texts["Mail.ChallengeSignIn", signIn] : texts["Mail.IfNotYou", signIn];
        string[] paragraphs = [texts["Mail.Greeting", mail.Name], told, then, service];
        return string.Join("\r\n\r\n", paragraphs) + "\r\n";
    }
}
