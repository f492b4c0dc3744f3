using System.Buffers.Binary;
using System.Security.Cryptography;
using Plr.Core;
using Plr.Core.Audit;
using Plr.Core.DataChallenges;
using Plr.Core.Responses;

namespace Plr.Store;

/// <summary>Evidence in the database, encrypted.</summary>
public sealed class EvidenceStore(Engine engine, AuditTrail trail, DataChallengeStore challenges, StoreKeys keys, TimeProvider time) : IEvidenceStore
{
    private readonly EvidenceRows _rows = new(keys);

    public Task<ResponseCode> AddDraftAsync(Guid journey, Guid accountId, SentFile file, int most, DateTimeOffset now, CancellationToken ct = default) => engine.WriteAsync(
        async session =>
        {
            // One after the other for one account, so that the number holds.
            await session.LockAsync(LockSpace.DataChallenge, KeyOf(accountId));
            if (await session.SingleOrDefaultAsync<int>("SELECT count(*) FROM journey WHERE id = @journey AND account_id = @accountId AND expires_at > @now", new { journey, accountId, now }) == 0)
            {
                return ResponseCodes.UnknownChallenge;
            }

            var there = await EvidenceRows.OfJourneyAsync(session, journey, accountId);
            if (await _rows.HasAsync(session, there, file))
            {
                return ResponseCodes.EvidenceAdded;
            }

            var drafts = await session.SingleOrDefaultAsync<int>("SELECT count(*) FROM data_challenge_evidence WHERE journey_id IS NOT NULL AND account_id = @accountId", new { accountId });
            if (there.Count >= most || drafts >= most * EvidenceRows.MostJourneys)
            {
                return ResponseCodes.TooMuchEvidence;
            }

            await _rows.AddAsync(session, file, journey, null, accountId, StoredForms.Instant(now));
            return ResponseCodes.EvidenceAdded;
        },
        ct);

    public Task<IReadOnlyList<Evidence>> DraftsAsync(Guid journey, Guid accountId, CancellationToken ct = default) =>
        engine.ReadAsync(session => EvidenceRows.OfJourneyAsync(session, journey, accountId), ct);

    public Task<bool> RemoveDraftAsync(Guid journey, Guid accountId, Guid id, CancellationToken ct = default) => engine.WriteAsync(
        async session =>
        {
            const string mine = "id = @id AND journey_id = @journey AND account_id = @accountId";
            await session.ExecuteAsync($"DELETE FROM data_challenge_evidence_part WHERE evidence_id IN (SELECT id FROM data_challenge_evidence WHERE {mine})", new { id, journey, accountId });
            return await session.ExecuteAsync($"DELETE FROM data_challenge_evidence WHERE {mine}", new { id, journey, accountId }) > 0;
        },
        ct);

    public Task<ChallengeAnswer> AddAsync(Guid challenge, SentFile file, Func<ChallengeInHand, ChallengeMove> decide, Access access, CancellationToken ct = default) => engine.WriteAsync(
        async session =>
        {
            var at = StoredForms.Instant(time.GetUtcNow());
            var answer = await challenges.MoveAsync(session, challenge, decide, access, at);
            if (answer.Challenge is not null)
            {
                await _rows.AddAsync(session, file, null, challenge, access.Actor.AccountId, at);
            }

            return answer;
        },
        ct);

    public Task<EvidenceFile?> ReadAsync(Guid challenge, Guid id, Func<ChallengeInHand, bool> mayShow, Access access, CancellationToken ct = default) => engine.WriteAsync(
        async session =>
        {
            if (await ChallengeRows.TakeAsync(session, challenge, forUpdate: false) is not { } found || !mayShow(found)
                || (await EvidenceRows.OfChallengeAsync(session, challenge)).FirstOrDefault(one => one.Id == id) is not { } evidence)
            {
                return null;
            }

            await trail.AppendAsync(session, access, [new AuditNote(AuditChain.Of(found.Ulns[0]), AuditAction.ChallengeEvidenceShown, Details: AuditTrail.Details(access))]);
            return new EvidenceFile(evidence, await _rows.ContentAsync(session, evidence));
        },
        ct);

    public Task<int> RemoveExpiredAsync(DateTimeOffset now, CancellationToken ct = default) => engine.WriteAsync(
        async session =>
        {
            const string over = "journey_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM journey j WHERE j.id = journey_id AND j.expires_at > @now)";
            await session.ExecuteAsync($"DELETE FROM data_challenge_evidence_part WHERE evidence_id IN (SELECT id FROM data_challenge_evidence WHERE {over})", new { now });
            return await session.ExecuteAsync($"DELETE FROM data_challenge_evidence WHERE {over}", new { now });
        },
        ct);

    // Not negative and within what a lock can be named by.
    private static long KeyOf(Guid id) => BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(id.ToByteArray())) & ((1L << 54) - 1);
}
