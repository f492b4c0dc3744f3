using Plr.Core;
using Plr.Core.Matching;
using Plr.Server.SignIn;
using Plr.Store;

namespace Plr.Server.Web;

/// <summary>Whether the process lives, and whether it can serve: for whoever starts it and for what stands in front of it.</summary>
public static class Health
{
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapGet("/health/live", () => Results.Text("live")).WithMetadata(new DoesAttribute(PolicyAction.ReadPublicPages)).ExcludeFromDescription();
        app.MapGet("/health/index", Index).WithMetadata(new DoesAttribute(PolicyAction.ReadPublicPages)).ExcludeFromDescription();
        app.MapGet("/health/ready", ReadyAsync).WithMetadata(new DoesAttribute(PolicyAction.ReadPublicPages)).ExcludeFromDescription();
    }

    /// <summary>
    /// For <c>plr match index check</c>, which has the register's keys; for others there is nothing here. From two digests, before and after a change, somebody could tell
    /// whether the person that they think of was registered in between.
    /// </summary>
    private static IResult Index(HttpRequest request, LearnerFollower follower, KeyProof proof) =>
        !proof.IsGood(request.Headers[KeyProof.Header]) ? Results.NotFound()
        : follower.Digest() is { } digest ? Results.Json(digest)
        : Results.Text("the find index is not loaded yet", statusCode: StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> ReadyAsync(Engine engine, LearnerFollower follower, ILoggerFactory logs, CancellationToken ct)
    {
        try
        {
            await engine.ReadAsync(session => session.SingleOrDefaultAsync<long?>("SELECT count(*) FROM schema_migration"), ct);
            return follower.IsReady
                ? Results.Text("ready")
                : Results.Text($"loading the find index: {follower.Read} of about {follower.Expected} learners", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            logs.CreateLogger("Health").LogError(e, "The store does not answer.");
            return Results.Text("the store does not answer", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }
}
