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
        MapLearners(api.MapGroup("").WithTags("Learners"));
        MapUlns(api.MapGroup("").WithTags("ULNs"));
        MapRecords(api.MapGroup("").WithTags("Records"));
        MapFiles(api.MapGroup("").WithTags("Files"));
        MapQualifications(api.MapGroup("").WithTags("Qualifications"));
        app.MapOpenApi(Prefix + "/openapi.json").WithMetadata(new DoesAttribute(PolicyAction.ReadPublicPages));
    }

    private static void MapLearners(RouteGroupBuilder api)
    {
        api.MapPost("/learners", LearnerRoutes.RegisterAsync).Does(PolicyAction.RegisterLearner, "registerLearner", "Register a learner, or find that they are on the register")
            .Takes<LearnerText>().Gives<Registered>(201, 200)
            .Ends(ResponseCodes.LearnerRegistered, ResponseCodes.ExactMatch, ResponseCodes.LearnerUpdated, ResponseCodes.MasterSubstituted, ResponseCodes.PossibleMatches)
            .Ends(ResponseCodes.IncorrectFormat, ResponseCodes.IncorrectIdentifier, ResponseCodes.OutsideAgeRange, ResponseCodes.InsufficientData)
            .Ends(ResponseCodes.UlnNotThisPerson, ResponseCodes.SearchFirst, ResponseCodes.ShareChangeNotAllowed, ResponseCodes.KeyUsedOtherwise);
        api.MapPost("/learners/search", LearnerRoutes.SearchAsync).Does(PolicyAction.FindLearner, "searchLearners", "Search for a person by their details: exact, possible, none or too many; before a registration")
            .Takes<SearchLearners.Request>().Gives<SearchShown>(200)
            .Ends(200, ResponseCodes.NoMatch, ResponseCodes.TooManyMatches, ResponseCodes.PossibleMatches, ResponseCodes.ExactMatch, ResponseCodes.MasterSubstituted)
            .Ends(ResponseCodes.IncorrectFormat, ResponseCodes.OutsideAgeRange, ResponseCodes.InsufficientData);
        api.MapPost("/learners/find", LearnerRoutes.FindAsync).Does(PolicyAction.FindLearner, "findLearner", "Find a learner by ULN and names, all three of which must agree")
            .Takes<FindLearner.Request>().Gives<LearnerShown>(200)
            .Ends(ResponseCodes.ExactMatch, ResponseCodes.MasterSubstituted, ResponseCodes.NoMatch, ResponseCodes.IncorrectIdentifier, ResponseCodes.IncorrectFormat);
        api.MapReading("/learners/{uln}", LearnerRoutes.GetAsync).Does(PolicyAction.ViewLearner, "getLearner", "A learner's details, with the ETag that an update needs")
            .Gives<LearnerShown>(200).Ends(ResponseCodes.ExactMatch, ResponseCodes.MasterSubstituted, ResponseCodes.UlnNotFound, ResponseCodes.IncorrectIdentifier);
        api.MapPut("/learners/{uln}", LearnerRoutes.UpdateAsync).Does(PolicyAction.UpdateLearner, "updateLearner", "Replace a learner's details when nobody else changed them meanwhile")
            .Takes<LearnerText>().Gives<Updated>(200).Asks(RestWords.NewNotice)
            .Ends(ResponseCodes.LearnerUpdated, ResponseCodes.NothingChanged, ResponseCodes.UlnNotFound, ResponseCodes.StaleVersion, ResponseCodes.VersionNeeded)
            .Ends(ResponseCodes.IncorrectFormat, ResponseCodes.IncorrectIdentifier, ResponseCodes.OutsideAgeRange, ResponseCodes.ShareChangeNotAllowed);
    }

    private static void MapUlns(RouteGroupBuilder api)
    {
        api.MapPost("/learners/verify", UlnRoutes.VerifyAsync).Does(PolicyAction.VerifyLearner, "verifyLearner", "Verify that a ULN belongs to a person, whether they share their record or not; nothing of the learner is shown")
            .Takes<VerifyLearner.Request>().Gives<VerifiedShown>(200)
            .Ends(ResponseCodes.UlnVerified, ResponseCodes.LinkedUlnVerified, ResponseCodes.UlnSimilar, ResponseCodes.LinkedUlnSimilar, ResponseCodes.UlnDoesNotMatch, ResponseCodes.UlnUnknown)
            .Ends(ResponseCodes.IncorrectFormat, ResponseCodes.IncorrectIdentifier);
        api.MapPost("/ulns/retrieve", UlnRoutes.RetrieveAsync).Does(PolicyAction.RetrieveUlns, "retrieveUlns", "Whom each of 1 to 200 ULNs leads to")
            .Takes<RetrieveUlnsRequest>().Gives<RetrievedUlnsShown>(200)
            .Ends(200, ResponseCodes.UlnsReported, ResponseCodes.UlnsForReportNotFound).Ends(ResponseCodes.IncorrectIdentifier, ResponseCodes.DetailsIncorrect);
        api.MapReading("/uln-reports/merged", UlnRoutes.MergedAsync).Does(PolicyAction.ReportUlns, "reportMergedUlns", "Which ULNs were merged and unmerged; to an organisation, of learners of whom it registered one")
            .Gives<MergedUlnsShown>(200).Asks(RestWords.From).Asks(RestWords.To)
            .Ends(ResponseCodes.UlnsReported, ResponseCodes.NoUlnsForReport, ResponseCodes.IncorrectFormat, ResponseCodes.DetailsIncorrect, ResponseCodes.ReportTooLong);
        api.MapReading("/uln-reports/deleted", UlnRoutes.DeletedAsync).Does(PolicyAction.ReportUlns, "reportDeletedUlns", "Which ULNs were taken off the register; to an organisation, those that it registered")
            .Gives<DeletedUlnsShown>(200).Asks(RestWords.From).Asks(RestWords.To)
            .Ends(ResponseCodes.UlnsReported, ResponseCodes.NoUlnsForReport, ResponseCodes.IncorrectFormat, ResponseCodes.DetailsIncorrect, ResponseCodes.ReportTooLong);
    }

    private static void MapRecords(RouteGroupBuilder api)
    {
        api.MapReading("/learners/{uln}/learning-events", RecordRoutes.ListAsync).Does(PolicyAction.ViewRecord, "getLearningEvents", "A learner's personal learning record, now or as it was")
            .Gives<RecordShown>(200).Asks(RestWords.AsOf)
            .Ends(ResponseCodes.ExactMatch, ResponseCodes.MasterSubstituted, ResponseCodes.NotShared, ResponseCodes.UlnNotFound, ResponseCodes.IncorrectIdentifier);
        api.MapReading("/learners/{uln}/learning-events/{id:int}", RecordRoutes.GetAsync).Does(PolicyAction.ViewRecord, "getLearningEvent", "One learning event with every version of it")
            .Gives<HistoryShown>(200).Ends(ResponseCodes.UnknownEvent, ResponseCodes.IncorrectIdentifier);
        api.MapPost("/learners/{uln}/reports", ReportRoutes.MakeAsync).Does(PolicyAction.ViewRecord, "makeReport", "A report of a learner's record: a tagged PDF, CSV or JSON, which the register office confirms by its reference")
            .WithMetadata(new RequestSizeLimit(LargestNothing)).GivesFile("application/pdf", "text/csv", "application/json").Asks(RestWords.ReportFormat).Asks(RestWords.ReportLanguage)
            .Ends(ResponseCodes.NotShared, ResponseCodes.UlnNotFound, ResponseCodes.IncorrectIdentifier, ResponseCodes.NotPrintable, ResponseCodes.RecordChanged)
            .Ends(ResponseCodes.KeyUsedOtherwise, ResponseCodes.TooLarge);
        api.MapReading("/me/learning-events", RecordRoutes.OwnAsync).Does(PolicyAction.ViewOwnRecord, "getOwnLearningEvents", "The signed-in learner's own record")
            .Gives<RecordShown>(200).Asks(RestWords.AsOf).Ends(ResponseCodes.ExactMatch, ResponseCodes.MasterSubstituted);
        api.MapReading("/me/trail", RecordRoutes.TrailAsync).Does(PolicyAction.ViewOwnAudit, "getOwnTrail", "Who has looked at the signed-in learner's record")
            .Gives<Paged<TrailLine>>(200).AsksPage();
    }

    private static void MapFiles(RouteGroupBuilder api)
    {
        api.MapPost("/batches", BatchRoutes.SubmitAsync).Does([PolicyAction.UploadRegistrations, PolicyAction.UploadAchievements], "submitBatch", "Send a file of registrations or achievements")
            .TakesFile().Gives<BatchShown>(202, 200).Asks(RestWords.FileKind).Asks(RestWords.FileName).Asks(RestWords.Again)
            .Ends(ResponseCodes.BatchAccepted, ResponseCodes.NotSetUpForRegistrations, ResponseCodes.NotSetUpForAchievements, ResponseCodes.FileRefused)
            .Ends(ResponseCodes.UnknownOrganisation, ResponseCodes.KeyUsedOtherwise);
        api.MapReading("/batches", BatchRoutes.ListAsync).Does(PolicyAction.ViewBatch, "listBatches", "The organisation's files, newest first").Gives<Paged<BatchShown>>(200).AsksPage();
        api.MapReading("/batches/{id:int}", BatchRoutes.GetAsync).Does(PolicyAction.ViewBatch, "getBatch", "How far a file is and what became of it").Gives<BatchShown>(200).Ends(ResponseCodes.UnknownBatch);
        api.MapReading("/batches/{id:int}/rows", BatchRoutes.RowsAsync).Does(PolicyAction.ViewBatch, "listBatchRows", "What became of the rows of a file")
            .Gives<Paged<RowShown>>(200).Asks(RestWords.WhichRows).AsksPage().Ends(ResponseCodes.UnknownBatch);
        api.MapReading("/batches/{id:int}/output", BatchRoutes.OutputAsync).Does(PolicyAction.ViewBatch, "getBatchOutput", "The output file of a batch that is done")
            .GivesFile("text/csv").Asks(RestWords.WhichRows).Ends(ResponseCodes.UnknownBatch, ResponseCodes.NotFinished);
    }

    private static void MapQualifications(RouteGroupBuilder api)
    {
        api.MapReading("/qualifications", QualificationRoutes.ListAsync).Does(PolicyAction.ReadPublicPages, "listQualifications", "The register of qualifications, by number")
            .Gives<Paged<QualificationShown>>(200).Asks(RestWords.Owner).AsksPage();
        api.MapReading("/qualifications/{**number}", QualificationRoutes.GetAsync).Does(PolicyAction.ReadPublicPages, "getQualification", "One qualification or unit")
            .Gives<QualificationShown>(200).Ends(ResponseCodes.NotFound);
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

    /// <summary>What every operation can end with goes with what it does: a body that it does not take, a scope that is missing.</summary>
    private static RouteHandlerBuilder Does(this RouteHandlerBuilder route, PolicyAction[] actions, string name, string summary)
    {
        var does = new DoesAttribute(actions);
        route.WithMetadata(does).WithName(name).WithSummary(summary).Ends(ResponseCodes.BadRequest, ResponseCodes.SignInFirst, ResponseCodes.TooManyRequests, ResponseCodes.Bug, ResponseCodes.StoreFull);
        return does.MayTry(Roles.None) ? route
            : does.MayTry(Roles.Learner) ? route.Ends(ResponseCodes.NotAllowed)
            : route.Ends(ResponseCodes.NotAllowed, ResponseCodes.ScopeMissing);
    }

    private static RouteHandlerBuilder Asks(this RouteHandlerBuilder route, QueryWord word) => route.WithMetadata(word);

    private static RouteHandlerBuilder AsksPage(this RouteHandlerBuilder route) => route.Asks(RestWords.Limit).Asks(RestWords.Cursor);

    private static RouteHandlerBuilder Takes<T>(this RouteHandlerBuilder route)
        where T : notnull =>
        route.Accepts<T>("application/json").WithMetadata(new RequestSizeLimit(RestJson.LargestBody)).Ends(ResponseCodes.TooLarge, ResponseCodes.WrongMediaType);

    private static RouteHandlerBuilder TakesFile(this RouteHandlerBuilder route) => route.Accepts<string>("text/csv").Ends(ResponseCodes.TooLarge, ResponseCodes.WrongMediaType);

    private static RouteHandlerBuilder Gives<T>(this RouteHandlerBuilder route, params int[] statuses)
    {
        foreach (var status in statuses)
        {
            route.Produces<T>(status, "application/json");
        }

        return route;
    }

    private static RouteHandlerBuilder GivesFile(this RouteHandlerBuilder route, params string[] types) => route.Produces<string>(200, types[0], types[1..]);

    /// <summary>With which codes it can end: those of refusals say their status too.</summary>
    private static RouteHandlerBuilder Ends(this RouteHandlerBuilder route, params ResponseCode[] codes)
    {
        foreach (var code in codes)
        {
            route.WithMetadata(new EndWord(code, code.Http));
            if (code.Http >= StatusCodes.Status400BadRequest)
            {
                route.Produces<RestProblem>(code.Http, RestProblem.MediaType);
            }
        }

        return route;
    }

    /// <summary>With which codes it can end where each is an answer with that status.</summary>
    private static RouteHandlerBuilder Ends(this RouteHandlerBuilder route, int status, params ResponseCode[] codes) =>
        route.WithMetadata([.. codes.Select(code => new EndWord(code, status))]);
}
