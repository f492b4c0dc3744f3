namespace Plr.Server;

/// <summary>How a mail server is spoken to.</summary>
public enum MailSecurity
{
    None,
    StartTls,
    Tls,
}

/// <summary>The mail server. Without one, mail is written as files into the folder <c>mail</c> of the data folder.</summary>
public sealed record MailSettings
{
    /// <summary>The host name of the mail server (SMTP). Empty: mail is written as <c>.eml</c> files into the data folder.</summary>
    public string Host { get; init; } = "";

    /// <summary>Its port: 587 with StartTls, 465 with Tls, as a rule. 1 to 65535.</summary>
    public int Port { get; init; } = 587;

    /// <summary>StartTls, Tls (from the first byte), or None, which is for a mail server on this machine.</summary>
    public MailSecurity Security { get; init; } = MailSecurity.StartTls;

    /// <summary>The name to sign in to the mail server by. Empty: it asks for none.</summary>
    public string User { get; init; } = "";

    /// <summary>The password for it. Secret.</summary>
    public string Password { get; init; } = "";

    /// <summary>The address that mail comes from. It must be given with a mail server.</summary>
    public string From { get; init; } = "";

    /// <summary>Who mail is from; files need no address that works.</summary>
    internal string Sender(string host) => From.Length > 0 ? From : $"no-reply@{host}";

    internal IEnumerable<string> Problems()
    {
        if (Port is < 1 or > 65535)
        {
            yield return $"Mail:Port is '{Port}'; allowed: 1 to 65535.";
        }

        if (Host.Length > 0 != From.Length > 0 || (From.Length > 0 && !MimeKit.MailboxAddress.TryParse(From, out _)))
        {
            yield return "Mail:Host and Mail:From must be given both, From as an e-mail address, or neither, so that mail is written as files.";
        }

        if (User.Length > 0 != Password.Length > 0)
        {
            yield return "Mail:User and Mail:Password must be given both, or neither.";
        }

        if (User.Length > 0 && Security == MailSecurity.None && !IsThisMachine(Host))
        {
            yield return "Mail:Security is 'None', which would send the mail server's password in the clear; allowed with another machine: StartTls, Tls.";
        }
    }

    private static bool IsThisMachine(string host) => Uri.TryCreate($"smtp://{host}/", UriKind.Absolute, out var address) && address.IsLoopback;
}
