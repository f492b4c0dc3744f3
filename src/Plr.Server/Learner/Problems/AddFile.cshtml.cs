using Microsoft.AspNetCore.Mvc;
using Plr.Core;
using Plr.Core.DataChallenges;
using Plr.Core.Responses;
using Plr.Server.Files;
using Plr.Server.SignIn;
using Plr.Server.Web;

namespace Plr.Server.LearnerSite;

/// <summary>Adds a file to a problem that was reported and is open.</summary>
[Does(PolicyAction.RaiseChallenge)]
[ReadsFormItself]
[IgnoreAntiforgeryToken(Order = 1001)]
public sealed class AddFileModel(Visit visit, ViewChallenge view, AddEvidence add, EvidenceUpload upload, EvidenceLimits limits, Texts texts) : ChallengePage(visit, view, texts)
{
    /// <summary>Names the field; its bytes are read by <see cref="EvidenceUpload"/>.</summary>
    public string? Chosen { get; }

    public EvidenceLimits Limits => limits;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct) => await ReadAsync(id, ct) ?? (Problem.IsOpen ? Page() : ToChallenge());

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken ct)
    {
        var sent = await upload.ReadAsync(HttpContext, ct);
        if (sent.IsForged)
        {
            return BadRequest();
        }

        if (await ReadAsync(id, ct) is { } elsewhere)
        {
            return elsewhere;
        }

        var refusal = sent.Refusal;
        if (sent.File is { } file)
        {
            var code = await add.RunAsync(new(file, Challenge: id), Visit.Access(), ct);
            if (code == ResponseCodes.EvidenceAdded || code == ResponseCodes.ChallengeNotInState)
            {
                return ToChallenge();
            }

            refusal = code.Name;
        }

        ModelState.AddModelError(nameof(Chosen), Texts[$"Problems.Evidence.{refusal}", limits.LargestMiB, limits.Most]);
        return Page();
    }
}
