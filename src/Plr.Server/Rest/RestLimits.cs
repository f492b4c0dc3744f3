using System.Globalization;
using Plr.Core.Responses;
using Plr.Server.CheckSite;
using Plr.Server.SignIn;

namespace Plr.Server.Rest;

/// <summary>
/// How much one caller asks in a minute, on this server, told in the headers of draft-ietf-httpapi-ratelimit-headers. Whoever is known is counted
/// by who they are, in a counter that nobody else fills; an address, which many can share, only counts those who are not known.
/// </summary>
internal sealed class RestLimits(Settings settings, TimeProvider time)
{
    private const string PolicyName = "minute";
    private readonly CallCounter _known = new(settings.Rest.RequestsInMinute, time);
    private readonly CallCounter _unknown = new(settings.Rest.RequestsInMinute, time);
    private readonly CallCounter _signIns = new(settings.Rest.RequestsInMinute, time);
    private readonly CallCounter _failures = new(settings.Rest.RequestsInMinute, time);

    /// <summary>Takes one request of the caller's; a refusal when none is left.</summary>
    public RestAnswer? Refusal(HttpContext context, Visit visit) =>
        (visit.Machine?.Client.Id ?? visit.Account?.Id) is { } id ? Take(context, _known, Name(id))
        : MachineToken.IsCarried(context.Request) ? Take(context, _failures, Checker.PlaceOf(context))
        : Take(context, _unknown, Checker.PlaceOf(context));

    /// <summary>Takes one token of a client that has shown its key; a refusal when none is left.</summary>
    public RestAnswer? TokenRefusal(HttpContext context, Guid client) => Take(context, _signIns, Name(client));

    /// <summary>Takes one failure of an address; a refusal when none is left. It keeps nobody from the address who shows a right key.</summary>
    public RestAnswer? FailureRefusal(HttpContext context) => Take(context, _failures, Checker.PlaceOf(context));

    /// <summary>Forgets callers who have not come for a while.</summary>
    public void Forget()
    {
        foreach (var counter in new[] { _known, _unknown, _signIns, _failures })
        {
            counter.Forget();
        }
    }

    private RestAnswer? Take(HttpContext context, CallCounter counter, string caller)
    {
        var (isAllowed, left, seconds) = counter.Take(caller);
        var headers = context.Response.Headers;
        headers["RateLimit-Policy"] = string.Create(CultureInfo.InvariantCulture, $"\"{PolicyName}\";q={settings.Rest.RequestsInMinute};w={CallCounter.Window.TotalSeconds:0}");
        headers["RateLimit"] = string.Create(CultureInfo.InvariantCulture, $"\"{PolicyName}\";r={left};t={seconds}");
        if (isAllowed)
        {
            return null;
        }

        headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return RestAnswer.Refuse(ResponseCodes.TooManyRequests);
    }

    private static string Name(Guid id) => id.ToString("N");
}
