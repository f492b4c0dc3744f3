namespace Plr.Server.Commands;

/// <summary>Where a one-time link leads.</summary>
internal static class OneTimeLink
{
    public static string Address(Uri site, string token) => new Uri(site, $"/sign-in/link/{token}").AbsoluteUri;
}
