using Plr.Core;
using Plr.Core.Audit;
using Plr.Core.Duplicates;
using Plr.Core.Learners;
using Plr.Core.Responses;

namespace Plr.Store;

/// <summary>
/// Carries out one proposal within a transaction that is open, the case's row locked. Both learners' rows are locked in the order of their ULNs, then their
/// chains; whoever registers, updates, uploads or loads waits for one or the other.
/// </summary>
internal sealed class LearnerLinkRun(Session session, AuditTrail trail, Access access, DateTimeOffset at)
{
    public async Task<ResponseCode> RunAsync(LinkCase proposal)
    {
        var rows = await session.LearnersAsync(
            $"{session.AnyOf("uln", "ulns")}", new { ulns = session.Keys([proposal.Other.Value, proposal.Master.Value]) }, forUpdate: true);
        var other = rows.SingleOrDefault(learner => learner.Uln == proposal.Other);
        var master = rows.SingleOrDefault(learner => learner.Uln == proposal.Master);
        if (other is null || master is null || other.Version != proposal.OtherVersion || master.Version != proposal.MasterVersion)
        {
            return ResponseCodes.StaleVersion;
        }

        return proposal.Kind == LinkKind.Link ? await LinkAsync(proposal, other, master) : await UnlinkAsync(proposal, other, master);
    }

    private async Task<ResponseCode> LinkAsync(LinkCase proposal, Learner other, Learner master)
    {
        if (other.Status != LearnerStatus.Active || master.Status != LearnerStatus.Active)
        {
            return ResponseCodes.StaleVersion;
        }

        // Whoever leads to the other is led on, so that a merge here leads to an active learner.
        var led = await session.LearnersAsync("master_uln = @uln", new { uln = other.Uln.Value }, forUpdate: true);
        await WriteAsync(proposal, master, [.. led.Append(other).Select(learner => Next(learner, LearnerStatus.Merged, master.Uln))], AuditAction.LearnerLinked);
        foreach (var learner in led)
        {
            await session.ExecuteAsync("INSERT INTO learner_led_on (link_id, uln) VALUES (@Id, @uln)", new { proposal.Id, uln = learner.Uln.Value });
        }

        // Other pairs of the list that are one person by now.
        var ulns = await session.UlnsOfAsync(master.Uln);
        await session.ExecuteAsync(
            $"""
            UPDATE possible_duplicate SET state = {(int)DuplicateState.Linked}, version = version + 1
            WHERE (id = @pair OR state = {(int)DuplicateState.Open}) AND {session.AnyOf("low_uln", "ulns")} AND {session.AnyOf("high_uln", "ulns")}
            """,
            new { pair = proposal.PairId, ulns = session.Keys(ulns.Select(uln => uln.Value)) });
        return ResponseCodes.LearnersLinked;
    }

    private async Task<ResponseCode> UnlinkAsync(LinkCase proposal, Learner other, Learner master)
    {
        if (other.MasterUln != master.Uln)
        {
            return ResponseCodes.StaleVersion;
        }

        // Those who were led on with the other, when this link was made, go back with it.
        var back = await session.LearnersAsync(
            $"""
            master_uln = @master AND uln IN (SELECT uln FROM learner_led_on WHERE link_id =
                (SELECT id FROM learner_link WHERE other_uln = @other AND kind = {(int)LinkKind.Link} AND state = {(int)LinkState.CarriedOut} ORDER BY decided_at DESC LIMIT 1))
            """,
            new { master = master.Uln.Value, other = other.Uln.Value },
            forUpdate: true);
        List<Learner> next = [Next(other, LearnerStatus.Active, null), .. back.Select(learner => Next(learner, LearnerStatus.Merged, other.Uln))];
        await WriteAsync(proposal, master, next, AuditAction.LearnerUnlinked);

        // They are two persons: a scan that finds them alike passes them over.
        var (low, high) = (Math.Min(other.Uln.Value, master.Uln.Value), Math.Max(other.Uln.Value, master.Uln.Value));
        await session.ExecuteAsync(
            $"""
            INSERT INTO possible_duplicate (id, low_uln, high_uln, weight, found_at, state, version)
            VALUES (@id, @low, @high, 0, @at, {(int)DuplicateState.NotSamePerson}, 1)
            ON CONFLICT (low_uln, high_uln) DO UPDATE SET state = excluded.state, version = possible_duplicate.version + 1
            """,
            new { id = Guid.CreateVersion7(at), low, high, at });
        return ResponseCodes.LearnersUnlinked;
    }

    private async Task WriteAsync(LinkCase proposal, Learner master, List<Learner> changed, AuditAction action)
    {
        var written = await LearnerStore.WriteAsync(session, [.. changed.Select(learner => new LearnerWrite(learner, IsNew: false, null, access) { Action = action })], chunk: null);
        var details = AuditTrail.Details(access, $"{proposal.Other} {proposal.Master}", proposal.Reason);
        await trail.AppendAsync(
            session, access, [.. written.Select(said => said.Note with { Details = details }), new AuditNote(AuditChain.Of(master.Uln), action, Details: details)], at);
    }

    private Learner Next(Learner held, LearnerStatus status, Uln? master) => held with
    {
        Status = status,
        MasterUln = master,
        Version = held.Version + 1,
        LastUpdatedAt = at,
        LastUpdatedVia = access.Channel,
    };
}
