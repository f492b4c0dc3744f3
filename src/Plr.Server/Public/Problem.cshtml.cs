using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plr.Server.Web;

namespace Plr.Server.PublicSite;

/// <summary>What the person is told; each has its own title and text in Texts/Site.resx.</summary>
public enum ProblemKind
{
    Problem,
    NotFound,
    Forbidden,
    BadRequest,
    TooLarge,
}

/// <summary>The page in place of one that failed or was refused, in words, by the status that the answer has already.</summary>
[IgnoreAntiforgeryToken(Order = 1001)]
public sealed class ProblemModel : PageModel
{
    public ProblemKind Kind => Response.StatusCode switch
    {
        StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed => ProblemKind.NotFound,
        StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden => ProblemKind.Forbidden,
        StatusCodes.Status413PayloadTooLarge => ProblemKind.TooLarge,
        >= 400 and < 500 => ProblemKind.BadRequest,
        _ => ProblemKind.Problem,
    };

    /// <summary>The page has no address of its own.</summary>
    public IActionResult OnGet() => Problems.IsShowing(HttpContext) ? Page() : NotFound();
}
