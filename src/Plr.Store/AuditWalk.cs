using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Plr.Core.Audit;

namespace Plr.Store;

/// <summary>
/// Walks every chain of the trail in one snapshot: numbers without a gap, each entry naming the hash of the one before, its chain's
/// pseudonym and its details' hash, the head equal to the last entry and sealed; then every version of every learner and event against the
/// hash that its write's entry names, and every learner against their chain.
/// </summary>
internal sealed class AuditWalk(Engine engine, StoreKeys keys)
{
    private const int ProgressEvery = 10_000;
    private const int MostFaults = 1_000;
    private readonly List<AuditFault> _faults = [];
    private readonly Dictionary<(string Table, long Chain, long Id, int Version), byte[]> _named = [];
    private long _entries;
    private long _versions;

    public async Task<AuditVerdict> RunAsync(IProgress<long>? progress, CancellationToken ct)
    {
        using var form = new AuditForm(keys.Audit);
        return await engine.ReadAsync(
            async session =>
            {
                var heads = (await session.QueryAsync<HeadRow>("SELECT chain, sequence, hash, seal FROM audit_chain")).ToDictionary(head => head.Chain);
                foreach (var head in heads.Values.Where(head => !form.Seal(new(head.Chain), head.Sequence, head.Hash).AsSpan().SequenceEqual(head.Seal)))
                {
                    Fault(head.Chain, head.Sequence, "head-forged", "the chain's head was not sealed by this register");
                }

                await WalkEntriesAsync(session, form, heads, progress, ct);
                await WalkLearnersAsync(session, heads, ct);
                await WalkEventsAsync(session, ct);
                foreach (var missing in _named.Keys)
                {
                    Fault(missing.Chain, 0, "version-removed", $"version {missing.Version} of {missing.Table} {missing.Id} is in the trail but not on the record");
                }

                return new AuditVerdict(heads.Count, _entries, _versions, _faults);
            },
            ct);
    }

    private async Task WalkEntriesAsync(Session session, AuditForm form, Dictionary<long, HeadRow> heads, IProgress<long>? progress, CancellationToken ct)
    {
        await using var reader = await session.ReaderAsync(
            """
            SELECT e.chain, e.sequence, e.entry, d.salt, d.details
            FROM audit_entry e LEFT JOIN audit_detail d ON d.chain = e.chain AND d.sequence = e.sequence ORDER BY e.chain, e.sequence
            """);
        var walked = new HashSet<long>();
        long? chain = null;
        var (sequence, hash) = (0, new byte[AuditForm.HashLength]);
        while (await reader.ReadAsync(ct))
        {
            if (chain != reader.GetInt64(0))
            {
                Close(chain, sequence, hash, heads);
                chain = reader.GetInt64(0);
                walked.Add(chain.Value);
                (sequence, hash) = (0, new byte[AuditForm.HashLength]);
            }

            var entry = reader.GetString(2);
            CheckEntry(form, chain!.Value, reader.GetInt32(1), sequence, hash, entry, reader);
            (sequence, hash) = (reader.GetInt32(1), SHA256.HashData(Encoding.UTF8.GetBytes(entry)));
            if (++_entries % ProgressEvery == 0)
            {
                progress?.Report(_entries);
            }
        }

        Close(chain, sequence, hash, heads);
        foreach (var head in heads.Values.Where(head => head.Sequence > 0 && !walked.Contains(head.Chain)))
        {
            Fault(head.Chain, head.Sequence, "removed", "all entries of the chain are gone");
        }
    }

    private void CheckEntry(AuditForm form, long chain, int sequence, int before, byte[] hash, string entry, DbDataReader row)
    {
        if (sequence != before + 1)
        {
            Fault(chain, before + 1, "removed", sequence == before + 2 ? "the entry is gone" : $"the entries up to {sequence - 1} are gone");
        }

        if (Parse(entry) is not { } parsed)
        {
            Fault(chain, sequence, "altered", "the entry is not in its form");
            return;
        }

        if (Text(parsed, "previous") != Convert.ToHexStringLower(hash) && sequence == before + 1)
        {
            Fault(chain, sequence, before == 0 ? "altered" : "altered-before", "the entry before it is not the one that it names, or it was altered itself");
        }

        if (!parsed.TryGetProperty("sequence", out var place) || place.GetInt64() != sequence || Text(parsed, "chain") != form.Pseudonym(new(chain)))
        {
            Fault(chain, sequence, "reordered", "the entry stands in another place than the one it was written for");
        }

        var details = row.IsDBNull(4) ? null : AuditForm.SaltedHash(row.GetFieldValue<byte[]>(3), Encoding.UTF8.GetBytes(row.GetString(4)));
        if (details is not null && Text(parsed, "details") != Convert.ToHexStringLower(details))
        {
            Fault(chain, sequence, "details-altered", "the details are not those that the entry names");
        }

        if (Text(parsed, "content") is { } content && Text(parsed, "table") is { } table)
        {
            var id = parsed.TryGetProperty("id", out var event_) ? event_.GetInt64() : chain;
            _named[(table, chain, id, parsed.GetProperty("version").GetInt32())] = Convert.FromHexString(content);
        }
    }

