using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plr.Core;
using Plr.Core.LearningEvents;
using Plr.Server.Records;
using Plr.Server.SignIn;
using Plr.Server.Web;

namespace Plr.Server.LearnerSite;

/// <summary>One qualification: its facts, where it came from and what happened to it. Another learner's is answered as one that does not exist.</summary>
[Does(PolicyAction.ViewOwnRecord)]
public sealed class QualificationModel(GetLearningEvent getEvent, Visit visit, RecordWords words, Texts texts, Dates dates) : PageModel
{
    public EventHistory Found { get; private set; } = null!;

    public LearningEventFacts Facts => Found.Event.Facts;

    /// <summary>What is known, with the label's key; what is not held is left out, except what a reader would look for.</summary>
    public IEnumerable<(string Label, string Value)> Known()
    {
        (string Label, string? Value)[] all =
        [
            ("Learner.Column.Grade", Facts.Grade ?? texts["Learner.NotHeld"]),
            ("Learner.Column.Type", Facts.QualificationType),
            ("Learner.Column.Level", words.Level(Facts.Level)),
            ("Learner.Number", Facts.SubjectCode),
            ("Learner.Column.Awarding", Facts.AwardingOrganisationName),
            ("Learner.Column.Provider", Provider()),
            ("Learner.Column.Date", Day(Facts.AchievementAwardDate) ?? texts["Learner.NotHeld"]),
            ("Learner.Started", Day(Facts.ParticipationStartDate)),
            ("Learner.Ended", Day(Facts.ParticipationEndDate)),
            ("Learner.Language", words.Language(Facts.LanguageForAssessment)),
            ("Learner.Credits", Facts.Credits == 0 ? null : $"{Facts.Credits}"),
        ];
        return all.Where(fact => !string.IsNullOrWhiteSpace(fact.Value)).Select(fact => (fact.Label, fact.Value!));
    }

    public async Task<IActionResult> OnGetAsync(int id)
    {
        if (await getEvent.RunAsync(visit.OwnUln, id, visit.Access(), HttpContext.RequestAborted) is not { } found)
        {
            return NotFound();
        }

        Found = found;
        return Page();
    }

    private string? Provider() => Facts.AchievementProviderName is { } name && Facts.AchievementProviderUkprn is { } ukprn
        ? $"{name} (UKPRN {ukprn})"
        : Facts.AchievementProviderName ?? Facts.AchievementProviderUkprn;

    private string? Day(DateOnly? day) => day is { } known ? dates.Day(known) : null;
}
