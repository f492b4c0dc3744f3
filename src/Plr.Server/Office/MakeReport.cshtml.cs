using Microsoft.AspNetCore.Mvc;
using Plr.Core;
using Plr.Core.Learners;
using Plr.Core.Reports;
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

        if (GetReport.CheckReason(Reason) is { } finding)
        {
            ModelState.AddModelError(nameof(Reason), _texts[$"Office.MakeReport.Reason{finding.Rule.Name}", [.. finding.Values]]);
        }

        // All that is wrong is said at once.
        if (!IsChosen())
        {
            return Page();
        }

        var (answer, result) = await MakeAsync(uln, Reason, visit.Access(Enum.Parse<Purpose>(Purpose!)));
        if (result is not null)
        {
            return result;
        }

        if (answer!.Code != ResponseCodes.UlnNotFound && answer.Code != ResponseCodes.LearnerNotActive)
        {
            return StatusCode(answer.Code.Http);
        }

        ModelState.AddModelError(nameof(Uln), _texts[answer.Code == ResponseCodes.UlnNotFound ? "Office.MakeReport.NotFound" : "Office.MakeReport.NotActive"]);
        return Page();
    }
}
