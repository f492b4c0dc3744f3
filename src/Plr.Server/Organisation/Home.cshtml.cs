using Microsoft.AspNetCore.Mvc.RazorPages;
using Plr.Core;
using Plr.Core.Batches;
using Plr.Core.Organisations;
using Plr.Server.SignIn;

namespace Plr.Server.Portal;

/// <summary>What this person can do here, and the latest files.</summary>
[Does(PolicyAction.UseOrganisationPortal)]
public sealed class HomeModel(Visit visit, IOrganisationStore organisations, IBatchStore batches) : PageModel
{
    private const int LatestShown = 5;

    public Organisation Organisation { get; private set; } = null!;

    public IReadOnlyList<BatchKind> Kinds { get; private set; } = [];

    public bool SeesFiles { get; private set; }

    public IReadOnlyList<Batch> Latest { get; private set; } = [];

    /// <summary>What can be done, by the name of its texts, and where.</summary>
    public IReadOnlyList<(string Name, string Address)> Tasks { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct)
    {
        Organisation = (await organisations.GetAsync(visit.OrganisationId, ct))!;
        SeesFiles = Policy.MayTry(visit.Roles, PolicyAction.ViewBatch);
        Kinds = SeesFiles ? FileKinds.For(visit, Organisation) : [];
        Latest = SeesFiles ? await batches.ListAsync(Organisation.Id, LatestShown, visit.Access(), ct: ct) : [];
        Tasks = [.. TasksOf()];
    }

    private IEnumerable<(string Name, string Address)> TasksOf()
    {
        foreach (var kind in Kinds)
        {
            yield return ($"{kind}", $"/organisation/files/upload?kind={kind.Word()}");
        }

        if (Policy.MayTry(visit.Roles, PolicyAction.FindLearner))
        {
            yield return ("Find", "/organisation/learners/find");
        }
    }
}
