using System.Security.Cryptography;
using Plr.Core.Reports;
using Plr.Core.Responses;
using Plr.Server.Documents;

namespace Plr.Server.Rest;

/// <summary>Reports of a personal learning record, as files.</summary>
internal static class ReportRoutes
{
    public static async Task<RestAnswer> MakeAsync(string uln, HttpContext context, RestCall call, Once once, MakeReport make)
    {
        var (access, refusal) = call.AccessOf(context.Request);
        var (number, notOne) = RestCall.UlnOf(uln);
        if ((refusal ?? notOne) is { } no)
        {
            return no;
        }

        if (Choice(context.Request.Query) is not { } choice)
        {
            return RestAnswer.Refuse(ResponseCodes.BadRequest, "format is pdf, csv or json; language is en or cy.");
        }

        return await once.RunAsync(context, SHA256.HashData([]), async () =>
        {
            var (answer, file) = await make.RunAsync(number, choice.Format, choice.Language, null, access, context.RequestAborted);
            return file is null
                ? RestAnswer.Refuse(answer.Code, Unprintable(answer), answer.Findings)
                : new RestAnswer(200, file.Content) { ContentType = file.Type, FileName = file.Name };
        });
    }

    private static (ReportFormat Format, ReportLanguage Language)? Choice(IQueryCollection query)
    {
        ReportFormat? format = query["format"].ToString() switch
        {
            "" or "pdf" => ReportFormat.Pdf,
            "csv" => ReportFormat.Csv,
            "json" => ReportFormat.Json,
            _ => null,
        };
        ReportLanguage? language = query["language"].ToString() switch
        {
            "" or "en" => ReportLanguage.English,
            "cy" => ReportLanguage.Welsh,
            _ => null,
        };
        return format is { } chosen && language is { } spoken ? (chosen, spoken) : null;
    }

    /// <summary>Which fields cannot be printed; CSV and JSON carry every script.</summary>
    private static string? Unprintable(GetReport.Answer answer) => answer.Unprintable.Count == 0
        ? null
        : $"The PDF has no letters for: {string.Join(", ", answer.Unprintable.Select(field => $"{field.Characters} ({field.Field})"))}. Ask for csv or json.";
}
