using Plr.Core;
using Plr.Core.Audit;
using Plr.Core.Learners;
using Plr.Core.LearningEvents;
using Plr.Core.Responses;
using Plr.Server.SignIn;

namespace Plr.Server.Rest;

/// <summary>Where a version came from.</summary>
internal sealed record ProvenanceShown(
    DateTimeOffset RecordedAt, string? Organisation, string Channel, int? Batch, int? BatchRow, AchievementAction Action, DateOnly? ActionDate, string? Reason)
{
    public static ProvenanceShown Of(Provenance from) =>
        new(from.RecordedAt, from.OrganisationName, from.Channel.Word(), from.Batch, from.BatchRow, from.Action, from.ActionDate, from.Reason);
}

/// <summary>One learning event as of its latest version.</summary>
internal sealed record EventShown(int Id, int Version, LearningEventFacts Facts, DateTimeOffset DateLoaded, bool UnderDataChallenge, ProvenanceShown Latest)
{
    public static EventShown Of(LearningEvent found) => new(found.Id, found.Version, found.Facts, found.DateLoaded, found.UnderDataChallenge, ProvenanceShown.Of(found.Latest));
}

/// <summary>A personal learning record.</summary>
/// <param name="Code">Exact match, or that the ULN leads to a master.</param>
/// <param name="IncomingUln">What was asked for.</param>
/// <param name="FoundUln">What it leads to now.</param>
/// <param name="AsOf">The instant as of which the record is given; null for now.</param>
/// <param name="Events">Newest award first.</param>
internal sealed record RecordShown(string Code, string IncomingUln, string FoundUln, DateTimeOffset? AsOf, IReadOnlyList<EventShown> Events);

/// <summary>One version of a learning event.</summary>
internal sealed record VersionShown(int Version, LearningEventFacts Facts, ProvenanceShown Provenance);

/// <summary>A learning event with all its versions, oldest first.</summary>
internal sealed record HistoryShown(EventShown Event, IReadOnlyList<VersionShown> Versions);

/// <summary>One entry of a learner's trail.</summary>
internal sealed record TrailLine(int Sequence, DateTimeOffset At, string Action, string Actor, string? Organisation, string? Person, string Channel, string Purpose, int? EventId);

/// <summary>Personal learning records and who looked at them.</summary>
internal static class RecordRoutes
{
    public static async Task<RestAnswer> ListAsync(string uln, HttpContext context, RestCall call, GetLearningEvents get)
    {
        var (access, refusal) = call.AccessOf(context.Request);
        var (number, notOne) = RestCall.UlnOf(uln);
        return (refusal ?? notOne) ?? await ReadAsync(number, context, access, get);
    }

    public static Task<RestAnswer> OwnAsync(HttpContext context, Visit visit, GetLearningEvents get) => ReadAsync(visit.OwnUln, context, visit.Access(), get);

    public static async Task<RestAnswer> GetAsync(string uln, int id, HttpContext context, RestCall call, GetLearningEvent get)
    {
        var (access, refusal) = call.AccessOf(context.Request);
        var (number, notOne) = RestCall.UlnOf(uln);
        if ((refusal ?? notOne) is { } no)
        {
            return no;
        }

        return await get.RunAsync(number, id, access, context.RequestAborted) is { } history
            ? RestAnswer.Of(200, new HistoryShown(EventShown.Of(history.Event), [.. history.Versions.Select(version => new VersionShown(version.Version, version.Facts, ProvenanceShown.Of(version.Provenance)))]))
            : RestAnswer.Refuse(ResponseCodes.UnknownEvent);
    }

    public static async Task<RestAnswer> TrailAsync(HttpContext context, Visit visit, IAuditTrail trail)
    {
        var (limit, cursor, refusal) = RestCall.PageOf(context.Request);
        AuditPlace? before = null;
        if (refusal is not null || (cursor is not null && !AuditPlace.TryParse(cursor, out before)))
        {
            return refusal ?? RestCall.NoCursor;
        }

        var (lines, _) = await trail.ReadAsync(visit.OwnUln, 0, limit + 1, visit.Access(), before: before, ct: context.RequestAborted);
        return RestAnswer.Of(200, RestCall.Page(
            lines,
            limit,
            line => new TrailLine(line.Sequence, line.At, line.Action, line.ActorKind, line.Organisation, line.Person, line.Channel, line.Purpose, line.EventId),
            line => AuditPlace.Of(line).ToString()));
    }

    private static async Task<RestAnswer> ReadAsync(Uln uln, HttpContext context, Access access, GetLearningEvents get)
    {
        var (asOf, refusal) = RestCall.AsOf(context.Request.Query["asOf"]);
        if (refusal is not null)
        {
            return refusal;
        }

        var answer = await get.RunAsync(uln, asOf, access, context.RequestAborted);
        return answer.Record is { } record
            ? RestAnswer.Of(200, new RecordShown(answer.Code.Code, uln.ToString(), record.Learner.Uln.ToString(), asOf, [.. record.Events.Select(EventShown.Of)]))
            : RestAnswer.Refuse(answer.Code);
    }
}
