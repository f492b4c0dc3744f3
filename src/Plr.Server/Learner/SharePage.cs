using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plr.Core.Responses;
using Plr.Server.SignIn;
using Plr.Server.Web;

namespace Plr.Server.LearnerSite;

/// <summary>A page of the journey to a share. Whoever comes to one too early is led to the first that is not answered; to one that is over, to the beginning.</summary>
public abstract class SharePage(Visit visit, ShareJourneys journeys) : PageModel
{
    /// <summary>The journey; empty on the first page of one that has not begun.</summary>
    public Guid Id { get; private set; }

    public ShareAnswers Answers { get; private set; } = new();

    /// <summary>Reads the answers so far.</summary>
    /// <returns>Where to go instead; null to go on here.</returns>
    protected async Task<IActionResult?> ReadAsync(Guid id, string page)
    {
        Id = id;
        if (await journeys.GetAsync(id, visit.Account!.Id, HttpContext.RequestAborted) is not { } answers)
        {
            return RedirectToPage("/Learner/ShareWhat", new { id = (Guid?)null });
        }

        Answers = answers;
        return answers switch
        {
            { Made: { } share } => RedirectToPage("/Learner/Share", new { id = share }),
            { Missing: { } missing } when IsBefore(missing, page) => RedirectToPage(missing, new { id }),
            _ => null,
        };
    }

    /// <summary>Keeps the answers and goes to the next page: the first that is not answered, else the check of all.</summary>
    protected async Task<IActionResult> GoOnAsync(ShareAnswers answers)
    {
        await journeys.UpdateAsync(Id, visit.Account!.Id, answers, HttpContext.RequestAborted);
        return RedirectToPage(answers.Missing ?? "/Learner/ShareCheck", new { id = Id });
    }

    /// <summary>Says what is wrong with the terms beside the fields of the form.</summary>
    internal static void Say(ModelStateDictionary modelState, IEnumerable<Finding> findings, Texts texts)
    {
        foreach (var finding in findings)
        {
            modelState.AddModelError(
                finding.Field == "EndsAt" ? "LastDay" : finding.Field, texts["Sharing.Error", texts[$"Sharing.Field.{finding.Field}"], texts[$"Findings.{finding.Rule.Name}", [.. finding.Values]]]);
        }
    }

    private static readonly string[] Order = ["/Learner/ShareWhat", "/Learner/ShareForWhom", "/Learner/ShareHowLong", "/Learner/ShareCheck"];

    private static bool IsBefore(string one, string other) => Array.IndexOf(Order, one) < Array.IndexOf(Order, other);
}
