using Microsoft.AspNetCore.Mvc.RazorPages;
using Plr.Core;
using Plr.Core.Batches;
using Plr.Core.Organisations;
using Plr.Server.SignIn;

namespace Plr.Server.Portal;

/// <summary>The files that the organisation sent, newest first.</summary>
[Does(PolicyAction.ViewBatch)]
public sealed class FilesModel(Visit visit, IOrganisationStore organisations, IBatchStore batches) : PageModel
{
    /// <summary>At most so many.</summary>
    public const int Shown = 100;

    public IReadOnlyList<BatchKind> Kinds { get; private set; } = [];

    public IReadOnlyList<Batch> Batches { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct)
    {
        Kinds = FileKinds.For(visit, (await organisations.GetAsync(visit.OrganisationId, ct))!);
        Batches = await batches.ListAsync(visit.OrganisationId, Shown, visit.Access(), ct: ct);
    }
}
