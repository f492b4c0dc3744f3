using Plr.Core;
using Plr.Core.Audit;
using Plr.Core.Duplicates;
using Plr.Core.Learners;
using Plr.Core.Responses;

namespace Plr.Store;

/// <summary>Reports of ULNs from the database.</summary>
public sealed class UlnReports(Engine engine, AuditTrail trail) : IUlnReports
{
    public Task<IReadOnlyList<RetrievedUln>> RetrieveAsync(IReadOnlyList<Uln> ulns, Access access, CancellationToken ct = default) => engine.WriteAsync<IReadOnlyList<RetrievedUln>>(
        async session =>
        {
            var held = await session.FindAllAsync([.. ulns.Select(uln => uln.Value).Distinct()]);
            Learner? Find(Uln uln) => held.TryGetValue(uln.Value, out var learner) && learner.Status == LearnerStatus.Active ? learner : null;
            var missing = ulns.Where(uln => Find(uln) is null).Distinct().ToList();
            await NoteAsync(session, [.. ulns.Select(Find).OfType<Learner>().Select(learner => learner.Uln)], missing.Count == 0 ? null : string.Join(' ', missing), access);
            return [.. ulns.Select(uln => Line(uln, Find(uln)))];
        },
        ct);

    public Task<(IReadOnlyList<LinkedUlnLine> Merged, IReadOnlyList<LinkedUlnLine> Unmerged)?> LinkedAsync(ReportSpan span, int most, Access access, CancellationToken ct = default) =>
        engine.WriteAsync<(IReadOnlyList<LinkedUlnLine>, IReadOnlyList<LinkedUlnLine>)?>(
            async session =>
            {
                var merged = await PairsAsync(
                    session,
                    $"""
                    SELECT l.uln, l.master_uln, v.recorded_at FROM learner l JOIN learner_version v ON v.uln = l.uln AND v.version = l.version JOIN learner m ON m.uln = l.master_uln
                    WHERE l.status = {(int)LearnerStatus.Merged} AND v.recorded_at >= @from AND v.recorded_at < @before
                    """,
                    "v.recorded_at",
                    span,
                    most,
                    access);
                var unmerged = await PairsAsync(
                    session,
                    $"""
                    SELECT l.uln, m.uln, c.decided_at FROM learner_link c JOIN learner l ON l.uln = c.other_uln JOIN learner m ON m.uln = c.master_uln
                    WHERE c.kind = {(int)LinkKind.Unlink} AND c.state = {(int)LinkState.CarriedOut} AND c.decided_at >= @from AND c.decided_at < @before
                    """,
                    "c.decided_at",
                    span,
                    most,
                    access);
                if (merged.Count + unmerged.Count > most)
                {
                    return null;
                }

                long[] ulns = [.. merged.Concat(unmerged).SelectMany(pair => new[] { pair.Uln, pair.Master }).Distinct()];
                var rows = (await session.LearnersAsync(session.AnyOf("uln", "ulns"), new { ulns = session.Keys(ulns) })).ToDictionary(learner => learner.Uln.Value);

                // A merge that came over several ends at the last of them.
                var masters = await session.FindAllAsync([.. merged.Select(pair => pair.Master).Distinct()]);
                await NoteAsync(session, [.. rows.Values.Concat(masters.Values).Select(learner => learner.Uln)], ulns.Length == 0 ? "merged and unmerged" : null, access);
                return (
                    [.. merged.Select(pair => new LinkedUlnLine(Reported(masters.GetValueOrDefault(pair.Master) ?? rows[pair.Master]), Reported(rows[pair.Uln]), pair.At))],
                    [.. unmerged.Select(pair => new LinkedUlnLine(Reported(rows[pair.Master]), Reported(rows[pair.Uln]), pair.At))]);
            },
            ct);

    public Task<IReadOnlyList<DeletedUln>?> DeletedAsync(ReportSpan span, int most, Access access, CancellationToken ct = default) => engine.WriteAsync<IReadOnlyList<DeletedUln>?>(
        async session =>
        {
            var found = await PairsAsync(
                session,
                $"""
                SELECT l.uln, l.uln, v.recorded_at FROM learner l JOIN learner_version v ON v.uln = l.uln AND v.version = l.version JOIN learner m ON m.uln = l.uln
                WHERE l.status = {(int)LearnerStatus.Inactive} AND v.recorded_at >= @from AND v.recorded_at < @before
                """,
                "v.recorded_at",
                span,
                most,
                access);
            if (found.Count > most)
            {
                return null;
            }

            await NoteAsync(session, [.. found.Select(pair => Uln.FromValue(pair.Uln))], found.Count == 0 ? "deleted" : null, access);
            return [.. found.Select(pair => new DeletedUln(Uln.FromValue(pair.Uln), pair.At))];
        },
        ct);

    /// <summary>Learners with their masters and when, oldest first; of an organisation, those of whom it registered one.</summary>
    private static async Task<List<(long Uln, long Master, DateTimeOffset At)>> PairsAsync(Session session, string sql, string at, ReportSpan span, int most, Access access)
    {
        var whose = access.Actor.OrganisationId is null ? "" : "AND (l.registered_by = @organisation OR m.registered_by = @organisation)";
        await using var reader = await session.ReaderAsync(
            $"{sql} {whose} ORDER BY {at}, l.uln LIMIT @take", new { from = span.From, before = span.Before, organisation = access.Actor.OrganisationId, take = most + 1 });
        var found = new List<(long, long, DateTimeOffset)>();
        while (await reader.ReadAsync())
        {
            found.Add((reader.GetInt64(0), reader.GetInt64(1), reader.GetFieldValue<DateTimeOffset>(2)));
        }

        return found;
    }

    private static RetrievedUln Line(Uln uln, Learner? learner) => learner is null
        ? new(uln, null, ResponseCodes.NoMatch, null, null, null, null)
        : new(
            uln,
            learner.Uln == uln ? null : learner.Uln,
            learner.Uln == uln ? ResponseCodes.ExactMatch : ResponseCodes.MasterSubstituted,
            learner.Details.FamilyName,
            learner.Details.GivenName,
            learner.Details.DateOfBirth,
            learner.Details.Gender);

    private static ReportedUln Reported(Learner learner) => new(learner.Uln, learner.Details.FamilyName, learner.Details.GivenName, learner.Details.DateOfBirth);

    /// <summary>An entry for everybody who is shown, and one for what showed nobody.</summary>
    private async Task NoteAsync(Session session, IReadOnlyList<Uln> shown, string? withoutMatch, Access access)
    {
        List<AuditNote> notes = [.. shown.Distinct().Select(uln => new AuditNote(AuditChain.Of(uln), AuditAction.LearnerShown, Details: AuditTrail.Details(access)))];
        if (withoutMatch is not null)
        {
            notes.Add(new(await AuditTrail.ChainOfAsync(session, access), AuditAction.SearchedWithoutMatch, Details: AuditTrail.Details(access, withoutMatch)));
        }

        await trail.AppendAsync(session, access, notes);
    }
}
