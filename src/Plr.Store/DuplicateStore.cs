using Plr.Core;
using Plr.Core.Audit;
using Plr.Core.Duplicates;
using Plr.Core.Learners;
using Plr.Core.Responses;

namespace Plr.Store;

/// <summary>The work list of possible duplicates in the database. Proposals are <see cref="LinkCases"/>, carrying one out is <see cref="LearnerLinkRun"/>.</summary>
public sealed class DuplicateStore(Engine engine, AuditTrail trail, TimeProvider time) : IDuplicateStore
{
    private readonly LinkCases _cases = new(trail);

    public Task<DuplicatesCounted> AddAsync(IReadOnlyList<WeighedPair> pairs, Access access, CancellationToken ct = default) =>
        engine.WriteAsync(session => DuplicateRows.AddAsync(session, pairs, Now()), ct);

    public Task<(ResponseCode Code, Guid? Id)> AddByHandAsync(Uln one, Uln other, Func<Learner, Learner, double> weigh, Access access, CancellationToken ct = default) =>
        engine.WriteAsync<(ResponseCode, Guid?)>(
            async session =>
            {
                if (await session.FindAsync(one) is not { Status: LearnerStatus.Active } left || await session.FindAsync(other) is not { Status: LearnerStatus.Active } right)
                {
                    // Asking for numbers to see whose they are leaves a trace as well.
                    var chain = await AuditTrail.ChainOfAsync(session, access);
                    await trail.AppendAsync(session, access, [new AuditNote(chain, AuditAction.SearchedWithoutMatch, Details: AuditTrail.Details(access, $"{one} {other}"))]);
                    return (ResponseCodes.UlnNotFound, null);
                }

                if (left.Uln == right.Uln)
                {
                    return (ResponseCodes.SamePersonAlready, null);
                }

                var id = await DuplicateRows.OpenAsync(session, new(left.Uln, right.Uln, weigh(left, right)), Now());
                await NoteAsync(session, access, AuditAction.LearnerMatched, left.Uln, right.Uln);
                return (ResponseCodes.PossibleDuplicateAdded, id);
            },
            ct);

    public Task<IReadOnlyList<PossibleDuplicate>> ListAsync(DuplicateState state, DuplicatesPlace? after, int take, Access access, CancellationToken ct = default) =>
        engine.ReadAsync(session => DuplicateRows.ListAsync(session, state, after, take), ct);

    public Task<int> CountAsync(DuplicateState state, Access access, CancellationToken ct = default) => engine.ReadAsync(
        session => session.SingleOrDefaultAsync<int>("SELECT count(*) FROM possible_duplicate WHERE state = @state", new { state = (int)state }), ct);

    public Task<ReviewedPair?> ReviewAsync(Guid pair, Access access, CancellationToken ct = default) => engine.WriteAsync(
        async session =>
        {
            if (await DuplicateRows.GetAsync(session, pair) is not { } found
                || await session.FindAsync(found.Low) is not { Status: LearnerStatus.Active } low
                || await session.FindAsync(found.High) is not { Status: LearnerStatus.Active } high)
            {
                return null;
            }

            var reviewed = new ReviewedPair(found, await session.UnderReviewAsync(low), await session.UnderReviewAsync(high), await LinkCases.WaitingAsync(session, low.Uln, high.Uln));
            await NoteAsync(session, access, AuditAction.LearnerShown, low.Uln, high.Uln);
            return reviewed;
        },
        ct);

    public Task<ResponseCode> TellApartAsync(Guid pair, Access access, CancellationToken ct = default) => engine.WriteAsync(
        async session =>
        {
            if (await DuplicateRows.GetAsync(session, pair, forUpdate: true) is not { } found)
            {
                return ResponseCodes.UnknownDuplicate;
            }

            if (found.State != DuplicateState.Open)
            {
                return ResponseCodes.PairNotOpen;
            }

            await DuplicateRows.MoveAsync(session, pair, DuplicateState.NotSamePerson);
            await NoteAsync(session, access, AuditAction.ToldApart, found.Low, found.High);
            return ResponseCodes.ToldApart;
        },
        ct);

    public Task<(ResponseCode Code, Guid? Case)> ProposeLinkAsync(ProposeLink.Request request, Access access, CancellationToken ct = default) =>
        engine.WriteAsync(session => _cases.ProposeAsync(session, request, access, Now()), ct);

    public Task<(ResponseCode Code, Guid? Case)> ProposeUnlinkAsync(ProposeUnlink.Request request, Access access, CancellationToken ct = default) =>
        engine.WriteAsync(session => _cases.ProposeAsync(session, request, access, Now()), ct);

    public Task<ResponseCode> ApproveAsync(Guid id, Access access, CancellationToken ct = default) =>
        engine.WriteAsync(session => _cases.ApproveAsync(session, id, access, Now()), ct);

    public Task<ResponseCode> EndAsync(Guid id, LinkState end, string? answer, Access access, CancellationToken ct = default) =>
        engine.WriteAsync(session => _cases.EndAsync(session, id, end, answer, access, Now()), ct);

    public Task<IReadOnlyList<LinkCase>> CasesAsync(LinkState state, int take, Access access, CancellationToken ct = default) =>
        engine.ReadAsync(session => LinkCases.ListAsync(session, state, take), ct);

    public Task<ReviewedCase?> ReviewCaseAsync(Guid id, Access access, CancellationToken ct = default) => engine.WriteAsync(
        async session =>
        {
            if (await LinkCases.GetAsync(session, id) is not { } found)
            {
                return null;
            }

            var rows = await session.LearnersAsync(session.AnyOf("uln", "ulns"), new { ulns = session.Keys([found.Other.Value, found.Master.Value]) });
            if (rows.Count != 2)
            {
                return null;
            }

            var (other, master) = rows[0].Uln == found.Other ? (rows[0], rows[1]) : (rows[1], rows[0]);
            var reviewed = new ReviewedCase(found, await session.UnderReviewAsync(other), await session.UnderReviewAsync(master));
            await NoteAsync(session, access, AuditAction.LearnerShown, other.Uln, master.Uln);
            return reviewed;
        },
        ct);

    public Task<LinkedLearners?> LinkedAsync(Uln uln, Access access, CancellationToken ct = default) => engine.WriteAsync(
        async session =>
        {
            if (await session.FindAsync(uln) is not { Status: LearnerStatus.Active } master)
            {
                var chain = await AuditTrail.ChainOfAsync(session, access);
                await trail.AppendAsync(session, access, [new AuditNote(chain, AuditAction.SearchedWithoutMatch, Details: AuditTrail.Details(access, uln.ToString()))]);
                return null;
            }

            var ulns = await session.UlnsOfAsync(master.Uln);
            var linked = await session.LearnersAsync(session.AnyOf("uln", "ulns"), new { ulns = session.Keys(ulns.Skip(1).Select(one => one.Value)) });
            await NoteAsync(session, access, AuditAction.LearnerShown, [.. ulns]);
            return new LinkedLearners(uln, master, linked);
        },
        ct);

    private Task NoteAsync(Session session, Access access, AuditAction action, params Uln[] ulns) =>
        trail.AppendAsync(session, access, [.. ulns.Select(uln => new AuditNote(AuditChain.Of(uln), action, Details: AuditTrail.Details(access)))]);

    private DateTimeOffset Now() => StoredForms.Instant(time.GetUtcNow());
}
