using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plr.Core;
using Plr.Core.Batches;
using Plr.Server.Files;
using Plr.Server.SignIn;

namespace Plr.Server.Portal;

/// <summary>The output file of a batch that is done: every row with its ULN and code, or only the rejected ones (<c>?rows=rejected</c>).</summary>
[Does(PolicyAction.ViewBatch)]
public sealed class OutputModel(Visit visit, IBatchStore batches, BatchOutput output, UploadFolder folder) : PageModel
{
    public async Task<IActionResult> OnGetAsync(int id, string? rows, CancellationToken ct)
    {
        if (await batches.GetAsync(id, visit.Access(), ct) is not { Status: BatchStatus.Successful } batch)
        {
            return NotFound();
        }

        // Written to the disk first: the writer of CSV is synchronous, which a response does not allow, and a bug half-way is then a page in words.
        var file = folder.OpenTemporary();
        try
        {
            await output.WriteAsync(batch, rows == "rejected", file, visit.Access(), ct);
            file.Position = 0;
            return File(file, "text/csv", BatchOutput.NameOf(batch, refusedOnly: rows == "rejected"));
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }
}
