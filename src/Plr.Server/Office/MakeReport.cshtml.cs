using Microsoft.AspNetCore.Mvc;
using Plr.Core;
using Plr.Core.Learners;
using Plr.Core.Responses;
using Plr.Server.Documents;
using Plr.Server.SignIn;
using Plr.Server.Web;

namespace Plr.Server.OfficeSite;

/// <summary>An officer makes a report for a caller, saying why.</summary>
[Does(PolicyAction.SendReport)]
public sealed class MakeReportModel(Visit visit, MakeReport make, Texts texts) : ReportPage(make, texts)
{
    private readonly Texts _texts = texts;

    [BindProperty]
    public string? Uln { get; set; }

    [BindProperty]
    public string? Purpose { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    public void OnGet()
    {
        // The form is all there is.
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!Core.Learners.Uln.TryParseTyped(Uln, out var uln))
        {
            ModelState.AddModelError(nameof(Uln), _texts["Office.MakeReport.NotAUln"]);
        }

        if (Purpose is not (nameof(Core.Purpose.OwnRecord) or nameof(Core.Purpose.RegisterUpkeep)))
        {
            ModelState.AddModelError(nameof(Purpose), _texts["Office.MakeReport.PurposeMissing"]);
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        var (answer, result) = await MakeAsync(uln, Reason, visit.Access(Enum.Parse<Purpose>(Purpose!)));
        if (result is not null)
        {
            return result;
        }

        OfficeErrors.Add(ModelState, answer!.Findings, _texts);
        if (answer.Code == ResponseCodes.UlnNotFound)
        {
            ModelState.AddModelError(nameof(Uln), _texts["Office.MakeReport.NotFound"]);
        }

        return ModelState.IsValid ? StatusCode(answer.Code.Http) : Page();
    }
}
