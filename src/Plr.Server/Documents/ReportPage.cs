using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plr.Core;
using Plr.Core.Learners;
using Plr.Core.Reports;
using Plr.Core.Responses;
using Plr.Server.Web;

namespace Plr.Server.Documents;

/// <summary>A page on which somebody chooses a report and is given its file; whose record, and why, each audience's own page says.</summary>
public abstract class ReportPage(MakeReport make, Texts texts) : PageModel
{
    [BindProperty]
    public string? Format { get; set; } = nameof(ReportFormat.Pdf);

    [BindProperty]
    public string? Language { get; set; } = Languages.IsWelsh ? nameof(ReportLanguage.Welsh) : nameof(ReportLanguage.English);

    /// <summary>Whether both are chosen; the page is told what is not.</summary>
    protected bool IsChosen()
    {
        if (!IsOneOf<ReportFormat>(Format))
        {
            ModelState.AddModelError(nameof(Format), texts["Report.Form.FormatMissing"]);
        }

        if (!IsOneOf<ReportLanguage>(Language))
        {
            ModelState.AddModelError(nameof(Language), texts["Report.Form.LanguageMissing"]);
        }

        return ModelState.IsValid;
    }

    /// <summary>The file; else the page again, with what is wrong. Null when the answer is one that the audience's page has its own words for.</summary>
    protected async Task<(GetReport.Answer? Answer, IActionResult? Result)> MakeAsync(Uln uln, string? reason, Access access)
    {
        if (!IsChosen())
        {
            return (null, Page());
        }

        var (answer, file) = await make.RunAsync(uln, Enum.Parse<ReportFormat>(Format!), Enum.Parse<ReportLanguage>(Language!), reason, access, HttpContext.RequestAborted);
        if (file is not null)
        {
            return (answer, File(file.Content, file.Type, file.Name));
        }

        if (answer.Code != ResponseCodes.NotPrintable)
        {
            return (answer, null);
        }

        var where = answer.Unprintable.Select(field => texts["Report.Form.UnprintableIn", field.Characters, field.Field]);
        ModelState.AddModelError(nameof(Format), texts["Report.Form.Unprintable", string.Join(", ", where)]);
        return (answer, Page());
    }

    private static bool IsOneOf<T>(string? name)
        where T : struct, Enum => Enum.GetNames<T>().Contains(name);
}
