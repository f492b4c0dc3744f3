using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace Plr.Server.Web;

/// <summary>
/// A proxy in front usually speaks http to us. The public address in the settings says what people see, so that no forwarded header needs to be
/// believed for it; who calls, only a proxy can say, and only one that the settings name is believed.
/// </summary>
public static class PublicAddress
{
    public static void UsePublicAddress(this IApplicationBuilder app, Settings settings)
    {
        // An empty list would mean everybody to the framework.
        if (Proxies(settings) is { Count: > 0 } proxies)
        {
            var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor, ForwardLimit = null };
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
            proxies.ForEach(options.KnownIPNetworks.Add);
            app.UseForwardedHeaders(options);
        }

        var scheme = settings.Address().Scheme;
        app.Use((context, next) =>
        {
            context.Request.Scheme = scheme;
            return next(context);
        });
    }

    /// <summary>The proxies that the settings name, an address as the network of itself; null when one is neither.</summary>
    internal static List<IPNetwork>? Proxies(Settings settings)
    {
        var proxies = new List<IPNetwork>();
        foreach (var text in settings.TrustedProxies.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (IPAddress.TryParse(text, out var address))
            {
                proxies.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            }
            else if (IPNetwork.TryParse(text, out var network))
            {
                proxies.Add(network);
            }
            else
            {
                return null;
            }
        }

        return proxies;
    }
}
