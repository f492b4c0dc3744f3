using Microsoft.AspNetCore.Mvc;
using Plr.Core;
using Plr.Core.DataChallenges;
using Plr.Core.Responses;
using Plr.Server.SignIn;
using Plr.Server.Web;

namespace Plr.Server.LearnerSite;

/// <summary>All answers once more; then the problem is reported, once however often the button is pressed.</summary>
[Does(PolicyAction.RaiseChallenge)]
public sealed class CheckModel(Visit visit, ProblemJourneys journeys, IEvidenceStore evidence, RaiseChallenge raise, Texts texts) : ProblemPage(ProblemSteps.Check, visit, journeys, texts)
{
    public IReadOnlyList<Evidence> Files { get; private set; } = [];

    /// <summary>Question, answer, and the page that changes it.</summary>
    public IEnumerable<(string Question, string? Answer, string Page)> Rows()
    {
        var answers = Answers!;
        var isMissing = answers.About == ProblemAbout.Missing;
        var words = isMissing ? ProblemSteps.Missing : ProblemSteps.ShouldBe;
        (string, string?, string)[] rows =
        [
            ("Problems.Row.Qualification", answers.Subject ?? answers.Missing?.Title, isMissing ? ProblemSteps.Missing : ""),
            ("Problems.Row.What", Texts[$"Problems.Type.{answers.Type}"], isMissing ? "" : ProblemSteps.What),
            ("Problems.Row.Other", answers.OtherSubject ?? (answers.HasSaidOther ? Texts["Problems.Which.None"] : null), ProblemSteps.Which),
            ("Problems.Row.Awarding", answers.Missing?.AwardingOrganisation, words),
            ("Problems.Row.TakenAt", answers.Missing?.TakenAt, words),
            ("Problems.Row.TakenIn", answers.Missing?.TakenIn, words),
            (isMissing ? "Problems.Row.Grade" : "Problems.Row.Wanted", answers.Wanted, words),
            ("Problems.Row.Said", answers.Said, words),
            ("Problems.Row.Evidence", Files.Count == 0 ? Texts["Problems.Row.NoEvidence"] : string.Join("\n", Files.Select(file => file.Name)), ProblemSteps.Evidence),
            ("Problems.Row.Contact", string.IsNullOrEmpty(answers.MailTo) ? Texts["Problems.Contact.HereOnly"] : answers.MailTo, ProblemSteps.Contact),
        ];
        return rows.Where(row => !string.IsNullOrWhiteSpace(row.Item2));
    }

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct) => await ReadWithFilesAsync(id, ct) ?? Page();

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken ct)
    {
        if (await ReadWithFilesAsync(id, ct) is { } elsewhere)
        {
            return elsewhere;
        }

        var answer = await raise.RunAsync(Answers!.Request(Visit.OwnUln, id), Visit.Access(), ct);
        if (answer.Challenge is not { } raised)
        {
            ModelState.AddModelError("", Texts[answer.Code == ResponseCodes.TooManyChallenges ? "Problems.Check.TooMany" : "Problems.Check.Refused"]);
            return Page();
        }

        await KeepAsync(Answers with { Challenge = raised.Id }, ct);
        return RedirectToPage("/Learner/Problems/Sent", new { id = raised.Id });
    }

    private async Task<IActionResult?> ReadWithFilesAsync(Guid id, CancellationToken ct)
    {
        var elsewhere = await ReadAsync(id, ct);
        Files = await evidence.DraftsAsync(id, AccountId, ct);
        return elsewhere;
    }
}
