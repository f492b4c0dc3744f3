using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plr.Core;
using Plr.Core.Accounts;
using Plr.Core.Organisations;
using Plr.Server.SignIn;
using Plr.Server.Web;

namespace Plr.Server.OfficeSite;

/// <summary>Adds somebody of an organisation, or of the register office when the address names none.</summary>
[Does(PolicyAction.ManageAccounts)]
public sealed class AddPersonModel(Visit visit, AddAccount add, IOrganisationStore organisations, Texts texts) : PageModel
{
    private const Roles OfOffice = Core.Roles.OfficeAgent | Core.Roles.OfficeSenior | Core.Roles.Auditor | Core.Roles.Operator;
    private const Roles OfProvider = Core.Roles.LrbOnline | Core.Roles.LrbBatch | Core.Roles.LrbViewOnly;
    private const Roles OfAny = Core.Roles.DataChallenge | Core.Roles.SuperUser;

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? EmailAddress { get; set; }

    [BindProperty]
    public IReadOnlyList<string> Roles { get; set; } = [];

    public Organisation? Organisation { get; private set; }

    /// <summary>The roles that somebody there can have; whether they fit is for the operation to say.</summary>
    public IEnumerable<Roles> RolesThatFit
    {
        get
        {
            var fitting = Organisation is null ? OfOffice : OfAny | (Organisation.IsProvider ? OfProvider : Core.Roles.None) | (Organisation.IsAwardingOrganisation ? Core.Roles.AwardingOrganisation : Core.Roles.None);
            return Enum.GetValues<Roles>().Where(role => (role & fitting) != Core.Roles.None);
        }
    }

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (RouteData.Values["organisation"] is string text)
        {
            Organisation = await organisations.GetAsync(Guid.Parse(text), context.HttpContext.RequestAborted);
            if (Organisation is null)
            {
                context.Result = NotFound();
                return;
            }
        }

        await next();
    }

    public void OnGet()
    {
        // The form is all there is.
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var answer = await add.RunAsync(new(Name, EmailAddress, Roles, Organisation?.Code), visit.Access(), ct);
        if (answer.Account is { } added)
        {
            return RedirectToPage("/Office/Person", new { id = added.Id });
        }

        OfficeErrors.Add(ModelState, answer.Findings, texts);
        return ModelState.IsValid ? StatusCode(answer.Code.Http) : Page();
    }
}
