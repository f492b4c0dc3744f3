using System.Security.Cryptography;
using Plr.Core.Reports;
using Plr.Core.Responses;
using Plr.Server.Documents;

namespace Plr.Server.Rest;

/// <summary>Reports of a personal learning record, as files.</summary>
internal static class ReportRoutes
{
    public static async Task<RestAnswer> MakeAsync(string uln, HttpContext context, RestCall call, Once once, MakeReport make, RepeatReport repeat)
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

        if (await RestJson.IsSentAsync(context))
        {
            return RestAnswer.Refuse(ResponseCodes.BadRequest, "This takes no body: say format and language in the address.");
        }

        return await once.RunAsync(
            context,
            access.Purpose,
            SHA256.HashData([]),
            async () =>
            {
                var (answer, file) = await make.RunAsync(number, choice.Format, choice.Language, null, access, context.RequestAborted);
                return file is null ? (Refused(answer), null) : (Given(file), answer.Report!.Reference.Value);
            },
            async made =>
            {
                var answer = await repeat.RunAsync(Reference(made), access, context.RequestAborted);
                return answer is { Report: { } report, Record: { } record } ? Given(make.Write(report, record)) : Refused(answer);
            });
    }

    private static RestAnswer Given(ReportFile file) => new(200, file.Content) { ContentType = file.Type, FileName = file.Name };

    private static RestAnswer Refused(GetReport.Answer answer) => RestAnswer.Refuse(answer.Code, Unprintable(answer), answer.Findings);

    private static ReportReference Reference(string made) => ReportReference.TryParse(made, out var reference) ? reference : throw new FormatException(made);

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
