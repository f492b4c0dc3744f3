using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plr.Core;
using Plr.Core.Batches;
using Plr.Server.Files;
using Plr.Server.SignIn;

namespace Plr.Server.Portal;

/// <summary>The output file of a batch that is done: every row with its ULN and code, or only the rejected ones (<c>?rows=rejected</c>).</summary>
[Does(PolicyAction.ViewBatch)]
public sealed class OutputModel(Visit visit, IBatchStore batches, BatchOutput output) : PageModel
{
    public async Task<IActionResult> OnGetAsync(int id, string? rows, CancellationToken ct)
    {
        if (await batches.GetAsync(id, visit.Access(), ct) is not { Status: BatchStatus.Successful } batch)
        {
            return NotFound();
        }

        var isRejectedOnly = rows == "rejected";
        return File(await output.OpenAsync(batch, isRejectedOnly, visit.Access(), ct), "text/csv", BatchOutput.NameOf(batch, isRejectedOnly));
    }
}
