using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plr.Core;
using Plr.Core.Learners;
using Plr.Core.Responses;
using Plr.Server.SignIn;
using Plr.Server.Web;

namespace Plr.Server.Portal;

/// <summary>Where a field was changed since it was read.</summary>
public enum Changed
{
    /// <summary>In the form.</summary>
    Here,

    /// <summary>On the register.</summary>
    There,

    /// <summary>To different values: yours stays if it is taken over.</summary>
    Both,

    /// <summary>To the same value.</summary>
    Alike,
}

/// <summary>A field that was changed since it was read.</summary>
public sealed record ConflictLine(LearnerField Field, string? Read, string? Yours, string? Theirs, Changed In);

/// <summary>Somebody else, or the same person in another tab, changed the learner between reading and saving: both changes side by side, and whether to take one's own over onto the new version or to drop it.</summary>
[Does(PolicyAction.UpdateLearner)]
public sealed class UpdateConflictModel(Visit visit, FindJourneys journeys, UpdateLearner update, Texts texts) : PageModel
{
    private FindAnswers? _answers;

    public bool IsOver => _answers?.Edit?.Changed is null;

    /// <summary>What is shown as held now.</summary>
    public int Version { get; private set; }

    public IReadOnlyList<ConflictLine> Lines { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct) => await ShowAsync(id, ct);

    /// <summary>One's own change on top of what is held now.</summary>
    /// <param name="version">What was shown as held now.</param>
    public async Task<IActionResult> OnPostTakeAsync(Guid id, int version, CancellationToken ct)
    {
        _answers = await journeys.GetAsync(id, visit.Account!.Id, ct);
        if (_answers is not { Found: { } found, Edit: { Changed: { } changed, Now: { } now } edit } || now.Version != version)
        {
            return await ShowAsync(id, ct);
        }

        var taken = LearnerFields.All.Where(field => field.Get(changed) != field.Get(edit.Read)).Aggregate(now.Text, (text, field) => field.Set(text, field.Get(changed)));
        var answer = await update.RunAsync(new(taken with { Uln = found }, now.Version, edit.IsNewNoticeGiven), visit.Access(), ct);
        if (answer.Code == ResponseCodes.StaleVersion || answer.Findings.Count > 0)
        {
            LearnerForm.Say(ModelState, answer.Findings, "", texts);
            return await ShowAsync(id, ct);
        }

        if (answer.Version is null)
        {
            return StatusCode(answer.Code.Http);
        }

        await journeys.UpdateAsync(id, visit.Account.Id, _answers.After(answer.Code, taken), ct);
        return RedirectToPage("/Organisation/FoundLearner", new { id });
    }

    public async Task<IActionResult> OnPostDropAsync(Guid id, CancellationToken ct)
    {
        _answers = await journeys.GetAsync(id, visit.Account!.Id, ct);
        if (_answers is not { Edit: { Now: { } now } })
        {
            return await ShowAsync(id, ct);
        }

        await journeys.UpdateAsync(id, visit.Account.Id, _answers.After(null, now.Text), ct);
        return RedirectToPage("/Organisation/FoundLearner", new { id });
    }

    /// <summary>What is held now is shown, with its entry in the trail, and its version is the one that a change goes onto.</summary>
    private async Task<IActionResult> ShowAsync(Guid id, CancellationToken ct)
    {
        _answers = await journeys.GetAsync(id, visit.Account!.Id, ct);
        if (_answers is { Found: not null, Edit: null or { Changed: null } })
        {
            // Taken over or dropped already: the learner's page is the way on.
            return RedirectToPage("/Organisation/FoundLearner", new { id });
        }

        if (_answers is not { Edit: { Changed: { } changed } edit })
        {
            return Over();
        }

        var (held, refusal) = await journeys.ShowToChangeAsync(_answers, visit.Access(), ct);
        if (held is null)
        {
            return refusal is null ? Over() : StatusCode(refusal.Http);
        }

        Version = held.Version;
        var theirs = LearnerText.Of(held.Details);
        Lines = [.. LearnerFields.All.Select(field => Line(field, edit.Read, changed, theirs)).OfType<ConflictLine>()];
        await journeys.UpdateAsync(id, visit.Account.Id, _answers with { Edit = edit with { Now = new(theirs, held.Version) } }, ct);
        return Page();
    }

    private static ConflictLine? Line(LearnerField field, LearnerText read, LearnerText yours, LearnerText theirs)
    {
        var (before, own, now) = (field.Get(read), field.Get(yours), field.Get(theirs));
        Changed? changed = (own != before, now != before) switch
        {
            (false, false) => null,
            (true, false) => Changed.Here,
            (false, true) => Changed.There,
            _ => own == now ? Changed.Alike : Changed.Both,
        };
        return changed is { } where ? new(field, before, own, now, where) : null;
    }

    private PageResult Over()
    {
        (_answers, Response.StatusCode) = (null, StatusCodes.Status404NotFound);
        return Page();
    }
}
