using System.Globalization;
using Plr.Core;
using Plr.Core.Learners;
using Plr.Core.Matching;
using Plr.Core.Responses;
using Plr.Server.SignIn;

namespace Plr.Server.Rest;

/// <summary>What became of a registration.</summary>
internal sealed record Registered(string Code, string Outcome, string? Uln);

/// <summary>What became of an update.</summary>
internal sealed record Updated(string Code, string Outcome, int Version);

/// <summary>A learner as the caller may see them: identity for whoever finds, all details for whoever may update.</summary>
internal sealed record LearnerShown
{
    public required string Code { get; init; }

    public required string Uln { get; init; }

    public required int Version { get; init; }

    public required DateTimeOffset LastUpdated { get; init; }

    public required string GivenName { get; init; }

    public required string FamilyName { get; init; }

    public required DateOnly DateOfBirth { get; init; }

    public required int Gender { get; init; }

    public required string LastKnownPostCode { get; init; }

    /// <summary>Strength of the identity evidence, 0 to 2; with the details.</summary>
    public required int? TierLevel { get; init; }

    /// <summary>
    /// All details, the five above among them, in the form that an update takes; for whoever may update the learner, not there for whoever may only
    /// find.
    /// </summary>
    public required LearnerText? Details { get; init; }

    public static LearnerShown Of(ResponseCode code, Learner learner, bool isWhole) => new()
    {
        Code = code.Code,
        Uln = learner.Uln.ToString(),
        Version = learner.Version,
        LastUpdated = learner.LastUpdatedAt,
        GivenName = learner.Details.GivenName,
        FamilyName = learner.Details.FamilyName,
        DateOfBirth = learner.Details.DateOfBirth,
        Gender = learner.Details.Gender,
        LastKnownPostCode = learner.Details.LastKnownPostCode,
        TierLevel = isWhole ? learner.TierLevel : null,
        Details = isWhole ? LearnerText.Of(learner.Details) : null,
    };
}

/// <summary>One line of evidence, in English.</summary>
internal sealed record EvidenceShown(MatchField Field, string Agreement, double Bits);

/// <summary>Somebody who was found.</summary>
internal sealed record FoundShown(LearnerShown Learner, string? FoundBy, double Probability, double Bits, IReadOnlyList<EvidenceShown> Evidence)
{
    public static FoundShown Of(ResponseCode code, FoundLearner found, bool isWhole) => new(
        LearnerShown.Of(code, found.Learner, isWhole),
        found.By?.ToString(),
        Math.Round(found.Judgement.Probability, 6),
        Math.Round(found.Judgement.Weight, 2),
        [.. found.Judgement.Lines.Select(line => new EvidenceShown(line.Field, MatchFields.Word(line.Field, line.Level), Math.Round(line.Weight, 2)))]);
}

/// <summary>What a search came to.</summary>
internal sealed record SearchShown(string Code, string Outcome, long? Position, IReadOnlyList<FoundShown> Learners);

/// <summary>Register, find, get and update a learner.</summary>
internal static class LearnerRoutes
{
    public static async Task<RestAnswer> RegisterAsync(HttpContext context, RestCall call, Once once, RegisterLearner register)
    {
        var (access, refusal) = call.AccessOf(context.Request);
        var (body, unread) = refusal is null ? await RestJson.ReadAsync<LearnerText>(context) : (null, refusal);
        return body is null
            ? unread!
            : await once.RunAsync(
                context,
                access.Purpose,
                body.Hash,
                async () =>
                {
                    var answer = await register.RunAsync(body.Value, access, context.RequestAborted);
                    return answer.Code.Http < 300
                        ? (Registered(answer.Code, answer.Uln!), $"{answer.Code.Name} {answer.Uln}")
                        : (RestAnswer.Refuse(answer.Code, null, answer.Findings), null);
                },
                made => Task.FromResult(made.Split(' ') is [var name, var uln] ? Registered(ResponseCodes.All.Single(code => code.Name == name), uln) : throw new FormatException(made)));
    }

    /// <summary>A search is run whenever it is sent, each time with its entries: with a key as without.</summary>
    public static async Task<RestAnswer> SearchAsync(HttpContext context, RestCall call, SearchLearners search)
    {
        var (access, refusal) = call.AccessOf(context.Request);
        refusal ??= Once.Refusal(context.Request);
        var (body, unread) = refusal is null ? await RestJson.ReadAsync<SearchLearners.Request>(context) : (null, refusal);
        if (body is null)
        {
            return unread!;
        }

        var answer = await search.RunAsync(body.Value, access, context.RequestAborted);
        return answer.Findings.Count > 0 || answer.Code == ResponseCodes.NotAllowed || answer.Code == ResponseCodes.SignInFirst
            ? RestAnswer.Refuse(answer.Code, null, answer.Findings)
            : RestAnswer.Of(200, new SearchShown(answer.Code.Code, answer.Code.Name, answer.Position, [.. answer.Found.Select(found =>
                FoundShown.Of(answer.Code, found, call.MayAlso(access, PolicyAction.UpdateLearner, Subject.Learner(found.Learner.Uln))))]));
    }

