using System.Data.Common;
using System.Text;
using System.Text.Json;
using Plr.Core.Audit;
using Plr.Core.Learners;

namespace Plr.Store;

/// <summary>The second half of the walk: every version of a learner or event against the entry of its write, and every current row against its version.</summary>
internal sealed class AuditedVersions(AuditFaults faults)
{
    private readonly Dictionary<(string Table, long Chain, long Id, int Version), (byte[] Content, string? From, bool IsLoaded)> _named = [];

    /// <summary>Versions seen so far.</summary>
    public long Count { get; private set; }

    /// <summary>Keeps what a write's entry says of the version it made.</summary>
    public void Name(long chain, JsonElement entry)
    {
        if (!entry.TryGetProperty("content", out var content))
        {
            return;
        }

        var table = entry.GetProperty("table").GetString()!;
        var id = entry.TryGetProperty("id", out var number) ? number.GetInt64() : chain;
        string? Raw(string name) => entry.TryGetProperty(name, out var value) ? value.ToString() : null;

        // The content of an event says where it came from; beside a learner's it stands in columns. Of a learner's version that was loaded,
        // the entry tells who loaded it, and its hash covers the columns.
        var isLoaded = table == "learner" && Raw("action") == AuditAction.LearnerLoaded.Word;
        var from = table == "learner" && !isLoaded ? LearnerProvenance.Of(Raw("at"), Raw("organisation"), Raw("channel"), Raw("batch"), Raw("batchRow")) : null;
        _named[(table, chain, id, entry.GetProperty("version").GetInt32())] = (Convert.FromHexString(content.GetString()!), from, isLoaded);
    }

    public async Task WalkAsync(Session session, CancellationToken ct)
    {
        await EachAsync(
            session,
            "SELECT uln, version, content, salt, recorded_at, recorded_by, channel, batch, batch_row FROM learner_version",
            CheckLearnerVersion,
            ct);
        await EachAsync(
            session,
            $"""
            SELECT {string.Join(", ", LearnerRows.Columns.Select(column => "l." + column))}, l.person_key, v.content
            FROM learner l LEFT JOIN learner_version v ON v.uln = l.uln AND v.version = l.version
            """,
            CheckCurrent,
            ct);
        await EachAsync(session, $"SELECT {LearningEventRows.ColumnList}, salt FROM learning_event", CheckEvent, ct);
        foreach (var missing in _named.Keys)
        {
            faults.Add(missing.Chain, 0, "version-removed", $"version {missing.Version} of {missing.Table} {missing.Id} is in the trail but not on the record");
        }
    }

    private async Task EachAsync(Session session, string sql, Action<DbDataReader> check, CancellationToken ct)
    {
        await using var reader = await session.ReaderAsync(sql);
        while (await reader.ReadAsync(ct))
        {
            faults.Try(reader.GetInt64(0), 0, "row-altered", "a row of the learner cannot be read", () => check(reader));
        }
    }

    private void CheckLearnerVersion(DbDataReader row)
    {
        var (uln, content, from) = (row.GetInt64(0), row.GetString(2), LearnerVersionRows.Provenance(row, 4));
        byte[] Hash(bool isLoaded) => AuditForm.SaltedHash(row.GetFieldValue<byte[]>(3), Encoding.UTF8.GetBytes(isLoaded ? LearnerProvenance.Loaded(content, from) : content));
        Check("learner", uln, uln, row.GetInt32(1), Hash, isLoaded => isLoaded ? null : from);
    }

    /// <summary>The current row must say what its version says: otherwise somebody changed it past the register.</summary>
    private void CheckCurrent(DbDataReader row)
    {
        var learner = LearnerRows.Read(row);
        var (key, content) = (LearnerRows.Columns.Count, LearnerRows.Columns.Count + 1);
        if (row.IsDBNull(content) || row.GetString(content) != LearnerContent.Write(learner) || row.GetInt64(key) != PersonKey.Of(learner.Details).Number)
        {
            faults.Add(learner.Uln.Value, 0, "row-altered", "the learner's current row is not its latest version");
        }
    }

    private void CheckEvent(DbDataReader row)
    {
        var (uln, version) = LearningEventRows.Read(row);
        var salt = row.GetFieldValue<byte[]>(LearningEventRows.Columns.Count);
        Check("learning_event", uln, version.Id, version.Version, _ => AuditForm.SaltedHash(salt, LearningEventContent.Write(version).Bytes), _ => null);
    }

    private void Check(string table, long chain, long id, int version, Func<bool, byte[]> content, Func<bool, string?> from)
    {
        Count++;
        if (!_named.Remove((table, chain, id, version), out var named))
        {
            faults.Add(chain, 0, "version-added", $"version {version} of {table} {id} is on the record but not in the trail");
        }
        else if (!named.Content.AsSpan().SequenceEqual(content(named.IsLoaded)) || named.From != from(named.IsLoaded))
        {
            faults.Add(chain, 0, "version-altered", $"version {version} of {table} {id} is not the one that the trail names");
        }
    }
}
