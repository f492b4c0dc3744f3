using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plr.Core;
using Plr.Core.Accounts;
using Plr.Core.Organisations;
using Plr.Server.Commands;
using Plr.Server.SignIn;

namespace Plr.Server.OfficeSite;

/// <summary>One account of an organisation or of the office. Learners' accounts are not here: who they are is a learner's data.</summary>
[Does(PolicyAction.ManageAccounts)]
public sealed class PersonModel(Visit visit, IAccountStore accounts, IOrganisationStore organisations, InviteAccount invite, Settings settings) : PageModel
{
    public Account Person { get; private set; } = null!;

    public Organisation? Organisation { get; private set; }

    /// <summary>The one-time link, in the answer to the press of the button and nowhere else.</summary>
    public string? Link { get; private set; }

    public DateTimeOffset EndsAt { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        if (await accounts.GetAsync(id, ct) is not { Uln: null } person)
        {
            return NotFound();
        }

        Person = person;
        Organisation = person.OrganisationId is { } organisation ? await organisations.GetAsync(organisation, ct) : null;
        return Page();
    }

    /// <summary>Makes a link; an earlier one that was not used ends.</summary>
    public async Task<IActionResult> OnPostInviteAsync(Guid id, CancellationToken ct)
    {
        if (await OnGetAsync(id, ct) is NotFoundResult || Person.EmailAddress is null)
        {
            return NotFound();
        }

        var answer = await invite.RunAsync(new(Person.EmailAddress, null), visit.Access(), ct);
        if (answer is not { Token: { } token, ExpiresAt: { } endsAt })
        {
            return StatusCode(answer.Code.Http);
        }

        (Link, EndsAt) = (OneTimeLink.Address(settings.Address(), token), endsAt);
        return Page();
    }
}
