using Plr.Core.Accounts;
using Plr.Store;

namespace Plr.Server;

/// <summary>
/// Every setting of the server, with its default. In the environment each is <c>PLR__</c> and its path with double underscores:
/// <c>PLR__Operator__Email=records@example.org</c>. These comments are the settings' documentation.
/// </summary>
public sealed record Settings
{
    /// <summary>The name of the service, at the top of every page and in every title. 1 to 60 characters.</summary>
    public string ServiceName { get; init; } = "Personal Learning Record";

    /// <summary>The name of the service on the Welsh pages. 1 to 60 characters.</summary>
    public string ServiceNameWelsh { get; init; } = "Cofnod Dysgu Personol";

    internal Core.DataChallenges.EvidenceLimits Evidence => Challenges.Evidence(LargestRequestMiB);

    internal ServiceNames Names => new([ServiceName, ServiceNameWelsh]);

    /// <summary>Where the server listens: addresses separated by semicolons. <c>--urls</c> comes before this.</summary>
    public string Urls { get; init; } = "http://localhost:5080";

    /// <summary>
    /// The address that people type, when a proxy stands in front. It must be https unless the host is loopback; with https
    /// all cookies are Secure. Passkeys belong to its host name: none are made for an IP address, and with another name they no longer work. Empty:
    /// the first of <see cref="Urls"/>.
    /// </summary>
    public string PublicUrl { get; init; } = "";

    /// <summary>
    /// The proxies in front whose <c>X-Forwarded-For</c> is believed, as addresses or networks separated by semicolons: <c>10.0.0.5;10.1.0.0/16</c>.
    /// Callers of the open interface who have not signed in are counted by address, so behind a proxy that is not named here they are all one
    /// caller. Empty: no forwarded header is believed.
    /// </summary>
    public string TrustedProxies { get; init; } = "";

    /// <summary>The time zone in which pages say dates and times, as an IANA name.</summary>
    public string TimeZone { get; init; } = "Europe/London";

    /// <summary>The largest request body in mebibytes: the largest file that can be uploaded. 1 to 2048.</summary>
    public int LargestRequestMiB { get; init; } = 256;

    /// <summary>Where everything lies that is not in a database server: <c>plr.db</c> (SQLite), keys, uploaded files. A backup copies it; several servers on one PostgreSQL database share it.</summary>
    public string DataFolder { get; init; } = "plr-data";

    /// <summary>The database.</summary>
    public StoreSettings Store { get; init; } = new();

    /// <summary>The register's secret keys, when they are not to lie in the data folder.</summary>
    public KeySettings Keys { get; init; } = new();

    /// <summary>Sessions and one-time links.</summary>
    public SignInSettings SignIn { get; init; } = new();

    /// <summary>The open interface.</summary>
    public RestSettings Rest { get; init; } = new();

    /// <summary>The mail server.</summary>
    public MailSettings Mail { get; init; } = new();

    /// <summary>How people are found and when somebody new is registered.</summary>
    public MatchingSettings Matching { get; init; } = new();

    /// <summary>How shares of records are checked.</summary>
    public SharingSettings Sharing { get; init; } = new();

    /// <summary>Data challenges: the clock and the evidence.</summary>
    public ChallengeSettings Challenges { get; init; } = new();

    /// <summary>Who runs this register, as the privacy notice and the accessibility statement name them.</summary>
    public OperatorSettings Operator { get; init; } = new();

    /// <summary>What the register holds and since when.</summary>
    public CoverageSettings Coverage { get; init; } = new();

    /// <summary>The address that people type.</summary>
    public Uri Address() => new(PublicUrl.Length > 0 ? PublicUrl : FirstUrl());

    /// <summary>People reach the service over https.</summary>
    public bool IsHttps => Address().Scheme == Uri.UriSchemeHttps;

    /// <summary>What is wrong, one sentence for each setting, with what is allowed; empty when all is well.</summary>
    public IEnumerable<string> Problems()
    {
        // A name of blanks is none: no page and no report can say it.
        if (string.IsNullOrWhiteSpace(ServiceName) || ServiceName.Length > 60)
        {
            yield return "ServiceName must have 1 to 60 characters, not only blanks.";
        }

        if (string.IsNullOrWhiteSpace(ServiceNameWelsh) || ServiceNameWelsh.Length > 60)
        {
            yield return "ServiceNameWelsh must have 1 to 60 characters, not only blanks.";
        }

        if (string.IsNullOrWhiteSpace(Operator.Name) || string.IsNullOrWhiteSpace(Operator.NameWelsh))
        {
            yield return "Operator:Name and Operator:NameWelsh must not be blank.";
        }

        if (Urls.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is var urls && (urls.Length == 0 || !urls.All(url => IsAddress(AnyHost(url)))))
        {
            yield return $"Urls is '{Urls}'; allowed: http or https addresses separated by semicolons, such as http://localhost:5080.";
        }

        if (PublicUrl.Length > 0 && !IsPublic(PublicUrl))
        {
            yield return $"PublicUrl is '{PublicUrl}'; allowed: an https address without a path, or an http address of this machine such as http://localhost:5080.";
        }

        if (Web.PublicAddress.Proxies(this) is null)
        {
            yield return $"TrustedProxies is '{TrustedProxies}'; allowed: addresses and networks separated by semicolons, such as 10.0.0.5;10.1.0.0/16.";
        }

        if (!TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out _))
        {
            yield return $"TimeZone is '{TimeZone}'; allowed: an IANA name such as Europe/London.";
        }

