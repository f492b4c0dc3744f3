using Plr.Core;
using Plr.Core.Audit;
using Plr.Core.Moves;
using Plr.Core.Organisations;
using Plr.Core.Responses;

namespace Plr.Store;

/// <summary>One transaction of organisations that come from another register. One that has any of the numbers is that organisation, and stays as it is.</summary>
internal sealed class OrganisationMove(Session session, AuditTrail trail, Access access)
{
    private readonly Dictionary<string, Organisation> _held = new(StringComparer.OrdinalIgnoreCase);

    public async Task<IReadOnlyList<MoveOutcome>> RunAsync(IReadOnlyList<Organisation> rows)
    {
        await OrganisationStore.LockListAsync(session);
        foreach (var held in await OrganisationRows.AllAsync(session))
        {
            Keep(held);
        }

        var numbers = new Queue<long>(await session.NextAsync("organisation_sequence", rows.Count(row => Named(row).Count == 0)));
        var added = new List<Organisation>();
        var outcomes = rows.Select(row => Decide(row, numbers, added)).ToList();
        await session.BulkInsertAsync("organisation", OrganisationRows.WrittenColumns, added.Select(OrganisationRows.Values));
        await trail.AppendAsync(
            session, access, [.. added.Select(row => new AuditNote(AuditChain.OfOrganisation(row.Number), AuditAction.OrganisationAdded, Details: AuditTrail.Details(access)))]);
        return outcomes;
    }

    private MoveOutcome Decide(Organisation row, Queue<long> numbers, List<Organisation> added)
    {
        switch (Named(row))
        {
            case []:
                var fresh = row with { Number = (int)numbers.Dequeue() };
                added.Add(fresh);
                Keep(fresh);
                return MoveOutcome.Added;
            case [var held] when held == row with { Id = held.Id, Number = held.Number }:
                return MoveOutcome.AlreadyThere;
            case [_]:
                return MoveOutcome.Refused(ResponseCodes.DetailsIncorrect, "Name", FindingRules.HeldOtherwise);
            default:
                return MoveOutcome.Refused(ResponseCodes.DetailsIncorrect, "UKPRN", FindingRules.TakenByOrganisation);
        }
    }

    private List<Organisation> Named(Organisation row) =>
        [.. OrganisationRows.NumbersOf(row).Select(number => _held.GetValueOrDefault(number)).OfType<Organisation>().DistinctBy(found => found.Id)];

    private void Keep(Organisation organisation)
    {
        foreach (var number in OrganisationRows.NumbersOf(organisation))
        {
            _held[number] = organisation;
        }
    }
}
