using Plr.Core;
using Plr.Core.MachineClients;
using Plr.Core.Responses;
using Plr.Server.SignIn;

namespace Plr.Server.Rest;

/// <summary>
/// Who comes to the open interface: software by its token, within its scopes; a signed-in person by their session for reading only, so that
/// no other site can make their browser change anything.
/// </summary>
internal static class RestGate
{
    public static RestAnswer? Refusal(HttpRequest request, Visit visit, DoesAttribute does)
    {
        if (visit.Roles == Roles.None)
        {
            return does.MayTry(Roles.None) && !MachineToken.IsCarried(request) ? null : SignInFirst(request);
        }

        if (!does.MayTry(visit.Roles, visit.Factor))
        {
            return RestAnswer.Refuse(ResponseCodes.NotAllowed);
        }

        if (visit.Machine is not null)
        {
            return MissingScope(request, visit, does.Actions);
        }

        return HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)
            ? null
            : RestAnswer.Refuse(ResponseCodes.SignInFirst, "Changes are made with a token of a machine client, not with a person's session.");
    }

    /// <summary>Where no route is: counted as everywhere, and whoever has not signed in hears that before what is wrong with a body.</summary>
    public static async Task BesideRoutesAsync(HttpContext context, RequestDelegate next)
    {
        var visit = context.RequestServices.GetRequiredService<Visit>();
        if (context.RequestServices.GetRequiredService<RestLimits>().Refusal(context, visit) is { } tooMany)
        {
            await tooMany.ExecuteAsync(context);
            return;
        }

        await next(context);
        if (context.Response is { StatusCode: StatusCodes.Status415UnsupportedMediaType, HasStarted: false } && visit.Roles == Roles.None)
        {
            await SignInFirst(context.Request).ExecuteAsync(context);
        }
    }

    private static RestAnswer SignInFirst(HttpRequest request)
    {
        request.HttpContext.Response.Headers.WWWAuthenticate = MachineToken.IsCarried(request) ? "Bearer error=\"invalid_token\"" : "Bearer";
        return RestAnswer.Refuse(ResponseCodes.SignInFirst, $"Get a token from {MachineSignIn.Path} and send it as Authorization: Bearer. Tokens last ten minutes.");
    }

    /// <summary>The answer to software whose token opens none of these actions; null when it opens one.</summary>
    public static RestAnswer? MissingScope(HttpRequest request, Visit visit, IReadOnlyList<PolicyAction> actions)
    {
        if (visit.Machine is not { } machine || actions.Any(action => Scope.Opens(machine.Scopes, action)))
        {
            return null;
        }

        var scopes = string.Join(' ', Scope.All.Where(scope => scope.Actions.Intersect(actions).Any()).Select(scope => scope.Name));
        request.HttpContext.Response.Headers.WWWAuthenticate = $"Bearer error=\"insufficient_scope\", scope=\"{scopes}\"";
        return RestAnswer.Refuse(ResponseCodes.ScopeMissing, $"Ask for a token with: {scopes}.");
    }
}
