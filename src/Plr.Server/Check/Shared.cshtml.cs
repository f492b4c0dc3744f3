using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plr.Core;
using Plr.Core.Responses;
using Plr.Core.Sharing;
using Plr.Server.Documents;
using Plr.Server.LearnerSite;
using Plr.Server.SignIn;
using Plr.Server.Web;

namespace Plr.Server.CheckSite;

/// <summary>What a share shows: the verdict first, then how each award stands. It can be opened again for half an hour.</summary>
[Does(PolicyAction.CheckShare)]
public sealed class SharedModel(ViewSharedRecord view, Checker checker, MakeReceipt make, TimeProvider time, Texts texts) : PageModel
{
    [BindProperty]
    public string? Organisation { get; set; }

    [BindProperty]
    public string? EmailAddress { get; set; }

    /// <summary>What is shown; null when it is over.</summary>
    public SharedRecord? Seen { get; private set; }

    public DateOnly LastDay => ShareDays.LastOf(Seen!.Share.Terms.EndsAt, time);

    /// <summary>Where what was opened is shown. Not made by the router, which writes addresses in small letters.</summary>
    internal static string Address(HttpRequest request, string token) => $"{request.PathBase}/check/seen/{token}";

    public Task<IActionResult> OnGetAsync(string token, CancellationToken ct) => ShowAsync(token, ct);

    /// <summary>Leaves an address for corrections.</summary>
    public async Task<IActionResult> OnPostAsync(string token, CancellationToken ct)
    {
        checker.Hide();
        var (code, findings) = await view.TellAsync(token, Organisation, EmailAddress, Languages.IsWelsh, checker.Access, ct);
        foreach (var finding in findings)
        {
            ModelState.AddModelError(finding.Field, texts["Sharing.Error", texts[$"Check.Field.{finding.Field}"], texts[$"Findings.{finding.Rule.Name}", [.. finding.Values]]]);
        }

        return code == ResponseCodes.AddressKept ? Redirect(Address(Request, token)) : await ShowAsync(token, ct);
    }

    /// <summary>A receipt as a file.</summary>
    /// <param name="token">What opening the share gave.</param>
    /// <param name="format">pdf or json.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<IActionResult> OnPostReceiptAsync(string token, [FromForm] string? format, CancellationToken ct)
    {
        checker.Hide();
        return await view.ReceiptAsync(token, checker.Access, ct) is { } made
            ? make.Write(made, format == "json") is var file ? File(file.Content, file.Type, file.Name) : NotFound()
            : await ShowAsync(token, ct);
    }

    private async Task<IActionResult> ShowAsync(string token, CancellationToken ct)
    {
        checker.Hide();
        Seen = await view.RunAsync(token, checker.Access, ct);
        if (Seen is null)
        {
            Response.StatusCode = StatusCodes.Status410Gone;
        }

        return Page();
    }
}
