using System.Globalization;
using Plr.Core.Batches;
using Plr.Core.Responses;
using Plr.Server.Files;
using Plr.Server.SignIn;
using Plr.Server.Work;

namespace Plr.Server.Rest;

/// <summary>A file and how far it is.</summary>
internal sealed record BatchShown(
    int Id,
    string Kind,
    string FileName,
    BatchStatus Status,
    int RowsTotal,
    int RowsDone,
    int Accepted,
    int Rejected,
    IReadOnlyDictionary<string, int> Counts,
    FileRefusal? Refusal,
    DateTimeOffset SubmittedAt,
    DateTimeOffset? FinishedAt)
{
    public static BatchShown Of(Batch batch) => new(
        batch.Id, batch.Kind.Word(), batch.FileName, batch.Status, batch.RowsTotal, batch.RowsDone, batch.Accepted, batch.Rejected, batch.Counts, batch.Refusal,
        batch.SubmittedAt, batch.FinishedAt);
}

/// <summary>What became of one row.</summary>
internal sealed record RowShown(int Row, int Line, string Code, string? Class, string? Uln, IReadOnlyList<RestFinding> Findings)
{
    public static RowShown Of(BatchRow row) => new(
        row.Row, row.Line, row.Code.Row ?? row.Code.Code, row.Code.RowClass, row.Uln, [.. row.Findings.Select(finding => new RestFinding(finding.Code.Row ?? finding.Code.Code, finding.Field, finding.Text))]);
}

/// <summary>Files: sent, followed, fetched.</summary>
internal static class BatchRoutes
{
    /// <summary>Everything that can be known before the file is, before its first byte is taken; it counts once its batch does.</summary>
    public static async Task<RestAnswer> SubmitAsync(
        HttpContext context, Visit visit, Once once, UploadFolder folder, SubmitBatch submit, IBatchStore batches, WorkSignal signal)
    {
        var query = context.Request.Query;
        var name = query["fileName"].ToString();
        if (BatchKinds.Of(query["kind"].ToString()) is not { } kind || name.Length is 0 or > 255)
        {
            return RestAnswer.Refuse(ResponseCodes.BadRequest, "Say ?kind=registrations or ?kind=achievements, and &fileName= with 1 to 255 characters.");
        }

        var (isAgain, unclear) = RestCall.FlagOf(context.Request, "again");
        var access = visit.Access(kind.Purpose());
        if ((unclear ?? RestGate.MissingScope(context.Request, visit, [SubmitBatch.ActionOf(kind)]) ?? Once.Refusal(context.Request)) is { } refusal)
        {
            return refusal;
        }

        if (await submit.RefusalAsync(kind, visit.OrganisationId, access, context.RequestAborted) is { } code)
        {
            return RestAnswer.Refuse(code);
        }

        if (!IsCsv(context.Request.ContentType))
        {
            return RestAnswer.Refuse(ResponseCodes.WrongMediaType, "Send the file itself as Content-Type: text/csv.");
        }

        using var upload = await folder.ReceiveAsync(context.Request.Body, name, context.RequestAborted);
        if (upload.File.Size == 0)
        {
            return RestAnswer.Refuse(ResponseCodes.FileRefused, "The file is empty.");
        }

        var answer = await once.RunAsync(
            context,
            access.Purpose,
            upload.File.Digest,
            async () =>
            {
                upload.Keep();
                var done = await submit.RunAsync(new(kind, visit.OrganisationId, upload.File, isAgain), access, context.RequestAborted);
                return done.Batch is { } batch
                    ? (Submitted(batch, done.IsNew), string.Create(CultureInfo.InvariantCulture, $"{batch.Id}{(done.IsNew ? "" : " before")}"))
                    : (RestAnswer.Refuse(done.Code), null);
            },
            async made => await batches.GetAsync(int.Parse(made.Split(' ')[0], CultureInfo.InvariantCulture), access, context.RequestAborted) is { } batch
                ? Submitted(batch, isNew: !made.Contains(' ', StringComparison.Ordinal))
                : RestAnswer.Refuse(ResponseCodes.UnknownBatch));
        signal.Wake();
        return answer;
    }

    public static async Task<RestAnswer> ListAsync(HttpContext context, Visit visit, IBatchStore batches)
    {
        var (limit, before, refusal) = RestCall.NumberedPageOf(context.Request);
        return refusal ?? RestAnswer.Of(200, RestCall.Page(
            await batches.ListAsync(visit.OrganisationId, limit + 1, visit.Access(), before, context.RequestAborted),
            limit,
            BatchShown.Of,
            batch => batch.Id.ToString(CultureInfo.InvariantCulture)));
    }

    public static async Task<RestAnswer> GetAsync(int id, HttpContext context, Visit visit, IBatchStore batches) =>
        await batches.GetAsync(id, visit.Access(), context.RequestAborted) is { } batch
            ? RestAnswer.Of(200, BatchShown.Of(batch))
            : RestAnswer.Refuse(ResponseCodes.UnknownBatch);

    public static async Task<RestAnswer> RowsAsync(int id, HttpContext context, Visit visit, IBatchStore batches)
    {
        var (limit, after, refusal) = RestCall.NumberedPageOf(context.Request);
        var (isRejectedOnly, unclear) = RejectedOnly(context.Request);
        if ((refusal ?? unclear) is { } no)
        {
            return no;
        }

        if (await batches.GetAsync(id, visit.Access(), context.RequestAborted) is null)
        {
            return RestAnswer.Refuse(ResponseCodes.UnknownBatch);
        }

        var rows = await batches.RowsAsync(id, after ?? 0, limit + 1, isRejectedOnly, visit.Access(), ct: context.RequestAborted);
        return RestAnswer.Of(200, RestCall.Page(rows, limit, RowShown.Of, row => row.Row.ToString(CultureInfo.InvariantCulture)));
    }

    public static async Task<IResult> OutputAsync(int id, HttpContext context, Visit visit, IBatchStore batches, BatchOutput output)
    {
        var (isRejectedOnly, unclear) = RejectedOnly(context.Request);
        if (unclear is not null)
        {
            return unclear;
        }

        if (await batches.GetAsync(id, visit.Access(), context.RequestAborted) is not { } batch)
        {
            return RestAnswer.Refuse(ResponseCodes.UnknownBatch);
        }

        if (batch.Status != BatchStatus.Successful)
        {
            return RestAnswer.Refuse(ResponseCodes.NotFinished, "Follow the batch until its status is successful.");
        }

        return Results.File(await output.OpenAsync(batch, isRejectedOnly, visit.Access(), context.RequestAborted), "text/csv", BatchOutput.NameOf(batch, isRejectedOnly));
    }

    private static RestAnswer Submitted(Batch batch, bool isNew) =>
        RestAnswer.Of(isNew ? 202 : 200, BatchShown.Of(batch)) with { Location = string.Create(CultureInfo.InvariantCulture, $"{Routes.Prefix}/batches/{batch.Id}") };

    private static (bool Said, RestAnswer? Refusal) RejectedOnly(HttpRequest request) => request.Query["rows"].ToString() switch
    {
        "" => (false, null),
        "rejected" => (true, null),
        _ => (false, RestAnswer.Refuse(ResponseCodes.BadRequest, "rows is rejected, or not there for all.")),
    };

    private static bool IsCsv(string? type) =>
        Microsoft.Net.Http.Headers.MediaTypeHeaderValue.TryParse(type, out var media) && media.MediaType.Equals("text/csv", StringComparison.OrdinalIgnoreCase);
}
