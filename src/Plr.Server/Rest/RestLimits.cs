using System.Collections.Concurrent;
using System.Globalization;
using System.Threading.RateLimiting;
using Plr.Core.Responses;
using Plr.Server.SignIn;

namespace Plr.Server.Rest;

/// <summary>
/// How much one client asks in a minute, on this server, told in the headers of draft-ietf-httpapi-ratelimit-headers. Signing in is counted by
/// client address, the rest by client or account.
/// </summary>
internal sealed class RestLimits(Settings settings) : IDisposable
{
    private const string PolicyName = "minute";
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<string, FixedWindowRateLimiter> _limiters = new(StringComparer.Ordinal);

    /// <summary>Takes one request of the caller's; a refusal when none is left.</summary>
    public RestAnswer? Refusal(HttpContext context, Visit visit)
    {
        var caller = visit.Machine?.Client.Id.ToString() ?? visit.Account?.Id.ToString() ?? context.Connection.RemoteIpAddress?.ToString() ?? "";
        var limiter = _limiters.GetOrAdd(caller, _ => new(new FixedWindowRateLimiterOptions { PermitLimit = settings.Rest.RequestsInMinute, Window = Window, QueueLimit = 0 }));
        using var lease = limiter.AttemptAcquire();
        var left = limiter.GetStatistics()?.CurrentAvailablePermits ?? 0;
        var headers = context.Response.Headers;
        headers["RateLimit-Policy"] = string.Create(CultureInfo.InvariantCulture, $"\"{PolicyName}\";q={settings.Rest.RequestsInMinute};w={Window.TotalSeconds:0}");
        if (lease.IsAcquired)
        {
            headers["RateLimit"] = string.Create(CultureInfo.InvariantCulture, $"\"{PolicyName}\";r={left}");
            return null;
        }

        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? Math.Max(1, (int)Math.Ceiling(after.TotalSeconds)) : (int)Window.TotalSeconds;
        headers["RateLimit"] = string.Create(CultureInfo.InvariantCulture, $"\"{PolicyName}\";r=0;t={wait}");
        headers.RetryAfter = wait.ToString(CultureInfo.InvariantCulture);
        return RestAnswer.Refuse(ResponseCodes.TooManyRequests);
    }

    /// <summary>Forgets callers who have not come for a while.</summary>
    public void Forget()
    {
        foreach (var (caller, limiter) in _limiters.Where(pair => pair.Value.IdleDuration > Window))
        {
            if (_limiters.TryRemove(KeyValuePair.Create(caller, limiter)))
            {
                limiter.Dispose();
            }
        }
    }

    public void Dispose()
    {
        foreach (var limiter in _limiters.Values)
        {
            limiter.Dispose();
        }
    }
}
