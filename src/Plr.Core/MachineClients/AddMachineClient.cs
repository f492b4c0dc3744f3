using Plr.Core.Accounts;
using Plr.Core.Organisations;
using Plr.Core.Responses;
using Plr.Core.Text;

namespace Plr.Core.MachineClients;

/// <summary>Adds an organisation's machine client. It has no key yet, so nothing can sign in with it.</summary>
public sealed class AddMachineClient(IMachineClientStore clients, IOrganisationStore organisations, TimeProvider time)
{
    private const int LongestName = 100;

    /// <summary>What was typed.</summary>
    /// <param name="Name">Up to 100 characters; learners see it in their trail.</param>
    /// <param name="Organisation">UKPRN, organisation reference or recognition number.</param>
    /// <param name="Roles">Names of <see cref="Core.Roles"/> that an organisation's account may have, in any case.</param>
    public sealed record Request(string? Name, string? Organisation, IReadOnlyList<string> Roles);

    /// <summary>What the register answers.</summary>
    /// <param name="Code">MachineClientAdded, DetailsIncorrect, or why not.</param>
    /// <param name="Client">What was added.</param>
    /// <param name="Findings">What is wrong, field by field.</param>
    public sealed record Answer(ResponseCode Code, MachineClient? Client, IReadOnlyList<Finding> Findings);

    /// <summary>Adds.</summary>
    public async Task<Answer> RunAsync(Request request, Access access, CancellationToken ct = default)
    {
        if (Policy.Allow(access, PolicyAction.ManageAccounts, Subject.None) is { IsAllowed: false } decision)
        {
            return new(decision.Refusal!, null, []);
        }

        var typed = new TypedText();
        var name = typed.Needed("Name", request.Name, LongestName);
        var roles = AccountRules.ReadRoles(typed, request.Roles);
        var code = request.Organisation?.Trim() ?? "";
        var organisation = code.Length == 0 || !WireText.IsStorable(code) ? null : await organisations.FindAsync(code, ct);
        if (organisation is not { Status: OrganisationStatus.Active })
        {
            typed.Refuse("Organisation", FindingRules.NotOnRegister);
        }
        else
        {
            AccountRules.CheckFit(typed, roles, organisation);
        }

        if (typed.Findings.Count > 0)
        {
            return new(ResponseCodes.DetailsIncorrect, null, typed.Findings);
        }

        var client = new MachineClient
        {
            Id = Guid.CreateVersion7(),
            Name = name,
            OrganisationId = organisation!.Id,
            Roles = roles,
            Status = MachineClientStatus.Active,
            CreatedAt = time.GetUtcNow(),
        };
        await clients.AddAsync(client, access, ct);
        return new(ResponseCodes.MachineClientAdded, client, []);
    }
}
