namespace Plr.Server.Commands;

/// <summary>Where a one-time link leads: the page SignIn/Link. The token needs no escaping.</summary>
internal static class OneTimeLink
{
    public static string Address(Uri site, string token) => new Uri(site, $"/sign-in/link?token={token}").AbsoluteUri;
}
