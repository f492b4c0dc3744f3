using Microsoft.AspNetCore.Mvc;
using Plr.Core;
using Plr.Core.DataChallenges;
using Plr.Core.Responses;
using Plr.Server.Files;
using Plr.Server.SignIn;
using Plr.Server.Web;

namespace Plr.Server.LearnerSite;

/// <summary>The third question: something that shows it. It can be left out.</summary>
[Does(PolicyAction.RaiseChallenge)]
[ReadsFormItself]
[IgnoreAntiforgeryToken(Order = 1001)]
public sealed class EvidenceModel(Visit visit, ProblemJourneys journeys, IEvidenceStore evidence, AddEvidence add, EvidenceUpload upload, EvidenceLimits limits, Texts texts)
    : ProblemPage(ProblemSteps.Evidence, visit, journeys, texts)
{
    /// <summary>Names the field; its bytes are read by <see cref="EvidenceUpload"/>. Not an IFormFile: such a property makes the framework read the form.</summary>
    public string? Chosen { get; }

    public EvidenceLimits Limits => limits;

    public IReadOnlyList<Evidence> Files { get; private set; } = [];

    public bool IsFull => Files.Count >= limits.Most;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct) => await ReadWithFilesAsync(id, ct) ?? Page();

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken ct)
    {
        var sent = await upload.ReadAsync(HttpContext, ct);
        if (sent.IsForged)
        {
            return BadRequest();
        }

        if (await ReadWithFilesAsync(id, ct) is { } elsewhere)
        {
            return elsewhere;
        }

        var refusal = sent.Refusal;
        if (sent.File is { } file)
        {
            var code = await add.RunAsync(new(file, Journey: id), Visit.Access(), ct);
            refusal = code == ResponseCodes.EvidenceAdded ? null : code.Name;
        }

        if (refusal is null)
        {
            return RedirectToPage(ProblemSteps.Evidence, new { id });
        }

        ModelState.AddModelError(nameof(Chosen), Texts[$"Problems.Evidence.{refusal}", limits.LargestMiB, limits.Most]);
        return Page();
    }

    public async Task<IActionResult> OnPostRemoveAsync(Guid id, [FromQuery] Guid file, CancellationToken ct)
    {
        if (!await upload.IsOursAsync(HttpContext))
        {
            return BadRequest();
        }

        await evidence.RemoveDraftAsync(id, AccountId, file, ct);
        return RedirectToPage(ProblemSteps.Evidence, new { id });
    }

    public async Task<IActionResult> OnPostContinueAsync(Guid id, CancellationToken ct)
    {
        if (!await upload.IsOursAsync(HttpContext))
        {
            return BadRequest();
        }

        return await ReadAsync(id, ct) ?? await SaveAsync(Answers! with { HasPassedEvidence = true }, ct);
    }

    private async Task<IActionResult?> ReadWithFilesAsync(Guid id, CancellationToken ct)
    {
        var elsewhere = await ReadAsync(id, ct);
        Files = await evidence.DraftsAsync(id, AccountId, ct);
        return elsewhere;
    }
}
