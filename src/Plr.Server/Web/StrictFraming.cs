using Microsoft.Net.Http.Headers;

namespace Plr.Server.Web;

/// <summary>
/// A request with both Content-Length and Transfer-Encoding is refused and its connection closed (design, "Input from outside"): two servers in a
/// row could read it differently, and take its rest for somebody else's request. Kestrel reads it by its chunks and renames the length. Bare line
/// feeds it refuses by a switch (PlrHost), crooked chunks by itself, and a chunk's extension it counts as body.
/// </summary>
public static class StrictFraming
{
    /// <summary>Under which name Kestrel leaves a length that it did not go by.</summary>
    private const string LeftLength = "X-Content-Length";

    public static void UseStrictFraming(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var headers = context.Request.Headers;
        if (headers.TransferEncoding.Count == 0)
        {
            return next(context);
        }

        if (headers.ContentLength is null && !headers.ContainsKey(LeftLength))
        {
            return ReadAsync(context, next);
        }

        context.Response.Headers[HeaderNames.Connection] = "close";
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return Task.CompletedTask;
    });

    /// <summary>A chunk's size beyond every number Kestrel tells as a fault of its own; it is the sender's.</summary>
    private static async Task ReadAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (IOException e) when (e.InnerException is OverflowException)
        {
            throw new BadHttpRequestException("The size of a chunk is beyond every number.", e);
        }
    }
}
