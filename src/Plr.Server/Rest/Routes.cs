using Plr.Core;
using Plr.Core.Learners;
using Plr.Core.Responses;
using Plr.Server.SignIn;
using Plr.Server.Web;

namespace Plr.Server.Rest;

/// <summary>The open interface: every route, what it does by the policy, what it takes and gives.</summary>
public static class Routes
{
    public const string Prefix = "/api";

    /// <summary>Bytes that a route without a body reads before it says so.</summary>
    private const int LargestNothing = 1024;

    /// <summary>Whether a request is to the open interface, whose answers, refusals too, are for software.</summary>
    public static bool Includes(HttpRequest request) => request.Path.StartsWithSegments(Prefix, StringComparison.OrdinalIgnoreCase, out var rest) && rest.HasValue && rest != "/";

    public static void Map(IEndpointRouteBuilder app)
    {
        var api = app.MapGroup(Prefix).AddEndpointFilter(RefuseUnknownNames);
        api.MapPost("/learners", LearnerRoutes.RegisterAsync).Does(PolicyAction.RegisterLearner, "registerLearner", "Register a learner, or find that they are on the register")
            .Takes<LearnerText>().Gives<Registered>(201, 200).Refuses(409, 422);
        api.MapPost("/learners/find", LearnerRoutes.FindAsync).Does(PolicyAction.FindLearner, "findLearner", "Find a learner by ULN and names, all three of which must agree")
            .Takes<FindLearner.Request>().Gives<LearnerShown>(200).Refuses(404, 422);
        api.MapReading("/learners/{uln}", LearnerRoutes.GetAsync).Does(PolicyAction.ViewLearner, "getLearner", "A learner's details, with the ETag that an update needs")
            .Gives<LearnerShown>(200).Refuses(404);
        api.MapPut("/learners/{uln}", LearnerRoutes.UpdateAsync).Does(PolicyAction.UpdateLearner, "updateLearner", "Replace a learner's details when nobody else changed them meanwhile")
            .Takes<LearnerText>().Gives<Updated>(200).Refuses(404, 412, 422, 428)
            .Asks("newPrivacyNoticeGiven", "true when the learner was given the new privacy notice, which lets an opt-out become able to share.");
        api.MapReading("/learners/{uln}/learning-events", RecordRoutes.ListAsync).Does(PolicyAction.ViewRecord, "getLearningEvents", "A learner's personal learning record, now or as it was")
            .Gives<RecordShown>(200).Refuses(404)
            .Asks("asOf", "A day (its end, UTC) or an instant in UTC: the record as it was then.");
        api.MapReading("/learners/{uln}/learning-events/{id:int}", RecordRoutes.GetAsync).Does(PolicyAction.ViewRecord, "getLearningEvent", "One learning event with every version of it")
            .Gives<HistoryShown>(200).Refuses(404);
        api.MapPost("/learners/{uln}/reports", ReportRoutes.MakeAsync).Does(PolicyAction.ViewRecord, "makeReport", "A report of a learner's record: a tagged PDF, CSV or JSON, which the register office confirms by its reference")
            .WithMetadata(new RequestSizeLimit(LargestNothing)).GivesFile("application/pdf", "text/csv", "application/json").Refuses(404, 409, 413, 422)
            .Asks("format", "pdf (unless told), csv or json.")
            .Asks("language", "en (unless told) or cy.");
        api.MapReading("/me/learning-events", RecordRoutes.OwnAsync).Does(PolicyAction.ViewOwnRecord, "getOwnLearningEvents", "The signed-in learner's own record").Gives<RecordShown>(200)
            .Asks("asOf", "A day (its end, UTC) or an instant in UTC: the record as it was then.");
        api.MapReading("/me/trail", RecordRoutes.TrailAsync).Does(PolicyAction.ViewOwnAudit, "getOwnTrail", "Who has looked at the signed-in learner's record").Gives<Paged<TrailLine>>(200)
            .Asks("limit", "How many items: 1 to 500, 100 unless told.")
            .Asks("cursor", "The value of next in the answer before.");
        api.MapPost("/batches", BatchRoutes.SubmitAsync).Does([PolicyAction.UploadRegistrations, PolicyAction.UploadAchievements], "submitBatch", "Send a file of registrations or achievements")
            .TakesFile().Gives<BatchShown>(202, 200).Refuses(413, 415, 422)
            .Asks("kind", "registrations or achievements.")
            .Asks("fileName", "The name of the file, 1 to 255 characters.")
            .Asks("again", "true to judge a file once more that was sent before.");
        api.MapReading("/batches", BatchRoutes.ListAsync).Does(PolicyAction.ViewBatch, "listBatches", "The organisation's files, newest first").Gives<Paged<BatchShown>>(200)
            .Asks("limit", "How many items: 1 to 500, 100 unless told.")
            .Asks("cursor", "The value of next in the answer before.");
        api.MapReading("/batches/{id:int}", BatchRoutes.GetAsync).Does(PolicyAction.ViewBatch, "getBatch", "How far a file is and what became of it").Gives<BatchShown>(200).Refuses(404);
        api.MapReading("/batches/{id:int}/rows", BatchRoutes.RowsAsync).Does(PolicyAction.ViewBatch, "listBatchRows", "What became of the rows of a file").Gives<Paged<RowShown>>(200).Refuses(404)
            .Asks("rows", "rejected for the rejected ones only.")
            .Asks("limit", "How many items: 1 to 500, 100 unless told.")
            .Asks("cursor", "The value of next in the answer before.");
        api.MapReading("/batches/{id:int}/output", BatchRoutes.OutputAsync).Does(PolicyAction.ViewBatch, "getBatchOutput", "The output file of a batch that is done").GivesFile("text/csv").Refuses(404, 409)
            .Asks("rows", "rejected for the rejected ones only.");
        api.MapReading("/qualifications", QualificationRoutes.ListAsync).Does(PolicyAction.ReadPublicPages, "listQualifications", "The register of qualifications, by number").Gives<Paged<QualificationShown>>(200)
            .Asks("awardingOrganisation", "Only those of the awarding organisation with this recognition number.")
            .Asks("limit", "How many items: 1 to 500, 100 unless told.")
            .Asks("cursor", "The value of next in the answer before.");
        api.MapReading("/qualifications/{**number}", QualificationRoutes.GetAsync).Does(PolicyAction.ReadPublicPages, "getQualification", "One qualification or unit").Gives<QualificationShown>(200).Refuses(404);
        app.MapOpenApi(Prefix + "/openapi.json").WithMetadata(new DoesAttribute(PolicyAction.ReadPublicPages));
    }

