using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Plr.Core;
using Plr.Core.DataChallenges;
using Plr.Core.LearningEvents;
using Plr.Server.SignIn;
using Plr.Server.Web;

namespace Plr.Server.LearnerSite;

/// <summary>The other learning event: the same one again, or another that is not theirs either.</summary>
[Does(PolicyAction.RaiseChallenge)]
public sealed class WhichModel(Visit visit, ProblemJourneys journeys, GetLearningEvents getEvents, Texts texts, Dates dates) : ProblemPage(ProblemSteps.Which, visit, journeys, texts)
{
    /// <summary>The value of the choice that there is no other.</summary>
    public const string None = "none";

    [BindProperty]
    public string? Other { get; set; }

    /// <summary>The other learning events on the record.</summary>
    public IReadOnlyList<LearningEvent> Others { get; private set; } = [];

    /// <summary>Whether it can be that there is no other.</summary>
    public bool MayBeNone => Answers?.Type is { } type && !ChallengeRules.NeedsTwo(type);

    public string Hint(LearningEvent found) => string.Join(", ", new[] { found.Facts.Grade, found.Facts.AchievementAwardDate is { } day ? dates.Day(day) : null, found.Facts.AwardingOrganisationName }.Where(part => !string.IsNullOrWhiteSpace(part)));

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        var elsewhere = await ReadWithOthersAsync(id, ct);
        Other = Answers?.OtherEventId?.ToString(CultureInfo.InvariantCulture) ?? (Answers?.HasSaidOther == true ? None : null);
        return elsewhere ?? Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken ct)
    {
        if (await ReadWithOthersAsync(id, ct) is { } elsewhere)
        {
            return elsewhere;
        }

        var chosen = Others.FirstOrDefault(found => found.Id.ToString(CultureInfo.InvariantCulture) == Other);
        if (chosen is null && !(MayBeNone && Other == None))
        {
            ModelState.AddModelError(nameof(Other), Texts["Problems.Which.Missing"]);
            return Page();
        }

        return await SaveAsync(Answers! with { OtherEventId = chosen?.Id, OtherSubject = chosen?.Facts.Subject, HasSaidOther = true }, ct);
    }

    private async Task<IActionResult?> ReadWithOthersAsync(Guid id, CancellationToken ct)
    {
        if (await ReadAsync(id, ct) is { } elsewhere)
        {
            return elsewhere;
        }

        var record = (await getEvents.RunAsync(Visit.OwnUln, null, Visit.Access(), ct)).Record;
        Others = [.. (record?.Events ?? []).Where(found => found.Id != Answers!.EventId && found.Facts.Status != EventStatus.Withdrawn)];
        return null;
    }
}
