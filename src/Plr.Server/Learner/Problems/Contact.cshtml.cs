using Microsoft.AspNetCore.Mvc;
using Plr.Core;
using Plr.Core.Accounts;
using Plr.Server.SignIn;
using Plr.Server.Web;

namespace Plr.Server.LearnerSite;

/// <summary>The fourth question: where messages about the problem go.</summary>
[Does(PolicyAction.RaiseChallenge)]
public sealed class ContactModel(Visit visit, ProblemJourneys journeys, Texts texts) : ProblemPage(ProblemSteps.Contact, visit, journeys, texts)
{
    public const string ByEmail = "email";
    public const string HereOnly = "here";

    [BindProperty]
    public string? Reach { get; set; }

    [BindProperty]
    public string? Email { get; set; }

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        var elsewhere = await ReadAsync(id, ct);
        Email = string.IsNullOrEmpty(Answers?.MailTo) ? Visit.Account!.EmailAddress : Answers.MailTo;
        Reach = Answers?.MailTo switch
        {
            null => null,
            { Length: 0 } => HereOnly,
            _ => ByEmail,
        };
        return elsewhere ?? Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken ct)
    {
        if (await ReadAsync(id, ct) is { } elsewhere)
        {
            return elsewhere;
        }

        if (Reach is not (ByEmail or HereOnly))
        {
            ModelState.AddModelError(nameof(Reach), Texts["Problems.Contact.Missing"]);
        }
        else if (Reach == ByEmail && (string.IsNullOrWhiteSpace(Email) || !EmailAddresses.IsOne(Email)))
        {
            ModelState.AddModelError(nameof(Email), Texts[string.IsNullOrWhiteSpace(Email) ? "Problems.Contact.NoEmail" : "Problems.Contact.BadEmail"]);
        }

        return ModelState.IsValid ? await SaveAsync(Answers! with { MailTo = Reach == ByEmail ? Email!.Trim() : "" }, ct) : Page();
    }
}
