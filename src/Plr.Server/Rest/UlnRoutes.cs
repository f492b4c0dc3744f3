using Plr.Core;
using Plr.Core.Learners;
using Plr.Core.Responses;

namespace Plr.Server.Rest;

/// <summary>What verifying came to. Nothing of the learner is in it.</summary>
internal sealed record VerifiedShown(string Code, string Outcome, string Uln, IReadOnlyList<string> FailureFlags);

/// <summary>The ULNs of which it is asked whom they lead to.</summary>
internal sealed record RetrieveUlnsRequest
{
    public IReadOnlyList<string?>? Ulns { get; init; }
}

/// <summary>What one ULN leads to.</summary>
internal sealed record RetrievedShown(string Uln, string? MasterUln, string Code, string? GivenName, string? FamilyName, DateOnly? DateOfBirth, int? Gender);

/// <summary>What ULNs lead to, in their order.</summary>
internal sealed record RetrievedUlnsShown(string Code, string Outcome, IReadOnlyList<RetrievedShown> Ulns);

/// <summary>A learner in a report of ULNs.</summary>
internal sealed record ReportedShown(string Uln, string GivenName, string FamilyName, DateOnly DateOfBirth)
{
    public static ReportedShown Of(ReportedUln learner) => new(learner.Uln.ToString(), learner.GivenName, learner.FamilyName, learner.DateOfBirth);
}

/// <summary>A learner who was merged into another, or is their own again.</summary>
internal sealed record LinkShown(ReportedShown Master, ReportedShown Other, DateTimeOffset At)
{
    public static LinkShown Of(LinkedUlnLine line) => new(ReportedShown.Of(line.Master), ReportedShown.Of(line.Other), line.At);
}

/// <summary>Who was merged and unmerged.</summary>
internal sealed record MergedUlnsShown(string Code, string Outcome, IReadOnlyList<LinkShown> Merged, IReadOnlyList<LinkShown> Unmerged);

/// <summary>A learner who was taken off the register.</summary>
internal sealed record DeletedShown(string Uln, DateTimeOffset At);

/// <summary>Who was taken off the register.</summary>
internal sealed record DeletedUlnsShown(string Code, string Outcome, IReadOnlyList<DeletedShown> Deleted);

/// <summary>Verify ULNs, see whom they lead to, and which were merged or taken off.</summary>
internal static class UlnRoutes
{
    /// <summary>A verification has no effect but its entry: with a key it is run again whenever it is sent.</summary>
    public static async Task<RestAnswer> VerifyAsync(HttpContext context, RestCall call, VerifyLearner verify)
    {
        var (access, refusal) = call.AccessOf(context.Request);
        refusal ??= Once.Refusal(context.Request);
        var (body, unread) = refusal is null ? await RestJson.ReadAsync<VerifyLearner.Request>(context) : (null, refusal);
        if (body is null)
        {
            return unread!;
        }

        var answer = await verify.RunAsync(body.Value, access, context.RequestAborted);
        return answer.Uln is { } uln
            ? RestAnswer.Of(200, new VerifiedShown(answer.Code.Code, answer.Code.Name, uln.ToString(), [.. answer.Flags.Select(flag => flag.Code)]))
            : RestAnswer.Refuse(answer.Code, null, answer.Findings);
    }

    /// <summary>As a verification, for many.</summary>
    public static async Task<RestAnswer> RetrieveAsync(HttpContext context, RestCall call, RetrieveUlns retrieve)
    {
        var (access, refusal) = call.AccessOf(context.Request);
        refusal ??= Once.Refusal(context.Request);
        var (body, unread) = refusal is null ? await RestJson.ReadAsync<RetrieveUlnsRequest>(context) : (null, refusal);
        if (body is null)
        {
            return unread!;
        }

        var answer = await retrieve.RunAsync(body.Value.Ulns ?? [], access, context.RequestAborted);
        return answer.Ulns.Count > 0
            ? RestAnswer.Of(200, new RetrievedUlnsShown(answer.Code.Code, answer.Code.Name, [.. answer.Ulns.Select(Shown)]))
            : RestAnswer.Refuse(answer.Code, null, answer.Findings);
    }

    public static async Task<RestAnswer> MergedAsync(HttpContext context, RestCall call, ReportMergedUlns report)
    {
        var (access, refusal) = call.AccessOf(context.Request);
        var (from, to, notDays) = RestCall.DaysOf(context.Request);
        if ((refusal ?? notDays) is { } no)
        {
            return no;
        }

        var answer = await report.RunAsync(from, to, access, context.RequestAborted);
        return IsReported(answer.Code)
            ? RestAnswer.Of(200, new MergedUlnsShown(answer.Code.Code, answer.Code.Name, [.. answer.Merged.Select(LinkShown.Of)], [.. answer.Unmerged.Select(LinkShown.Of)]))
            : RestAnswer.Refuse(answer.Code, null, answer.Findings);
    }

    public static async Task<RestAnswer> DeletedAsync(HttpContext context, RestCall call, ReportDeletedUlns report)
    {
        var (access, refusal) = call.AccessOf(context.Request);
        var (from, to, notDays) = RestCall.DaysOf(context.Request);
        if ((refusal ?? notDays) is { } no)
        {
            return no;
        }

        var answer = await report.RunAsync(from, to, access, context.RequestAborted);
        return IsReported(answer.Code)
            ? RestAnswer.Of(200, new DeletedUlnsShown(answer.Code.Code, answer.Code.Name, [.. answer.Deleted.Select(deleted => new DeletedShown(deleted.Uln.ToString(), deleted.At))]))
            : RestAnswer.Refuse(answer.Code, null, answer.Findings);
    }

    private static bool IsReported(ResponseCode code) => code == ResponseCodes.UlnsReported || code == ResponseCodes.NoUlnsForReport;

    private static RetrievedShown Shown(RetrievedUln line) =>
        new(line.Uln.ToString(), line.MasterUln?.ToString(), line.Code.Code, line.GivenName, line.FamilyName, line.DateOfBirth, line.Gender);
}
