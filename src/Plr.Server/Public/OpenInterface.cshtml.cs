using Microsoft.AspNetCore.Mvc.RazorPages;
using Plr.Core;
using Plr.Server.OpenInterface;
using Plr.Server.SignIn;

namespace Plr.Server.PublicSite;

/// <summary>The reference of the open interface, from the OpenAPI document that the server gives.</summary>
[Does(PolicyAction.ReadPublicPages)]
public sealed class OpenInterfaceModel(OpenReference reference) : PageModel
{
    public RestReference Reference { get; private set; } = null!;

    public async Task OnGetAsync() => Reference = await reference.ReadAsync();
}
