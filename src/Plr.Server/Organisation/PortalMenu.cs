using Plr.Core;
using Plr.Server.Web;

namespace Plr.Server.Portal;

/// <summary>The links of the organisation's pages: to what the policy lets somebody with these roles try.</summary>
internal static class PortalMenu
{
    public static IReadOnlyList<NavigationItem> Of(Roles roles, Texts texts)
    {
        List<NavigationItem> items = [new("/Organisation/Home", texts["Organisation.Menu.Home"])];
        if (Policy.MayTry(roles, PolicyAction.ViewBatch))
        {
            items.Add(new("/Organisation/Files", texts["Organisation.Menu.Files"]));
        }

        if (Policy.MayTry(roles, PolicyAction.FindLearner))
        {
            items.Add(new("/Organisation/FindLearner", texts["Organisation.Menu.Find"]));
        }

        return items;
    }
}