    /// <summary>HEAD is a GET whose body is not sent (RFC 9110 §9.3.2): it is in the trail as well.</summary>
    private static RouteHandlerBuilder MapReading(this IEndpointRouteBuilder api, string pattern, Delegate handler) => api.MapMethods(pattern, [HttpMethods.Get, HttpMethods.Head], handler);

    /// <summary>A name that is not known is refused: somebody wrote what they mean in another word, and must not believe that it was heeded.</summary>
    private static ValueTask<object?> RefuseUnknownNames(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var known = context.HttpContext.GetEndpoint()!.Metadata.GetOrderedMetadata<QueryWord>().Select(word => word.Name).ToList();
        return context.HttpContext.Request.Query.Keys.All(name => known.Contains(name, StringComparer.Ordinal))
            ? next(context)
            : ValueTask.FromResult<object?>(RestAnswer.Refuse(
                ResponseCodes.BadRequest, known.Count == 0 ? "This takes nothing after a question mark." : $"After the question mark this takes: {string.Join(", ", known)}."));
    }

    private static RouteHandlerBuilder Does(this RouteHandlerBuilder route, PolicyAction action, string name, string summary) => route.Does([action], name, summary);

    private static RouteHandlerBuilder Does(this RouteHandlerBuilder route, PolicyAction[] actions, string name, string summary) =>
        route.WithMetadata(new DoesAttribute(actions)).WithName(name).WithSummary(summary);

    private static RouteHandlerBuilder Asks(this RouteHandlerBuilder route, string name, string text) => route.WithMetadata(new QueryWord(name, text));

    private static RouteHandlerBuilder Takes<T>(this RouteHandlerBuilder route)
        where T : notnull => route.Accepts<T>("application/json").WithMetadata(new RequestSizeLimit(RestJson.LargestBody));

    private static RouteHandlerBuilder TakesFile(this RouteHandlerBuilder route) => route.Accepts<string>("text/csv");

    private static RouteHandlerBuilder Gives<T>(this RouteHandlerBuilder route, params int[] statuses)
    {
        foreach (var status in statuses)
        {
            route.Produces<T>(status, "application/json");
        }

        return route.Refuses(400, 401, 403, 429);
    }

    private static RouteHandlerBuilder GivesFile(this RouteHandlerBuilder route, params string[] types) => route.Produces<string>(200, types[0], types[1..]).Refuses(400, 401, 403, 429);

    private static RouteHandlerBuilder Refuses(this RouteHandlerBuilder route, params int[] statuses)
    {
        foreach (var status in statuses)
        {
            route.Produces<RestProblem>(status, RestProblem.MediaType);
        }

        return route;
    }
}
