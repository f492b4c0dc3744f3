using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plr.Server.Web;

namespace Plr.Server.AccountSite;

/// <summary>A page that asks for a code of the authenticator app, or a recovery code (the partial _Code).</summary>
public abstract class CodePage(Texts texts) : PageModel
{
    [BindProperty]
    public string? Code { get; set; }

    /// <summary>The words for a missing code, if it is.</summary>
    protected bool HasCode()
    {
        if (string.IsNullOrWhiteSpace(Code))
        {
            ModelState.AddModelError(nameof(Code), texts["SignIn.Factor.Code.Missing"]);
        }

        return ModelState.IsValid;
    }

    /// <summary>One message for whatever is wrong: a wrong code, a used one, waiting.</summary>
    protected bool IsRight(bool isRight)
    {
        if (!isRight)
        {
            ModelState.AddModelError(nameof(Code), texts["SignIn.Factor.Wrong"]);
        }

        return isRight;
    }
}
