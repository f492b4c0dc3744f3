using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Plr.Core.Responses;
using Plr.Server.SignIn;
using Plr.Server.Web;
using Plr.Store;

namespace Plr.Server.Rest;

/// <summary>What is wrong with one field.</summary>
/// <param name="Code">The code it leads to.</param>
/// <param name="Field">The field, as this interface spells it.</param>
/// <param name="Text">What is wrong with it.</param>
internal sealed record RestFinding(string Code, string Field, string Text);

/// <summary>Problem details (RFC 9457) with the register's code.</summary>
/// <param name="Type">The page about the code.</param>
/// <param name="Title">The code's official text.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">What a person quotes.</param>
/// <param name="Detail">What to do, where there is more to say.</param>
/// <param name="Findings">What is wrong, field by field.</param>
/// <param name="Trace">The reference by which the log knows the request.</param>
internal sealed record RestProblem(string Type, string Title, int Status, string Code, string? Detail, IReadOnlyList<RestFinding>? Findings, string? Trace)
{
    public const string MediaType = "application/problem+json";

    public static RestProblem Of(ResponseCode code, string? detail, IReadOnlyList<Finding>? findings) => new(
        $"/help/codes#{code.Anchor}",
        code.Text,
        code.Http,
        code.Code,
        detail,
        findings is { Count: > 0 } ? [.. findings.Select(finding => new RestFinding(finding.Code.Code, JsonNamingPolicy.CamelCase.ConvertName(finding.Field), finding.Text))] : null,
        Activity.Current?.TraceId.ToHexString());
}

/// <summary>Refusals and failures that come from around the routes, in the interface's own form.</summary>
internal static partial class RestProblems
{
    public static void UseRestProblems(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        if (!Routes.Includes(context.Request) && !MachineSignIn.Includes(context.Request))
        {
            await next(context);
            return;
        }

        try
        {
            await next(context);
        }
        catch (Exception e) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            await AnswerAsync(context, e);
            return;
        }

        if (context.Response is { StatusCode: >= 400, HasStarted: false, ContentType: null })
        {
            await RestAnswer.Refuse(CodeOf(context.Response.StatusCode)).ExecuteAsync(context);
        }
    });

    private static Task AnswerAsync(HttpContext context, Exception e)
    {
        if (e is BadHttpRequestException bad)
        {
            return RestAnswer.Refuse(CodeOf(bad.StatusCode)).ExecuteAsync(context);
        }

        var log = context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Rest");
        if (e is StoreFullException)
        {
            Full(log, Problems.Reference(context));
            return RestAnswer.Refuse(ResponseCodes.StoreFull, "This was not kept. Send it again later, with the Idempotency-Key that it had.").ExecuteAsync(context);
        }

        // The failure may have come before the commit or after it.
        Failed(log, e, Problems.Reference(context));
        return RestAnswer.Refuse(
            ResponseCodes.Bug,
            "If this was a change, whether it was kept is not known: send it again with the same Idempotency-Key, and it is done once. If that fails too, tell the register office the trace.")
            .ExecuteAsync(context);
    }

    private static ResponseCode CodeOf(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => ResponseCodes.SignInFirst,
        StatusCodes.Status403Forbidden => ResponseCodes.NotAllowed,
        StatusCodes.Status404NotFound => ResponseCodes.NotFound,
        StatusCodes.Status405MethodNotAllowed => ResponseCodes.MethodNotAllowed,
        StatusCodes.Status413PayloadTooLarge => ResponseCodes.TooLarge,
        StatusCodes.Status415UnsupportedMediaType => ResponseCodes.WrongMediaType,
        StatusCodes.Status429TooManyRequests => ResponseCodes.TooManyRequests,
        >= 500 => ResponseCodes.Bug,
        _ => ResponseCodes.BadRequest,
    };

    [LoggerMessage(LogLevel.Error, "A call of the open interface failed: {Reference}.")]
    private static partial void Failed(ILogger logger, Exception e, string reference);

    [LoggerMessage(LogLevel.Critical, "The disk of the register is full: the call {Reference} was not kept.")]
    private static partial void Full(ILogger logger, string reference);
}
