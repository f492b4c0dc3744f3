using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plr.Core;
using Plr.Core.Accounts;
using Plr.Core.Organisations;
using Plr.Server.SignIn;

namespace Plr.Server.OfficeSite;

/// <summary>One organisation and its people.</summary>
[Does(PolicyAction.ManageOrganisations)]
public sealed class OrganisationModel(IOrganisationStore organisations, IAccountStore accounts) : PageModel
{
    private const int MostPeople = 500;

    public Organisation Organisation { get; private set; } = null!;

    /// <summary>What is known of it, by the names of the fields' texts.</summary>
    public IEnumerable<(string Name, string Value)> Details => new[]
    {
        ("Ukprn", Organisation.Ukprn),
        ("RecognitionNumber", Organisation.RecognitionNumber),
        ("OrganisationRef", Organisation.OrganisationRef),
        ("LegalName", Organisation.LegalName),
        ("Acronym", Organisation.Acronym),
        ("Website", Organisation.Website),
    }.Where(pair => pair.Item2 is not null).Select(pair => (pair.Item1, pair.Item2!));

    public IReadOnlyList<Account> People { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        if (await organisations.GetAsync(id, ct) is not { } organisation)
        {
            return NotFound();
        }

        Organisation = organisation;
        People = await accounts.ListAsync(id, 0, MostPeople, ct);
        return Page();
    }
}
