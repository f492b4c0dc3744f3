using System.Net.Sockets;
using Plr.Core;
using Plr.Server.Web;

namespace Plr.Server.CheckSite;

/// <summary>Somebody who checks a share: nobody to the register, whoever they are signed in as, and from where they come.</summary>
public sealed class Checker(IHttpContextAccessor accessor)
{
    private const int NetworkBytes = 8;

    private HttpContext Context => accessor.HttpContext ?? throw new InvalidOperationException("There is no request.");

    public Access Access => Access.OfChecker(Problems.Reference(Context));

    /// <summary>The address, of IPv6 the network (/64): one place has all of that.</summary>
    public string Place => PlaceOf(Context);

    /// <summary>As <see cref="Place"/>.</summary>
    public static string PlaceOf(HttpContext context)
    {
        if (context.Connection.RemoteIpAddress is not { } address)
        {
            return "";
        }

        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(plain.GetAddressBytes().AsSpan(0, NetworkBytes)) : plain.ToString();
    }

    /// <summary>The page's address opens what it shows: no other site is to see it, and no machine that searches sites to keep it.</summary>
    public void Hide()
    {
        Context.Response.Headers[SecurityHeaders.ReferrerPolicy] = "no-referrer";
        Context.Response.Headers["X-Robots-Tag"] = "noindex, nofollow, noarchive";
    }
}