    /// <summary>A search has no effect: with a key it is run again whenever it is sent, each time with its entry, and nothing of it is kept.</summary>
    public static async Task<RestAnswer> FindAsync(HttpContext context, RestCall call, FindLearner find)
    {
        var (access, refusal) = call.AccessOf(context.Request);
        refusal ??= Once.Refusal(context.Request);
        var (body, unread) = refusal is null ? await RestJson.ReadAsync<FindLearner.Request>(context) : (null, refusal);
        if (body is null)
        {
            return unread!;
        }

        var answer = await find.RunAsync(body.Value, access, context.RequestAborted);
        return answer.Learner is { } learner ? Shown(answer.Code, learner, access, call) : RestAnswer.Refuse(answer.Code, null, answer.Findings);
    }

    public static async Task<RestAnswer> GetAsync(string uln, HttpContext context, RestCall call, ILearnerStore learners)
    {
        var (access, refusal) = call.AccessOf(context.Request);
        var (number, notOne) = RestCall.UlnOf(uln);
        if ((refusal ?? notOne) is { } no)
        {
            return no;
        }

        var decision = Policy.Allow(access, PolicyAction.ViewLearner, Subject.Learner(number));
        if (!decision.IsAllowed)
        {
            return RestAnswer.Refuse(decision.Refusal!);
        }

        var learner = await learners.ShowAsync(number, _ => true, number.ToString(), access, context.RequestAborted);
        return learner is null
            ? RestAnswer.Refuse(ResponseCodes.UlnNotFound)
            : Shown(learner.Uln == number ? ResponseCodes.ExactMatch : ResponseCodes.MasterSubstituted, learner, access, call);
    }

    public static async Task<RestAnswer> UpdateAsync(string uln, HttpContext context, RestCall call, UpdateLearner update)
    {
        var (access, refusal) = call.AccessOf(context.Request);
        var (number, notOne) = RestCall.UlnOf(uln);
        if ((refusal ?? notOne) is { } no)
        {
            return no;
        }

        if (context.Request.Headers.IfMatch.Count == 0)
        {
            return RestAnswer.Refuse(ResponseCodes.VersionNeeded);
        }

        var (isNoticeGiven, unclear) = RestCall.FlagOf(context.Request, "newPrivacyNoticeGiven");
        if (unclear is not null)
        {
            return unclear;
        }

        if (RestAnswer.VersionsOf(context.Request) is not { } versions)
        {
            return RestAnswer.Refuse(ResponseCodes.BadRequest, "If-Match is the ETag that came with the learner, in its quotation marks, or several with commas, or *.");
        }

        var (body, unread) = await RestJson.ReadAsync<LearnerText>(context);
        if (body is null)
        {
            return unread!;
        }

        if (body.Value.Uln is { Length: > 0 } other && other != uln)
        {
            return RestAnswer.Refuse(ResponseCodes.BadRequest, "The body names another ULN than the address.");
        }

        var answer = await update.RunAsync(new(body.Value with { Uln = number.ToString() }, versions, isNoticeGiven), access, context.RequestAborted);
        return answer switch
        {
            { Version: { } now } when answer.Code != ResponseCodes.StaleVersion => RestAnswer.Of(200, new Updated(answer.Code.Code, answer.Code.Name, now)) with { Version = Text(now) },
            { Version: { } current } => RestAnswer.Refuse(answer.Code, "Get the learner again, make the change on that, and send its ETag.") with { Version = Text(current) },
            _ => RestAnswer.Refuse(answer.Code, null, answer.Findings),
        };
    }

    private static RestAnswer Registered(ResponseCode code, string uln) =>
        RestAnswer.Of(code.Http, new Registered(code.Code, code.Name, uln)) with { Location = $"{Routes.Prefix}/learners/{uln}" };

    private static RestAnswer Shown(ResponseCode code, Learner learner, Access access, RestCall call)
    {
        var isWhole = call.MayAlso(access, PolicyAction.UpdateLearner, Subject.Learner(learner.Uln));
        return RestAnswer.Of(200, LearnerShown.Of(code, learner, isWhole)) with { Version = Text(learner.Version) };
    }

    private static string Text(int version) => version.ToString(CultureInfo.InvariantCulture);
}
