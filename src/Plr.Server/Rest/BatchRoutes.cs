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
    /// <summary>The file is saved first, as it comes; then the batch and the kept answer are one transaction.</summary>
    public static async Task<RestAnswer> SubmitAsync(
        HttpContext context, Visit visit, Once once, UploadFolder folder, SubmitBatch submit, WorkSignal signal)
    {
        var query = context.Request.Query;
        var name = query["fileName"].ToString();
        if (BatchKinds.Of(query["kind"].ToString()) is not { } kind || name.Length is 0 or > 255)
        {
            return RestAnswer.Refuse(ResponseCodes.BadRequest, "Say ?kind=registrations or ?kind=achievements, and &fileName= with 1 to 255 characters.");
        }

        if (RestGate.MissingScope(context.Request, visit, [SubmitBatch.ActionOf(kind)]) is { } refusal)
        {
            return refusal;
        }

        if (!IsCsv(context.Request.ContentType))
        {
            return RestAnswer.Refuse(ResponseCodes.WrongMediaType, "Send the file itself as Content-Type: text/csv.");
        }

        var received = await folder.SaveAsync(context.Request.Body, name, context.RequestAborted);
        if (received.Size == 0)
        {
            return RestAnswer.Refuse(ResponseCodes.FileRefused, "The file is empty.");
        }

        var answer = await once.RunAsync(context, received.Digest, async () =>
        {
            var done = await submit.RunAsync(
                new(kind, visit.OrganisationId, received, query["again"] == "true"), visit.Access(kind.Purpose()), context.RequestAborted);
            return done.Batch is { } batch
                ? RestAnswer.Of(done.IsNew ? 202 : 200, BatchShown.Of(batch)) with { Location = string.Create(CultureInfo.InvariantCulture, $"{Routes.Prefix}/batches/{batch.Id}") }
                : RestAnswer.Refuse(done.Code);
        });
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
        if (refusal is not null)
        {
            return refusal;
        }

        if (await batches.GetAsync(id, visit.Access(), context.RequestAborted) is null)
        {
            return RestAnswer.Refuse(ResponseCodes.UnknownBatch);
        }

        var isRejectedOnly = context.Request.Query["rows"] == "rejected";
        var rows = await batches.RowsAsync(id, after ?? 0, limit + 1, isRejectedOnly, visit.Access(), ct: context.RequestAborted);
        return RestAnswer.Of(200, RestCall.Page(rows, limit, RowShown.Of, row => row.Row.ToString(CultureInfo.InvariantCulture)));
    }

    public static async Task<IResult> OutputAsync(int id, HttpContext context, Visit visit, IBatchStore batches, BatchOutput output)
    {
        if (await batches.GetAsync(id, visit.Access(), context.RequestAborted) is not { } batch)
        {
            return RestAnswer.Refuse(ResponseCodes.UnknownBatch);
        }

        if (batch.Status != BatchStatus.Successful)
        {
            return RestAnswer.Refuse(ResponseCodes.NotFinished, "Follow the batch until its status is successful.");
        }

        var isRejectedOnly = context.Request.Query["rows"] == "rejected";
        return Results.File(await output.OpenAsync(batch, isRejectedOnly, visit.Access(), context.RequestAborted), "text/csv", BatchOutput.NameOf(batch, isRejectedOnly));
    }

    private static bool IsCsv(string? type) =>
        Microsoft.Net.Http.Headers.MediaTypeHeaderValue.TryParse(type, out var media) && media.MediaType.Equals("text/csv", StringComparison.OrdinalIgnoreCase);
}
