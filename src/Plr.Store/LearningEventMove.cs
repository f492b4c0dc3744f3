using System.Security.Cryptography;
using Plr.Core;
using Plr.Core.Audit;
using Plr.Core.LearningEvents;
using Plr.Core.Moves;
using Plr.Core.Responses;

namespace Plr.Store;

/// <summary>One transaction of learning events' versions that come from another register: what is held is read for all of them at once, each is decided, all are written in bulk.</summary>
internal sealed class LearningEventMove(Session session, AuditTrail trail, Access access)
{
    private readonly Dictionary<(long Uln, int Id), List<LearningEventVersion>> _held = [];
    private readonly Dictionary<Achievement, int> _achievements = [];
    private readonly Dictionary<int, long> _owners = [];
    private readonly HashSet<(long Uln, int Id)> _refused = [];
    private readonly List<(MovedLearningEvent Moved, byte[] Salt)> _written = [];
    private HashSet<long> _learners = [];

    public async Task<IReadOnlyList<MoveOutcome>> RunAsync(IReadOnlyList<MovedLearningEvent> rows)
    {
        await ReadLearnersAsync(rows.Select(row => row.Uln.Value).Distinct());

        // Nobody else adds to these learners' events until this is done: their chains' heads are the lock, taken before the events are read.
        var known = rows.Where(row => _learners.Contains(row.Uln.Value)).ToList();
        var heads = await trail.LockAsync(session, known.Select(row => AuditChain.Of(row.Uln)));

        // Before the numbers are looked for, so that none that is given here is issued meanwhile.
        await session.MovePastAsync("learning_event_sequence", known.Max(row => (int?)row.Version.Id));
        await session.MovePastAsync("batch_sequence", known.Max(row => row.Version.Provenance.Batch));
        await ReadHeldAsync();
        await ReadOwnersAsync(rows);
        var outcomes = new MoveOutcome[rows.Count];
        foreach (var (index, row) in rows.Index().OrderBy(pair => pair.Item.Uln).ThenBy(pair => pair.Item.Version.Id).ThenBy(pair => pair.Item.Version.Version))
        {
            outcomes[index] = Decide(row);
            if (outcomes[index].Findings.Count > 0)
            {
                _refused.Add((row.Uln.Value, row.Version.Id));
            }
        }

        await session.BulkInsertAsync(
            "learning_event", LearningEventRows.WrittenColumns, _written, (row, made) => LearningEventRows.Write(row, made.Moved.Uln.Value, made.Moved.Version, made.Salt));
        await trail.AppendAsync(session, access, [.. _written.Select(Note)], locked: heads);
        await AwardingYears.KeepAsync(session, _written.Select(made => made.Moved.Version));
        return outcomes;
    }

    private MoveOutcome Decide(MovedLearningEvent row)
    {
        var (uln, version) = (row.Uln.Value, row.Version);
        if (!_learners.Contains(uln))
        {
            return MoveOutcome.Refused(ResponseCodes.UlnNotOnRegister, "ULN", FindingRules.NotOnRegister);
        }

        if (_refused.Contains((uln, version.Id)))
        {
            return MoveOutcome.Refused(ResponseCodes.DetailsIncorrect, "Version", FindingRules.FollowsRefused);
        }

        var held = _held.GetValueOrDefault((uln, version.Id)) ?? [];
        if (version.Version <= held.Count)
        {
            return held[version.Version - 1] == version
                ? MoveOutcome.AlreadyThere
                : MoveOutcome.Refused(ResponseCodes.HeldWithOtherValues, "Version", FindingRules.HeldOtherwise);
        }

        return Against(row, held.Count + 1) ?? Add(row, held);
    }

    /// <summary>What stands against a version that is not held.</summary>
    private MoveOutcome? Against(MovedLearningEvent row, int next)
    {
        if (row.Version.Version != next)
        {
            return MoveOutcome.Refused(ResponseCodes.DetailsIncorrect, "Version", FindingRules.NotTheNextVersion, $"{next}");
        }

        if (_owners.TryGetValue(row.Version.Id, out var owner) && owner != row.Uln.Value)
        {
            return MoveOutcome.Refused(ResponseCodes.HeldWithOtherValues, "ID", FindingRules.IdIsAnothers);
        }

        return AchievementOf(row.Uln.Value, row.Version) is { } achievement && _achievements.TryGetValue(achievement, out var id) && id != row.Version.Id
            ? MoveOutcome.Refused(ResponseCodes.HeldWithOtherValues, "ID", FindingRules.AchievementHeldAs, $"{id}")
            : null;
    }

    private MoveOutcome Add(MovedLearningEvent row, List<LearningEventVersion> held)
    {
        held.Add(row.Version);
        Keep(row.Uln.Value, row.Version, held);
        _owners[row.Version.Id] = row.Uln.Value;
        _written.Add((row, RandomNumberGenerator.GetBytes(AuditForm.SaltLength)));
        return MoveOutcome.Added;
    }

    private void Keep(long uln, LearningEventVersion version, List<LearningEventVersion> versions)
    {
        _held[(uln, version.Id)] = versions;
        if (AchievementOf(uln, version) is { } achievement)
        {
            _achievements[achievement] = version.Id;
        }
    }

    private async Task ReadLearnersAsync(IEnumerable<long> ulns) =>
        _learners = [.. await session.QueryAsync<long>($"SELECT uln FROM learner WHERE {session.AnyOf("uln", "ulns")}", new { ulns = session.Keys(ulns) })];

    private async Task ReadHeldAsync()
    {
        await using var reader = await session.ReaderAsync(
            $"SELECT * FROM ({session.Each(LearningEventRows.ColumnList, "learning_event", "uln", "ulns", "1 = 1")}) AS held ORDER BY uln, id, version",
            new { ulns = session.Keys(_learners) });
        while (await reader.ReadAsync())
        {
            var (uln, version) = LearningEventRows.Read(reader);
            var versions = _held.GetValueOrDefault((uln, version.Id)) ?? [];
            versions.Add(version);
            Keep(uln, version, versions);
        }
    }

    /// <summary>Whose the numbers are that these learners do not have.</summary>
    private async Task ReadOwnersAsync(IReadOnlyList<MovedLearningEvent> rows)
    {
        var ids = rows.Where(row => !_held.ContainsKey((row.Uln.Value, row.Version.Id))).Select(row => (long)row.Version.Id).Distinct();
        await using var reader = await session.ReaderAsync(
            session.Each("id, uln", "learning_event", "id", "ids", "version = 1"), new { ids = session.Keys(ids) });
        while (await reader.ReadAsync())
        {
            _owners[reader.GetInt32(0)] = reader.GetInt64(1);
        }
    }

    /// <summary>One achievement is one organisation, ULN, number and award date (the index learning_event_one_achievement); without them nothing is said.</summary>
    private static Achievement? AchievementOf(long uln, LearningEventVersion version) =>
        version is { Version: 1, Facts: { Source: EventSource.AO, AchievementAwardDate: { } awarded }, Provenance.OrganisationId: { } organisation }
            ? new(uln, organisation, awarded, version.Facts.SubjectCode)
            : null;

    private AuditNote Note((MovedLearningEvent Moved, byte[] Salt) made)
    {
        var version = made.Moved.Version;
        var hash = AuditForm.SaltedHash(made.Salt, LearningEventContent.Write(version).Bytes);
        return new(AuditChain.Of(made.Moved.Uln), AuditAction.EventLoaded, new("learning_event", version.Id, version.Version, hash), Details: AuditTrail.Details(access));
    }

    private readonly record struct Achievement(long Uln, Guid Organisation, DateOnly Awarded, string Number);
}
