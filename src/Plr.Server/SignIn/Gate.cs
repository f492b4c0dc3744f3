using Plr.Core;
using Plr.Server.Rest;
using Plr.Server.Web;

namespace Plr.Server.SignIn;

/// <summary>
/// Which action of the policy an endpoint is; several where the call says which of them, and then the endpoint asks for that one. An endpoint
/// without one answers nobody, and the build's tests name it.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class DoesAttribute(params PolicyAction[] actions) : Attribute
{
    public IReadOnlyList<PolicyAction> Actions { get; } = actions;

    /// <summary>Whether somebody with these roles, and so far with their second factor, may come to it at all.</summary>
    public bool MayTry(Roles roles, FactorState factor = FactorState.Done) => Actions.Any(action => Policy.MayTry(roles, action, factor));
}

/// <summary>
/// Asks the policy before any endpoint: somebody whose roles have no row for its action is sent to sign in, or to the second factor that their
/// session still owes, or refused. What exactly they
/// may reach (their own, their organisation's) the operations ask again with the subject at hand.
/// </summary>
public static class Gate
{
    public static void UseGate(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (Problems.IsShowing(context))
        {
            return next(context);
        }

        if (context.GetEndpoint() is not RouteEndpoint endpoint)
        {
            // Nothing, or the framework's own: the method or the media type is not one that the address takes.
            return Routes.Includes(context.Request) ? RestGate.BesideRoutesAsync(context, next) : next(context);
        }

        var does = endpoint.Metadata.GetMetadata<DoesAttribute>()
            ?? throw new InvalidOperationException($"The endpoint {endpoint.DisplayName} says no action of the policy (DoesAttribute).");
        var visit = context.RequestServices.GetRequiredService<Visit>();
        if (visit.Account is { } account)
        {
            var frame = context.RequestServices.GetRequiredService<Frame>();
            (frame.SignedInAs, frame.KeepsSignIn) = (account.Name, visit.Factor == FactorState.Done);
        }

        if (Routes.Includes(context.Request))
        {
            var refusal = context.RequestServices.GetRequiredService<RestLimits>().Refusal(context, visit) ?? RestGate.Refusal(context.Request, visit, does);
            return refusal is null ? next(context) : refusal.ExecuteAsync(context);
        }

        if (does.MayTry(visit.Roles, visit.Factor))
        {
            return next(context);
        }

        Refuse(context, visit);
        return Task.CompletedTask;
    });

    private static void Refuse(HttpContext context, Visit visit)
    {
        var isGet = HttpMethods.IsGet(context.Request.Method);
        if (visit.Account is null && isGet)
        {
            var back = context.Request.Path == "/" ? "" : $"?to={Uri.EscapeDataString(context.Request.Path)}";
            context.Response.Redirect($"{context.Request.PathBase}/sign-in{back}");
        }
        else if (visit.Factor != FactorState.Done && isGet)
        {
            context.Response.Redirect(context.Request.PathBase + Home.Next(visit.SignedIn!.Account, visit.Factor, context.Request.Path));
        }
        else
        {
            context.Response.StatusCode = visit.Account is null ? StatusCodes.Status401Unauthorized : StatusCodes.Status403Forbidden;
        }
    }
}
