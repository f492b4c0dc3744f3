using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Plr.Server.Tests;

/// <summary>Any page called with <c>?test=bug</c> throws, with <c>?test=403</c> answers that status: a bug and a refusal where pages have them.</summary>
public sealed class FailsOnRequest : IAsyncResourceFilter
{
    public const string Secret = "the inside of the bug";

    public Task OnResourceExecutionAsync(ResourceExecutingContext context, ResourceExecutionDelegate next)
    {
        var wish = context.HttpContext.Request.Query["test"].ToString();
        if (wish.Length == 0 || context.HttpContext.Request.Path == "/problem")
        {
            return next();
        }

        if (wish == "bug")
        {
            throw new InvalidOperationException(Secret);
        }

        context.Result = new StatusCodeResult(wish == "413" ? StatusCodes.Status413PayloadTooLarge : StatusCodes.Status403Forbidden);
        return Task.CompletedTask;
    }
}
