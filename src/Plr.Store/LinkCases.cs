using System.Data.Common;
using Plr.Core;
using Plr.Core.Audit;
using Plr.Core.Duplicates;
using Plr.Core.Learners;
using Plr.Core.Responses;

namespace Plr.Store;

/// <summary>Proposals to link and unlink, within a transaction that is open: the table learner_link.</summary>
internal sealed class LinkCases(AuditTrail trail)
{
    private const string Select = """
        SELECT c.id, c.kind, c.other_uln, c.other_version, c.master_uln, c.master_version, c.state, c.reason, c.proposed_at, c.proposed_by,
               c.pair_id, p.name, c.decided_at, d.name, c.answer
        FROM learner_link c LEFT JOIN account p ON p.id = c.proposed_by LEFT JOIN account d ON d.id = c.decided_by
        """;

    public async Task<(ResponseCode Code, Guid? Case)> ProposeAsync(Session session, ProposeLink.Request request, Access access, DateTimeOffset at)
    {
        if (await DuplicateRows.GetAsync(session, request.Pair, forUpdate: true) is not { } pair)
        {
            return (ResponseCodes.UnknownDuplicate, null);
        }

        if (pair.State != DuplicateState.Open)
        {
            return (pair.State == DuplicateState.Proposed ? ResponseCodes.LinkWaits : ResponseCodes.PairNotOpen, null);
        }

        if (await session.FindAsync(pair.Low) is not { Status: LearnerStatus.Active } low || await session.FindAsync(pair.High) is not { Status: LearnerStatus.Active } high)
        {
            return (ResponseCodes.UnknownDuplicate, null);
        }

        if (low.Uln == high.Uln)
        {
            return (ResponseCodes.SamePersonAlready, null);
        }

        if (low.Uln != request.Master && high.Uln != request.Master)
        {
            return (ResponseCodes.StaleVersion, null);
        }

        var (master, other) = low.Uln == request.Master ? (low, high) : (high, low);
        if (master.Version != request.MasterVersion || other.Version != request.OtherVersion)
        {
            return (ResponseCodes.StaleVersion, null);
        }

        var made = await AddAsync(session, LinkKind.Link, pair.Id, other, master, request.Reason!, access, at);
        if (made.Case is not null)
        {
            await DuplicateRows.MoveAsync(session, pair.Id, DuplicateState.Proposed);
        }

        return made;
    }

    public async Task<(ResponseCode Code, Guid? Case)> ProposeAsync(Session session, ProposeUnlink.Request request, Access access, DateTimeOffset at)
    {
        if ((await session.LearnersAsync("uln = @uln", new { uln = request.Other.Value })).SingleOrDefault() is not { } other)
        {
            return (ResponseCodes.UlnNotFound, null);
        }

        if (other.MasterUln is not { } its || (await session.LearnersAsync("uln = @uln", new { uln = its.Value })).SingleOrDefault() is not { } master)
        {
            return (ResponseCodes.NotLinked, null);
        }

        return master.Version != request.MasterVersion || other.Version != request.OtherVersion
            ? (ResponseCodes.StaleVersion, null)
            : await AddAsync(session, LinkKind.Unlink, null, other, master, request.Reason!, access, at);
    }

    public async Task<ResponseCode> ApproveAsync(Session session, Guid id, Access access, DateTimeOffset at)
    {
        var (proposal, refusal) = await WaitingAsync(session, id);
        if (proposal is null || proposal.ProposedBy == access.Actor.AccountId)
        {
            return refusal ?? ResponseCodes.OwnProposal;
        }

        var code = await new LearnerLinkRun(session, trail, access, at).RunAsync(proposal);
        if (code.Http < 400)
        {
            await DecideAsync(session, id, LinkState.CarriedOut, null, access, at);
        }

        return code;
    }

    public async Task<ResponseCode> EndAsync(Session session, Guid id, LinkState end, string? answer, Access access, DateTimeOffset at)
    {
        var (proposal, refusal) = await WaitingAsync(session, id);
        if (proposal is null)
        {
            return refusal!;
        }

        var isOwn = proposal.ProposedBy == access.Actor.AccountId;
        if (isOwn != (end == LinkState.Withdrawn))
        {
            return isOwn ? ResponseCodes.OwnProposal : ResponseCodes.NotOwnProposal;
        }

        await DecideAsync(session, id, end, answer, access, at);
        await DuplicateRows.MoveAsync(session, proposal.PairId, DuplicateState.Open, DuplicateState.Proposed);
        var action = (proposal.Kind, end) switch
        {
            (LinkKind.Link, LinkState.Refused) => AuditAction.LinkRefused,
            (LinkKind.Link, _) => AuditAction.LinkWithdrawn,
            (_, LinkState.Refused) => AuditAction.UnlinkRefused,
            _ => AuditAction.UnlinkWithdrawn,
        };
        await NoteAsync(session, action, proposal.Other, proposal.Master, answer, access);
        return end == LinkState.Refused ? ResponseCodes.LinkRefused : ResponseCodes.LinkWithdrawn;
    }

