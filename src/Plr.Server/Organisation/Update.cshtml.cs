using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plr.Core;
using Plr.Core.Learners;
using Plr.Core.Responses;
using Plr.Server.SignIn;
using Plr.Server.Web;

namespace Plr.Server.Portal;

/// <summary>A learner's details to change: filled with what is held, which leaves an entry in the trail, and saved with the version that was read.</summary>
[Does(PolicyAction.UpdateLearner)]
public sealed class UpdateModel(Visit visit, FindJourneys journeys, UpdateLearner update, Texts texts) : PageModel
{
    [BindProperty]
    public LearnerForm Form { get; set; } = new();

    /// <summary>"given" when the learner was given the new privacy notice.</summary>
    [BindProperty]
    public IReadOnlyList<string> Notice { get; set; } = [];

    /// <summary>The journey of this form.</summary>
    public Guid Id { get; private set; }

    /// <summary>Null when the journey is over or shows nobody.</summary>
    public LearnerEdit? Edit { get; private set; }

    /// <summary>What the ability to share may become by an organisation: never less than the learner's own choice (DECISIONS, "Ability to share").</summary>
    public string[] ShareChoices => Edit?.Read.AbilityToShare switch
    {
        "1" => ["1"],
        "2" => ["2", "1"],
        _ => ["1", "0", "2"],
    };

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        Id = id;
        var answers = await journeys.GetAsync(id, visit.Account!.Id, ct);
        var (held, refusal) = await journeys.ShowToChangeAsync(answers, visit.Access(), ct);
        if (held is null)
        {
            return refusal is null ? Over() : StatusCode(refusal.Http);
        }

        Edit = new(LearnerText.Of(held.Details), held.Version, null, false);
        Form = LearnerForm.Of(Edit.Read);
        Id = await journeys.BeginAsync(visit.Account.Id, answers! with { Edit = Edit, Found = held.Uln.ToString() }, ct);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken ct)
    {
        Id = id;
        if (await journeys.GetAsync(id, visit.Account!.Id, ct) is not { Found: { } found, Edit: { } edit } answers)
        {
            return Over();
        }

        Edit = edit with { Changed = Kept(Form.ToText(), edit.Read), IsNewNoticeGiven = Notice.Contains("given") };
        var answer = await update.RunAsync(new(Edit.Changed with { Uln = found }, Edit.Version, Edit.IsNewNoticeGiven), visit.Access(), ct);
        if (answer.Code == ResponseCodes.NotAllowed)
        {
            return StatusCode(answer.Code.Http);
        }

        if (answer.Code == ResponseCodes.StaleVersion)
        {
            await journeys.UpdateAsync(id, visit.Account.Id, answers with { Edit = Edit }, ct);
            return RedirectToPage("/Organisation/UpdateConflict", new { id });
        }

        if (answer.Code == ResponseCodes.UlnNotFound)
        {
            return Over();
        }

        if (answer.Findings.Count > 0)
        {
            LearnerForm.Say(ModelState, answer.Findings, nameof(Form), texts);
            return Page();
        }

        await journeys.UpdateAsync(id, visit.Account.Id, answers.After(answer.Code, Edit.Changed), ct);
        return RedirectToPage("/Organisation/FoundLearner", new { id });
    }

    /// <summary>A form writes its lines apart as it will, and does not hold what it must not change: neither is a change.</summary>
    private static LearnerText Kept(LearnerText sent, LearnerText read) => sent with
    {
        Notes = Lines(sent.Notes) == Lines(read.Notes) ? read.Notes : sent.Notes,
        UniquePupilNumber = read.UniquePupilNumber ?? sent.UniquePupilNumber,
    };

    private static string? Lines(string? text) => text?.ReplaceLineEndings("\n");

    private PageResult Over()
    {
        (Edit, Response.StatusCode) = (null, StatusCodes.Status404NotFound);
        return Page();
    }
}
