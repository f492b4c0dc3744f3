using System.Security.Cryptography;
using System.Text;
using Plr.Core;
using Plr.Core.Audit;
using Plr.Core.Learners;
using Plr.Core.Moves;
using Plr.Core.Responses;

namespace Plr.Store;

/// <summary>One transaction of learners' versions that come from another register: what is held is read for all of them at once, each is decided, all are written in bulk.</summary>
internal sealed class LearnerMove(Session session, AuditTrail trail, Access access)
{
    private readonly Dictionary<long, int> _latest = [];
    private readonly Dictionary<(long Uln, int Version), string> _held = [];
    private readonly HashSet<long> _refused = [];
    private readonly Dictionary<long, long> _masters = [];
    private Dictionary<long, int> _last = [];
    private readonly List<(LearnerVersion Version, string Content, byte[] Salt)> _written = [];

    public async Task<IReadOnlyList<MoveOutcome>> RunAsync(IReadOnlyList<LearnerVersion> rows)
    {
        // Nobody registers the same person, and nobody else writes to these learners, until this is done.
        await session.LockAsync(LockSpace.DateOfBirth, [.. rows.Select(row => (long)row.Learner.Details.DateOfBirth.DayNumber)]);
        var heads = await trail.LockAsync(session, rows.Select(row => AuditChain.Of(row.Learner.Uln)));
        var before = await ReadHeldAsync(rows.Select(row => row.Learner.Uln.Value).Distinct());
        _last = rows.GroupBy(row => row.Learner.Uln.Value).ToDictionary(versions => versions.Key, versions => versions.Max(row => row.Learner.Version));
        await ReadMastersAsync(rows);
        var outcomes = new MoveOutcome[rows.Count];
        foreach (var (index, row) in rows.Index().OrderBy(pair => pair.Item.Learner.Uln).ThenBy(pair => pair.Item.Learner.Version))
        {
            outcomes[index] = Decide(row);
            if (outcomes[index].Findings.Count > 0)
            {
                _refused.Add(row.Learner.Uln.Value);
            }
        }

        await WriteAsync(before);
        await session.MovePastAsync("batch_sequence", _written.Max(made => made.Version.Batch));
        await trail.AppendAsync(session, access, [.. _written.Select(Note)], locked: heads);
        return outcomes;
    }

    private static string Content(LearnerVersion version, string content) => LearnerProvenance.Loaded(content, LearnerProvenance.Of(version));

    private MoveOutcome Decide(LearnerVersion row)
    {
        var (uln, version) = (row.Learner.Uln.Value, row.Learner.Version);
        var content = LearnerContent.Write(row.Learner);
        if (_refused.Contains(uln))
        {
            return MoveOutcome.Refused(ResponseCodes.DetailsIncorrect, "Version", FindingRules.FollowsRefused);
        }

        if (_held.TryGetValue((uln, version), out var held))
        {
            return held == Content(row, content) ? MoveOutcome.AlreadyThere : MoveOutcome.Refused(ResponseCodes.HeldWithOtherValues, "Version", FindingRules.HeldOtherwise);
        }

        if (_latest.TryGetValue(uln, out var latest) && version != latest + 1)
        {
            return MoveOutcome.Refused(ResponseCodes.DetailsIncorrect, "Version", FindingRules.NotTheNextVersion, $"{latest + 1}");
        }

        if (_last[uln] == version && row.Learner.MasterUln is { } master)
        {
            if (LeadsTo(master.Value, uln))
            {
                return MoveOutcome.Refused(ResponseCodes.DetailsIncorrect, "MasterULN", FindingRules.MergedInARound);
            }

            _masters[uln] = master.Value;
        }

        _latest[uln] = version;
        _held[(uln, version)] = Content(row, content);
        _written.Add((row, content, RandomNumberGenerator.GetBytes(AuditForm.SaltLength)));
        return MoveOutcome.Added;
    }

    /// <summary>Reads the versions that are held; gives the learners who have some.</summary>
    private async Task<HashSet<long>> ReadHeldAsync(IEnumerable<long> ulns)
    {
        var before = new HashSet<long>();
        await using var reader = await session.ReaderAsync(
            $"SELECT uln, version, content, recorded_at, recorded_by, channel, batch, batch_row FROM learner_version WHERE {session.AnyOf("uln", "ulns")}",
            new { ulns = session.Keys(ulns) });
        while (await reader.ReadAsync())
        {
            var (uln, version) = (reader.GetInt64(0), reader.GetInt32(1));
            var content = reader.GetString(2);
            before.Add(uln);
            _held[(uln, version)] = LearnerProvenance.Loaded(content, LearnerVersionRows.Provenance(reader, 3));
            _latest[uln] = Math.Max(version, _latest.GetValueOrDefault(uln));
        }

        return before;
    }

    /// <summary>
    /// Reads whom these learners' masters are merged into, and so on. Only the last version of a learner counts; a link that a version of these rows
    /// takes the place of counts no more.
    /// </summary>
    private async Task ReadMastersAsync(IReadOnlyList<LearnerVersion> rows)
    {
        var seen = new HashSet<long>();
        long[] next = [.. rows.Select(row => row.Learner.MasterUln?.Value).OfType<long>().Distinct()];
        while (next.Length > 0)
        {
            seen.UnionWith(next);
            await using (var reader = await session.ReaderAsync(
                $"SELECT uln, master_uln FROM learner WHERE master_uln IS NOT NULL AND {session.AnyOf("uln", "ulns")}", new { ulns = session.Keys(next) }))
            {
                while (await reader.ReadAsync())
                {
                    _masters[reader.GetInt64(0)] = reader.GetInt64(1);
                }
            }

            next = [.. _masters.Values.Where(uln => !seen.Contains(uln)).Distinct()];
        }

        foreach (var (uln, _) in _last.Where(pair => !_held.ContainsKey((pair.Key, pair.Value))))
        {
            _masters.Remove(uln);
        }
    }

    /// <summary>Whether whoever is merged into the one is merged into the other, over however many.</summary>
    private bool LeadsTo(long from, long to)
    {
        var (at, passed) = (from, new HashSet<long>());
        while (at != to && passed.Add(at) && _masters.TryGetValue(at, out var master))
        {
            at = master;
        }

        return at == to;
    }

    private async Task WriteAsync(HashSet<long> before)
    {
        var current = _written.GroupBy(made => made.Version.Learner.Uln.Value).Select(versions => versions.Last().Version.Learner).ToList();
        await session.BulkInsertAsync("learner", LearnerRows.WrittenColumns, current.Where(learner => !before.Contains(learner.Uln.Value)).Select(LearnerRows.Values));
        foreach (var learner in current.Where(learner => before.Contains(learner.Uln.Value)))
        {
            await session.ExecuteAsync(LearnerRows.Update, LearnerRows.Arguments(learner));
        }

        await session.BulkInsertAsync("learner_version", LearnerVersionRows.Columns, _written, (row, made) => LearnerVersionRows.Write(row, made.Version, made.Content, made.Salt));
    }

    private AuditNote Note((LearnerVersion Version, string Content, byte[] Salt) made)
    {
        var learner = made.Version.Learner;
        var hash = AuditForm.SaltedHash(made.Salt, Encoding.UTF8.GetBytes(Content(made.Version, made.Content)));
        return new(AuditChain.Of(learner.Uln), AuditAction.LearnerLoaded, new("learner", learner.Uln.Value, learner.Version, hash), Details: AuditTrail.Details(access));
    }
}