        if (DataFolder.Length == 0)
        {
            yield return "DataFolder must name a folder.";
        }

        if (Store.Engine == EngineKind.Postgres && Store.ConnectionString.Length == 0)
        {
            yield return "Store:ConnectionString must be given with Store:Engine Postgres, such as Host=localhost;Database=plr;Username=plr.";
        }

        foreach (var (name, key) in new[] { ("Ulns", Keys.Ulns), ("Audit", Keys.Audit) })
        {
            if (key.Length > 0 && (!Convert.TryFromBase64String(key, new byte[key.Length], out var length) || length != 32))
            {
                yield return $"Keys:{name} must be 32 bytes in base64.";
            }
        }

        if (Keys.Ulns.Length > 0 != Keys.Audit.Length > 0)
        {
            yield return "Keys:Ulns and Keys:Audit must be given both, or neither, so that both lie in keys.json of the data folder.";
        }

        if (SignIn.IdleMinutes is < 1 or > 720 || SignIn.SessionHours is < 1 or > 24)
        {
            yield return "SignIn allows IdleMinutes 1 to 720 and SessionHours 1 to 24.";
        }

        if (Rest.RequestsInMinute is < 1 or > 1_000_000)
        {
            yield return "Rest:RequestsInMinute allows 1 to 1000000.";
        }

        if (LargestRequestMiB is < 1 or > 2048)
        {
            yield return $"LargestRequestMiB is '{LargestRequestMiB}'; allowed: 1 to 2048.";
        }

        foreach (var problem in Mail.Problems().Concat(Coverage.Problems()).Concat(Matching.Problems()).Concat(Sharing.Problems()).Concat(Challenges.Problems()))
        {
            yield return problem;
        }
    }

    private string FirstUrl() => AnyHost(Urls.Split(';', 2)[0]);

    /// <summary>http://*:80 and http://+:80 listen on every address of the machine.</summary>
    private static string AnyHost(string url) => url.Replace("://*", "://localhost", StringComparison.Ordinal).Replace("://+", "://localhost", StringComparison.Ordinal);

    private static bool IsAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps);

    private static bool IsPublic(string text) =>
        IsAddress(text) && new Uri(text) is var uri && uri.PathAndQuery == "/" && (uri.Scheme == Uri.UriSchemeHttps || uri.IsLoopback);
}

/// <summary>The body that runs the register.</summary>
public sealed record OperatorSettings
{
    /// <summary>Its name in English, as it stands in a sentence.</summary>
    public string Name { get; init; } = "the register office";

    /// <summary>Its name in Welsh, as it stands in a sentence.</summary>
    public string NameWelsh { get; init; } = "swyddfa’r gofrestr";

    /// <summary>The e-mail address for questions about the service, data protection and accessibility. Empty: pages name none.</summary>
    public string Email { get; init; } = "";
}

/// <summary>The database of the register.</summary>
public sealed record StoreSettings
{
    /// <summary>Sqlite, in the data folder, or Postgres.</summary>
    public EngineKind Engine { get; init; } = EngineKind.Sqlite;

    /// <summary>PostgreSQL only: an Npgsql connection string. It is a secret when it has a password.</summary>
    public string ConnectionString { get; init; } = "";

    /// <summary>Whether <c>serve</c> brings the schema up to date at start. With false, run <c>plr migrate</c> first.</summary>
    public bool MigrateAtStart { get; init; } = true;
}

/// <summary>Keys that servers of one register must share. Empty: <c>keys.json</c> in the data folder, made at the first start.</summary>
public sealed record KeySettings
{
    /// <summary>32 bytes in base64: the order in which ULNs are issued. Secret.</summary>
    public string Ulns { get; init; } = "";

    /// <summary>32 bytes in base64: pseudonyms and seals of the audit trail; it must never change. Secret.</summary>
    public string Audit { get; init; } = "";
}

/// <summary>How long people stay signed in.</summary>
public sealed record SignInSettings
{
    /// <summary>A session ends after so many minutes without a request. 1 to 720.</summary>
    public int IdleMinutes { get; init; } = 30;

    /// <summary>A session ends after so many hours whatever happens. 1 to 24.</summary>
    public int SessionHours { get; init; } = 12;

    /// <summary>Whether learners must have a second factor too. People of organisations and officers always must; learners choose unless this is true.</summary>
    public bool LearnersNeedSecondFactor { get; init; }

    internal SessionRules Rules => new(TimeSpan.FromMinutes(IdleMinutes), TimeSpan.FromHours(SessionHours)) { LearnersNeedFactor = LearnersNeedSecondFactor };
}

/// <summary>The open interface.</summary>
public sealed record RestSettings
{
    /// <summary>How many requests one machine client can make in a minute, on each server. 1 to 1000000.</summary>
    public int RequestsInMinute { get; init; } = 3000;
}
