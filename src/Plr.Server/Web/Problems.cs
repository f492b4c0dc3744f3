using System.Diagnostics;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.WebUtilities;

namespace Plr.Server.Web;

/// <summary>One handler for bugs and one page for them and for refusals without a page of their own: words, never a number.</summary>
public static class Problems
{
    public const string Path = "/problem";

    public static void UseProblemPages(this IApplicationBuilder app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandlingPath = Path,
            CreateScopeForErrors = true,
            StatusCodeSelector = e => (e as BadHttpRequestException)?.StatusCode ?? StatusCodes.Status500InternalServerError,

            // What anybody can send is no bug: nobody fills the log with it.
            SuppressDiagnosticsCallback = failed => failed.Exception is BadHttpRequestException,
        });
        app.UseStatusCodePagesWithReExecute(Path, createScopeForStatusCodePages: true);
    }

    /// <summary>The reference by which the log and the trail know this request; made here (<see cref="OwnTrace"/>), so that it says nothing about a person.</summary>
    public static string Reference(HttpContext context) => Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;

    /// <summary>The request is shown as a problem because something else went wrong first.</summary>
    public static bool IsShowing(HttpContext context) =>
        context.Features.Get<IExceptionHandlerFeature>() is not null || context.Features.Get<IStatusCodeReExecuteFeature>() is not null;

    /// <summary>Path and query as the person asked, also when a problem page is shown in their place.</summary>
    public static (PathString Path, IQueryCollection Query) AddressAskedFor(HttpContext context)
    {
        if (context.Features.Get<IExceptionHandlerPathFeature>() is { } failed)
        {
            return (failed.Path, context.Request.Query);
        }

        return context.Features.Get<IStatusCodeReExecuteFeature>() is { } refused
            ? (refused.OriginalPath, new QueryCollection(QueryHelpers.ParseQuery(refused.OriginalQueryString)))
            : (context.Request.Path, context.Request.Query);
    }
}
