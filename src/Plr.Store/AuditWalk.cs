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
/// hash that its write's entry names, and every learner and organisation against their chain. Whatever somebody made of a row is a fault to
/// report, never a reason to stop.
/// </summary>
internal sealed class AuditWalk(Engine engine, StoreKeys keys)
{
    private const int ProgressEvery = 10_000;
    private readonly AuditFaults _faults = new();
    private long _entries;

    public async Task<AuditVerdict> RunAsync(IProgress<long>? progress, CancellationToken ct)
    {
        using var form = new AuditForm(keys.Audit);
        return await engine.ReadAsync(
            async session =>
            {
                session.TimeoutSeconds = 0;
                var heads = (await session.QueryAsync<HeadRow>("SELECT chain, sequence, hash, seal FROM audit_chain")).ToDictionary(head => head.Chain);
                foreach (var head in heads.Values.Where(head => !form.IsSealed(new(head.Chain), head.Sequence, head.Hash, head.Seal)))
                {
                    _faults.Add(head.Chain, head.Sequence, "head-forged", "the chain's head was not sealed by this register");
                }

                var versions = new AuditedVersions(_faults);
                await WalkEntriesAsync(session, form, heads, versions, progress, ct);
                await WalkOwnersAsync(session, heads, "SELECT uln FROM learner", "the learner has no chain at all", ct);
                await WalkOwnersAsync(session, heads, "SELECT -number FROM organisation", "the organisation has no chain at all", ct);
                await versions.WalkAsync(session, ct);
                return new AuditVerdict(heads.Count, _entries, versions.Count, _faults.All);
            },
            ct);
    }

    private async Task WalkEntriesAsync(
        Session session, AuditForm form, Dictionary<long, HeadRow> heads, AuditedVersions versions, IProgress<long>? progress, CancellationToken ct)
    {
        await using var reader = await session.ReaderAsync(
            """
            SELECT e.chain, e.sequence, e.entry, e.recorded_at, d.salt, d.details
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
            _faults.Try(chain.Value, reader.GetInt32(1), "altered", "the entry is not in its form", () => CheckEntry(form, versions, sequence, hash, reader));
            (sequence, hash) = (reader.GetInt32(1), SHA256.HashData(Encoding.UTF8.GetBytes(entry)));
            if (++_entries % ProgressEvery == 0)
            {
                progress?.Report(_entries);
            }
        }

        Close(chain, sequence, hash, heads);
        foreach (var head in heads.Values.Where(head => head.Sequence > 0 && !walked.Contains(head.Chain)))
        {
            _faults.Add(head.Chain, head.Sequence, "removed", "all entries of the chain are gone");
        }
    }

    private void CheckEntry(AuditForm form, AuditedVersions versions, int before, byte[] hash, DbDataReader row)
    {
        var (chain, sequence) = (row.GetInt64(0), row.GetInt32(1));
        if (sequence != before + 1)
        {
            _faults.Add(chain, before + 1, "removed", sequence == before + 2 ? "the entry is gone" : $"the entries up to {sequence - 1} are gone");
        }

        using var document = JsonDocument.Parse(row.GetString(2));
        var entry = document.RootElement;
        if (Text(entry, "previous") != Convert.ToHexStringLower(hash) && sequence == before + 1)
        {
            _faults.Add(chain, sequence, before == 0 ? "altered" : "altered-before", "the entry before it is not the one that it names, or it was altered itself");
        }

        if (entry.GetProperty("sequence").GetInt64() != sequence || Text(entry, "chain") != form.Pseudonym(new(chain)))
        {
            _faults.Add(chain, sequence, "reordered", "the entry stands in another place than the one it was written for");
        }

        if (Text(entry, "at") != StoredForms.ForSqlite(row.GetFieldValue<DateTimeOffset>(3)) as string)
        {
            _faults.Add(chain, sequence, "altered", "the time beside the entry is not the one in it");
        }

        var details = row.IsDBNull(5) ? null : AuditForm.SaltedHash(row.GetFieldValue<byte[]>(4), Encoding.UTF8.GetBytes(row.GetString(5)));
        if (details is not null && Text(entry, "details") != Convert.ToHexStringLower(details))
        {
            _faults.Add(chain, sequence, "details-altered", "the details are not those that the entry names");
        }

        versions.Name(chain, entry);
    }

    private void Close(long? chain, int sequence, byte[] hash, Dictionary<long, HeadRow> heads)
    {
        if (chain is not { } ended)
        {
            return;
        }

        if (!heads.TryGetValue(ended, out var head))
        {
            _faults.Add(ended, sequence, "head-removed", "the chain has entries but no head");
        }
        else if (head.Sequence > sequence)
        {
            _faults.Add(ended, sequence + 1, "removed", head.Sequence == sequence + 1 ? "the last entry is gone" : $"the entries from {sequence + 1} to {head.Sequence} are gone");
        }
        else if (head.Sequence < sequence || !head.Hash.AsSpan().SequenceEqual(hash))
        {
            _faults.Add(ended, sequence, "altered", "the last entry is not the one that the chain's head names");
        }
    }

    /// <summary>Whoever is on the register has a chain from the first moment: one that is gone whole shows here.</summary>
    private async Task WalkOwnersAsync(Session session, Dictionary<long, HeadRow> heads, string sql, string text, CancellationToken ct)
    {
        await using var owners = await session.ReaderAsync(sql);
        while (await owners.ReadAsync(ct))
        {
            if (!heads.ContainsKey(owners.GetInt64(0)))
            {
                _faults.Add(owners.GetInt64(0), 0, "removed", text);
            }
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

/// <summary>What a walk found wrong, up to a number that somebody can still read.</summary>
internal sealed class AuditFaults
{
    private const int Most = 1_000;
    private readonly List<AuditFault> _faults = [];

    public IReadOnlyList<AuditFault> All => _faults;

    public void Add(long chain, int sequence, string kind, string text)
    {
        if (_faults.Count < Most)
        {
            _faults.Add(new(new(chain), sequence, kind, string.Create(CultureInfo.InvariantCulture, $"chain {chain}, entry {sequence}: {text}")));
        }
    }

    /// <summary>Checks one row; what cannot even be read is a fault of that row.</summary>
    public void Try(long chain, int sequence, string kind, string text, Action check)
    {
        try
        {
            check();
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or KeyNotFoundException or InvalidCastException or ArgumentException or OverflowException)
        {
            Add(chain, sequence, kind, text);
        }
    }
}
