using Plr.Core;
using Plr.Core.Audit;
using Plr.Core.Learners;
using Plr.Core.Responses;

namespace Plr.Store;

/// <summary>
/// Verifies ULNs in one transaction, each with its entry in the trail. All who are asked for are read in one round trip; of merged ULNs the masters take another. The heads
/// of the chains are locked afterwards, all at once in their order: a turn of many, with ULNs that nobody has among them, never waits for a search that waits for it.
/// </summary>
internal sealed class VerifyRun(Session session, AuditTrail trail)
{
    private readonly Dictionary<long, UlnHolder> _holders = [];
    private readonly Dictionary<Guid, AuditChain> _organisations = [];
    private readonly List<(AuditNote Note, Access Access)> _notes = [];

    public async Task<IReadOnlyList<Verified?>> RunAsync(IReadOnlyList<(UlnVerification Asked, Access Access)> asks)
    {
        var organisations = asks.Select(ask => ask.Access.Actor.OrganisationId).OfType<Guid>().Distinct().ToList();
        long[] next = [.. asks.Select(ask => ask.Asked.Uln.Value).Distinct()];
        var read = new HashSet<long>();
        for (var followed = 0; followed <= LearnerReads.MostMasters && next.Length > 0; followed++)
        {
            read.UnionWith(next);
            await ReadAsync(next, organisations);
            organisations = [];
            next = [.. _holders.Values.Select(holder => holder.Master?.Value).OfType<long>().Where(uln => !read.Contains(uln)).Distinct()];
        }

        var answers = asks.Select(ask => Answer(ask.Asked, ask.Access)).ToList();
        await trail.AppendAsync(session, _notes);
        return answers;
    }

    private async Task ReadAsync(long[] ulns, List<Guid> organisations)
    {
        await using var reader = await session.ReaderAsync(
            $"{LearnerReads.IdentitiesSql(session)}; SELECT id, number FROM organisation WHERE {session.AnyOf("id", "organisations")}",
            new { ulns = session.Keys(ulns), organisations = session.Keys(organisations) });
        foreach (var holder in await LearnerReads.HoldersAsync(reader))
        {
            _holders.Add(holder.Uln.Value, holder);
        }

        await reader.NextResultAsync();
        while (await reader.ReadAsync())
        {
            _organisations.Add(reader.GetFieldValue<Guid>(0), AuditChain.OfOrganisation(reader.GetInt32(1)));
        }
    }

    private Verified? Answer(UlnVerification asked, Access access)
    {
        var details = AuditTrail.Details(access, asked.Query);
        if (_holders.GetValueOrDefault(asked.Uln.Value) is not { } own || Last(own) is not { } last)
        {
            var chain = access.Actor.OrganisationId is { } id && _organisations.TryGetValue(id, out var theirs) ? theirs : AuditChain.Register;
            _notes.Add((new(chain, AuditAction.SearchedWithoutMatch, Details: details), access));
            return null;
        }

        var verified = asked.Judge(new(own.Identity, last == own ? null : last.Identity));
        var action = verified.Code == ResponseCodes.UlnDoesNotMatch ? AuditAction.UlnNotVerified : AuditAction.UlnVerified;
        _notes.Add((new(AuditChain.Of(last.Uln), action, Details: details), access));
        return verified;
    }

    /// <summary>The active learner to whom one leads; null when there is none.</summary>
    private UlnHolder? Last(UlnHolder own)
    {
        var at = own;
        for (var followed = 0; followed < LearnerReads.MostMasters && at?.Master is { } master; followed++)
        {
            at = _holders.GetValueOrDefault(master.Value);
        }

        return at is { Status: LearnerStatus.Active, Master: null } ? at : null;
    }
}
