using Plr.Core;
using Plr.Server.Web;

namespace Plr.Server.OfficeSite;

/// <summary>The links of the register office's pages: to what the policy lets somebody with these roles try.</summary>
internal static class OfficeMenu
{
    private static readonly (string Page, PolicyAction Action, string Name)[] Items =
    [
        ("/Office/Home", PolicyAction.UseOffice, "Home"),
        ("/Office/Organisations", PolicyAction.ManageOrganisations, "Organisations"),
        ("/Office/People", PolicyAction.ManageAccounts, "People"),
        ("/Office/Duplicates", PolicyAction.ReviewDuplicates, "Duplicates"),
        ("/Office/Reports", PolicyAction.ConfirmReport, "Reports"),
        ("/Office/Trail", PolicyAction.CheckTrail, "Trail"),
    ];

    public static IReadOnlyList<NavigationItem> Of(Roles roles, Texts texts) =>
        [.. Items.Where(item => Policy.MayTry(roles, item.Action)).Select(item => new NavigationItem(item.Page, texts[$"Office.Menu.{item.Name}"]))];
}