    private void Close(long? chain, int sequence, byte[] hash, Dictionary<long, HeadRow> heads)
    {
        if (chain is not { } ended)
        {
            return;
        }

        if (!heads.TryGetValue(ended, out var head))
        {
            Fault(ended, sequence, "head-removed", "the chain has entries but no head");
        }
        else if (head.Sequence > sequence)
        {
            Fault(ended, sequence + 1, "removed", head.Sequence == sequence + 1 ? "the last entry is gone" : $"the entries from {sequence + 1} to {head.Sequence} are gone");
        }
        else if (head.Sequence < sequence || !head.Hash.AsSpan().SequenceEqual(hash))
        {
            Fault(ended, sequence, "altered", "the last entry is not the one that the chain's head names");
        }
    }

    private async Task WalkLearnersAsync(Session session, Dictionary<long, HeadRow> heads, CancellationToken ct)
    {
        await using (var reader = await session.ReaderAsync("SELECT uln, version, content, salt FROM learner_version"))
        {
            while (await reader.ReadAsync(ct))
            {
                var content = AuditForm.SaltedHash(reader.GetFieldValue<byte[]>(3), Encoding.UTF8.GetBytes(reader.GetString(2)));
                CheckVersion("learner", reader.GetInt64(0), reader.GetInt64(0), reader.GetInt32(1), content);
            }
        }

        await using var learners = await session.ReaderAsync("SELECT uln FROM learner");
        while (await learners.ReadAsync(ct))
        {
            if (!heads.ContainsKey(learners.GetInt64(0)))
            {
                Fault(learners.GetInt64(0), 0, "removed", "the learner has no chain at all");
            }
        }

        await CheckCurrentLearnersAsync(session, ct);
    }

    /// <summary>The current row must say what its version says: otherwise somebody changed it past the register.</summary>
    private async Task CheckCurrentLearnersAsync(Session session, CancellationToken ct)
    {
        await using var reader = await session.ReaderAsync(
            $"""
            SELECT {string.Join(", ", LearnerRows.Columns.Select(column => "l." + column))}, v.content
            FROM learner l LEFT JOIN learner_version v ON v.uln = l.uln AND v.version = l.version
            """);
        while (await reader.ReadAsync(ct))
        {
            var learner = LearnerRows.Read(reader);
            if (await reader.IsDBNullAsync(LearnerRows.Columns.Count, ct) || reader.GetString(LearnerRows.Columns.Count) != LearnerContent.Write(learner))
            {
                Fault(learner.Uln.Value, 0, "row-altered", "the learner's current row is not its latest version");
            }
        }
    }

    private async Task WalkEventsAsync(Session session, CancellationToken ct)
    {
        await using var reader = await session.ReaderAsync($"SELECT {LearningEventRows.ColumnList}, salt FROM learning_event");
        while (await reader.ReadAsync(ct))
        {
            var (uln, version) = LearningEventRows.Read(reader);
            var content = AuditForm.SaltedHash(reader.GetFieldValue<byte[]>(LearningEventRows.Columns.Count), Encoding.UTF8.GetBytes(LearningEventContent.Write(version)));
            CheckVersion("learning_event", uln, version.Id, version.Version, content);
        }
    }

    private void CheckVersion(string table, long chain, long id, int version, byte[] content)
    {
        _versions++;
        if (!_named.Remove((table, chain, id, version), out var named))
        {
            Fault(chain, 0, "version-added", $"version {version} of {table} {id} is on the record but not in the trail");
        }
        else if (!named.AsSpan().SequenceEqual(content))
        {
            Fault(chain, 0, "version-altered", $"version {version} of {table} {id} is not the one that the trail names");
        }
    }

    private void Fault(long chain, int sequence, string kind, string text)
    {
        if (_faults.Count < MostFaults)
        {
            var where = string.Create(CultureInfo.InvariantCulture, $"chain {chain}, entry {sequence}: {text}");
            _faults.Add(new(new(chain), sequence, kind, where));
        }
    }

    private static JsonElement? Parse(string entry)
    {
        try
        {
            return JsonDocument.Parse(entry).RootElement;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement entry, string name) => entry.TryGetProperty(name, out var value) ? value.GetString() : null;

    private sealed class HeadRow
    {
        public long Chain { get; init; }

        public int Sequence { get; init; }

        public byte[] Hash { get; init; } = [];

        public byte[] Seal { get; init; } = [];
    }
}
