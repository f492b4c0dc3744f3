using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plr.Core;
using Plr.Core.Batches;
using Plr.Server.Files;
using Plr.Server.SignIn;
using Plr.Server.Work;

namespace Plr.Server.Portal;

/// <summary>What became of a file. Another organisation's file is as if there were none.</summary>
[Does(PolicyAction.ViewBatch)]
public sealed class FileModel(Visit visit, IBatchStore batches, SubmitBatch submit, WorkSignal signal) : PageModel
{
    private const int RowsShown = 100;

    public Batch Batch { get; private set; } = null!;

    /// <summary>The first rejected rows.</summary>
    public IReadOnlyList<BatchRow> Rejected { get; private set; } = [];

    public bool WasSentBefore { get; private set; }

    public async Task<IActionResult> OnGetAsync(int id, string? sent, CancellationToken ct)
    {
        if (await batches.GetAsync(id, visit.Access(), ct) is not { } batch)
        {
            return NotFound();
        }

        Batch = batch;
        WasSentBefore = sent == "before";
        if (batch.IsFinished && batch.Rejected > 0)
        {
            Rejected = await batches.RowsAsync(id, 0, RowsShown, refusedOnly: true, visit.Access(), ct: ct);
        }

        return Page();
    }

    /// <summary>Judges the file once more, on purpose.</summary>
    public async Task<IActionResult> OnPostAgainAsync(int id, CancellationToken ct)
    {
        if (await batches.GetAsync(id, visit.Access(), ct) is not { } batch)
        {
            return NotFound();
        }

        var file = new ReceivedFile(batch.FileName, batch.Digest, batch.Size);
        var answer = await submit.RunAsync(new(batch.Kind, batch.OrganisationId, file, Again: true), visit.Access(batch.Kind.Purpose()), ct);
        signal.Wake();
        return answer.Batch is { } again ? RedirectToPage(new { id = again.Id }) : StatusCode(answer.Code.Http);
    }
}