    public static async Task<IReadOnlyList<LinkCase>> ListAsync(Session session, LinkState state, int take)
    {
        await using var reader = await session.ReaderAsync($"{Select} WHERE c.state = @state ORDER BY c.proposed_at, c.id LIMIT @take", new { state = (int)state, take });
        return await ReadAsync(reader);
    }

    public static async Task<LinkCase?> GetAsync(Session session, Guid id)
    {
        await using var reader = await session.ReaderAsync($"{Select} WHERE c.id = @id", new { id });
        return (await ReadAsync(reader)).SingleOrDefault();
    }

    /// <summary>The proposal about two learners that waits, if one does.</summary>
    public static async Task<LinkCase?> WaitingAsync(Session session, Uln one, Uln other)
    {
        await using var reader = await session.ReaderAsync(
            $"{Select} WHERE c.state = 1 AND ((c.other_uln = @one AND c.master_uln = @other) OR (c.other_uln = @other AND c.master_uln = @one))", new { one = one.Value, other = other.Value });
        return (await ReadAsync(reader)).FirstOrDefault();
    }

    /// <summary>A proposal that waits, its row locked until the transaction ends; else why not.</summary>
    private static async Task<(LinkCase? Case, ResponseCode? Refusal)> WaitingAsync(Session session, Guid id)
    {
        if (session.Engine.Kind == EngineKind.Postgres)
        {
            await session.ExecuteAsync("SELECT 1 FROM learner_link WHERE id = @id FOR UPDATE", new { id });
        }

        return await GetAsync(session, id) switch
        {
            null => (null, ResponseCodes.UnknownLink),
            { State: LinkState.Proposed } waiting => (waiting, null),
            _ => (null, ResponseCodes.LinkDecided),
        };
    }

    private async Task<(ResponseCode Code, Guid? Case)> AddAsync(
        Session session, LinkKind kind, Guid? pair, Learner other, Learner master, string reason, Access access, DateTimeOffset at)
    {
        var proposer = access.Actor.AccountId ?? throw new InvalidOperationException("Only somebody with an account proposes: another must be told from them.");
        var id = Guid.CreateVersion7(at);
        var added = await session.ExecuteAsync(
            """
            INSERT INTO learner_link (id, kind, pair_id, other_uln, other_version, master_uln, master_version, state, reason, proposed_at, proposed_by)
            VALUES (@id, @kind, @pair, @other, @otherVersion, @master, @masterVersion, 1, @reason, @at, @proposer)
            ON CONFLICT (other_uln) WHERE state = 1 DO NOTHING
            """,
            new
            {
                id,
                kind = (int)kind,
                pair,
                other = other.Uln.Value,
                otherVersion = other.Version,
                master = master.Uln.Value,
                masterVersion = master.Version,
                reason,
                at,
                proposer,
            });
        if (added == 0)
        {
            return (ResponseCodes.LinkWaits, null);
        }

        await NoteAsync(session, kind == LinkKind.Link ? AuditAction.LinkProposed : AuditAction.UnlinkProposed, other.Uln, master.Uln, reason, access);
        return (kind == LinkKind.Link ? ResponseCodes.LinkProposed : ResponseCodes.UnlinkProposed, id);
    }

    private static Task<int> DecideAsync(Session session, Guid id, LinkState to, string? answer, Access access, DateTimeOffset at) => session.ExecuteAsync(
        "UPDATE learner_link SET state = @to, answer = @answer, decided_at = @at, decided_by = @by WHERE id = @id", new { id, to = (int)to, answer, at, by = access.Actor.AccountId });

    private Task NoteAsync(Session session, AuditAction action, Uln other, Uln master, string? reason, Access access)
    {
        var details = AuditTrail.Details(access, $"{other} {master}", reason);
        return trail.AppendAsync(session, access, [new AuditNote(AuditChain.Of(other), action, Details: details), new AuditNote(AuditChain.Of(master), action, Details: details)]);
    }

    private static async Task<List<LinkCase>> ReadAsync(DbDataReader row)
    {
        var found = new List<LinkCase>();
        while (await row.ReadAsync())
        {
            string? Text(int column) => row.IsDBNull(column) ? null : row.GetString(column);
            found.Add(new(
                row.GetFieldValue<Guid>(0), (LinkKind)row.GetInt32(1), Uln.FromValue(row.GetInt64(2)), row.GetInt32(3), Uln.FromValue(row.GetInt64(4)), row.GetInt32(5),
                (LinkState)row.GetInt32(6), row.GetString(7), row.GetFieldValue<DateTimeOffset>(8), row.GetFieldValue<Guid>(9))
            {
                PairId = row.IsDBNull(10) ? null : row.GetFieldValue<Guid>(10),
                Proposer = Text(11),
                DecidedAt = row.IsDBNull(12) ? null : row.GetFieldValue<DateTimeOffset>(12),
                Decider = Text(13),
                Answer = Text(14),
            });
        }

        return found;
    }
}
