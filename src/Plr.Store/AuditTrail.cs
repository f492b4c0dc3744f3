using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Plr.Core;
using Plr.Core.Audit;
using Plr.Core.Learners;

namespace Plr.Store;

/// <summary>
/// The trail (DESIGN §6, Audit). Entries are appended in the transaction of what they tell; each chain's head row is its lock, so that a
/// chain never forks and no global lock is needed. The walk over it is <see cref="AuditWalk"/>.
/// </summary>
/// <param name="engine">Where.</param>
/// <param name="keys">The trail's key, which is not in the database.</param>
/// <param name="time">When.</param>
public sealed class AuditTrail(Engine engine, StoreKeys keys, TimeProvider time) : IAuditTrail
{
    private static readonly string[] EntryColumns = ["chain", "sequence", "recorded_at", "entry"];
    private static readonly string[] DetailColumns = ["chain", "sequence", "salt", "details"];
    private static readonly byte[] NoPrevious = new byte[AuditForm.HashLength];

    /// <summary>Appends entries, in their order, within a transaction that is open. The heads of their chains stay locked until it ends.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="access">Who, through what, why.</param>
    /// <param name="notes">What happened.</param>
    /// <param name="writtenAt">The instant that the versions carry which the notes tell of: an entry and its version say the same. Null: now.</param>
    public async Task AppendAsync(Session session, Access access, IReadOnlyList<AuditNote> notes, DateTimeOffset? writtenAt = null)
    {
        if (notes.Count == 0)
        {
            return;
        }

        using var form = new AuditForm(keys.Audit);
        var heads = await LockHeadsAsync(session, form, [.. notes.Select(note => note.Chain.Value).Distinct().Order()]);
        var at = writtenAt ?? Now();
        var entries = new List<object?[]>(notes.Count);
        var details = new List<object?[]>();
        foreach (var note in notes)
        {
            var head = heads[note.Chain.Value];
            head.Sequence++;
            var detailsHash = Detail(note, head.Sequence, details);
            var entry = form.Write(note, access, at, head.Sequence, head.Hash, detailsHash);
            entries.Add([note.Chain.Value, head.Sequence, at, Encoding.UTF8.GetString(entry)]);
            head.Hash = SHA256.HashData(entry);
        }

        await session.BulkInsertAsync("audit_entry", EntryColumns, entries.OrderBy(row => (long)row[0]!));
        if (details.Count > 0)
        {
            await session.BulkInsertAsync("audit_detail", DetailColumns, details);
        }

        await MoveHeadsAsync(session, form, [.. heads.Values.OrderBy(head => head.Chain)]);
    }

    /// <summary>Locks the heads of chains that exist until the transaction ends: whoever reads before writing does so first.</summary>
    public static Task LockAsync(Session session, IReadOnlyCollection<AuditChain> chains) => session.Engine.Kind == EngineKind.Postgres && chains.Count > 0
        ? session.ExecuteAsync(
            $"SELECT 1 FROM audit_chain WHERE {session.AnyOf("chain", "chains")} ORDER BY chain FOR UPDATE", new { chains = session.Keys(chains.Select(chain => chain.Value)) })
        : Task.CompletedTask;

    public Task NoteAsync(AuditNote note, Access access, CancellationToken ct = default) => engine.WriteAsync(
        async session =>
        {
            await AppendAsync(session, access, [note]);
            return true;
        },
        ct);

    public Task<(IReadOnlyList<AuditLine> Lines, int Total)> ReadAsync(Uln uln, int skip, int take, Access access, bool withOwn = true, CancellationToken ct = default)
    {
        var allowed = Policy.Allow(access, PolicyAction.ViewOwnAudit, Subject.Learner(uln)).IsAllowed
            || Policy.Allow(access, PolicyAction.CheckTrail, Subject.None).IsAllowed;
        if (!allowed)
        {
            throw new InvalidOperationException("The trail of a learner was asked for by somebody who may not read it.");
        }

        return engine.ReadAsync(
            async session =>
            {
                // Entries are canonical JSON: the actor is written in exactly one way.
                var whose = withOwn ? "" : """AND e.entry NOT LIKE '%"actor":"learner"%'""";
                var total = await session.SingleOrDefaultAsync<long>($"SELECT count(*) FROM audit_entry e WHERE e.chain = @chain {whose}", new { chain = uln.Value });
                var rows = await session.QueryAsync<LineRow>(
                    $"""
                    SELECT e.sequence, e.recorded_at, e.entry, d.details
                    FROM audit_entry e LEFT JOIN audit_detail d ON d.chain = e.chain AND d.sequence = e.sequence
                    WHERE e.chain = @chain {whose} ORDER BY e.sequence DESC LIMIT @take OFFSET @skip
                    """,
                    new { chain = uln.Value, take, skip });
                var entries = rows.ToList();
                var names = await OrganisationNamesAsync(session, entries);
                return ((IReadOnlyList<AuditLine>)[.. entries.Select(row => Line(row, names))], checked((int)total));
            },
            ct);
    }

    public Task<AuditVerdict> VerifyAsync(IProgress<long>? progress, Access access, CancellationToken ct = default) =>
        Policy.Allow(access, PolicyAction.CheckTrail, Subject.None).IsAllowed
            ? new AuditWalk(engine, keys).RunAsync(progress, ct)
            : throw new InvalidOperationException("The trail was walked by somebody who may not check it.");

    /// <summary>What is personal about an access: the person's name and what was asked for. Canonical, erasable; null when there is nothing.</summary>
    public static string? Details(Access access, string? query = null) => access.Actor.Name is null && query is null
        ? null
        : new CanonicalJson().Begin().Add("person", access.Actor.Name).Add("query", query).End().ToString();

    /// <summary>The chain of whoever acts, for what touches no learner: their organisation's, else the register's.</summary>
    public static async Task<AuditChain> ChainOfAsync(Session session, Access access) =>
        access.Actor.OrganisationId is { } id
        && await session.SingleOrDefaultAsync<int?>("SELECT number FROM organisation WHERE id = @id", new { id }) is { } number
            ? AuditChain.OfOrganisation(number)
            : AuditChain.Register;

    private static byte[] Detail(AuditNote note, int sequence, List<object?[]> details)
    {
        if (note.Details is null)
        {
            return [];
        }

        var salt = RandomNumberGenerator.GetBytes(AuditForm.SaltLength);
        details.Add([note.Chain.Value, sequence, salt, note.Details]);
        return AuditForm.SaltedHash(salt, Encoding.UTF8.GetBytes(note.Details));
    }

    /// <summary>Locks the heads in the order of their chains, so that two transactions never wait for each other.</summary>
    private static async Task<Dictionary<long, Head>> LockHeadsAsync(Session session, AuditForm form, long[] chains)
    {
        var forUpdate = session.Engine.Kind == EngineKind.Postgres ? "FOR UPDATE" : "";
        var sql = $"SELECT chain, sequence, hash, seal FROM audit_chain WHERE {session.AnyOf("chain", "chains")} ORDER BY chain {forUpdate}";
        var heads = (await session.QueryAsync<Head>(sql, new { chains = session.Keys(chains) })).ToDictionary(head => head.Chain);
        var missing = chains.Where(chain => !heads.ContainsKey(chain)).ToArray();
        if (missing.Length > 0)
        {
            // A chain begins: made by whoever comes first; the other waits for the unique key and then reads it.
            foreach (var chain in missing)
            {
                await session.ExecuteAsync(
                    "INSERT INTO audit_chain (chain, sequence, hash, seal) VALUES (@chain, 0, @hash, @seal) ON CONFLICT (chain) DO NOTHING",
                    new { chain, hash = NoPrevious, seal = form.Seal(new(chain), 0, NoPrevious) });
            }

            foreach (var head in await session.QueryAsync<Head>(sql, new { chains = session.Keys(missing) }))
            {
                heads[head.Chain] = head;
            }
        }

        return heads;
    }

    private static async Task MoveHeadsAsync(Session session, AuditForm form, List<Head> heads)
    {
        foreach (var head in heads)
        {
            head.Seal = form.Seal(new(head.Chain), head.Sequence, head.Hash);
        }

        if (session.Engine.Kind == EngineKind.Postgres)
        {
            await session.ExecuteAsync(
                """
                UPDATE audit_chain AS c SET sequence = n.sequence, hash = n.hash, seal = n.seal
                FROM unnest(@chains, @sequences, @hashes, @seals) AS n (chain, sequence, hash, seal) WHERE c.chain = n.chain
                """,
                new
                {
                    chains = heads.Select(head => head.Chain).ToArray(),
                    sequences = heads.Select(head => head.Sequence).ToArray(),
                    hashes = heads.Select(head => head.Hash).ToArray(),
                    seals = heads.Select(head => head.Seal).ToArray(),
                });
        }
        else
        {
            await session.ExecuteAsync("UPDATE audit_chain SET sequence = @Sequence, hash = @Hash, seal = @Seal WHERE chain = @Chain", heads);
        }
    }

    private static async Task<Dictionary<Guid, string>> OrganisationNamesAsync(Session session, List<LineRow> rows)
    {
        var ids = rows.Select(row => row.Organisation).OfType<Guid>().Distinct().ToArray();
        return ids.Length == 0
            ? []
            : (await session.QueryAsync<NameRow>($"SELECT id, name FROM organisation WHERE {session.AnyOf("id", "ids")}", new { ids = session.Keys(ids) }))
                .ToDictionary(row => row.Id, row => row.Name);
    }

    private static AuditLine Line(LineRow row, Dictionary<Guid, string> names)
    {
        var entry = row.Parsed;
        string? Text(string name) => entry.TryGetProperty(name, out var value) ? value.GetString() : null;
        var person = row.Details is null ? null : JsonDocument.Parse(row.Details).RootElement.TryGetProperty("person", out var name) ? name.GetString() : null;
        return new AuditLine(
            row.Sequence,
            row.RecordedAt,
            Text("action")!,
            Text("actor")!,
            row.Organisation is { } organisation && names.TryGetValue(organisation, out var known) ? known : null,
            person,
            Text("channel")!,
            Text("purpose")!,
            entry.TryGetProperty("id", out var id) && Text("table") == "learning_event" ? id.GetInt32() : null);
    }

    private DateTimeOffset Now() => StoredForms.Instant(time.GetUtcNow());

    private sealed class Head
    {
        public long Chain { get; init; }

        public int Sequence { get; set; }

        public byte[] Hash { get; set; } = [];

        public byte[] Seal { get; set; } = [];
    }

    private sealed class LineRow
    {
        private JsonElement? _parsed;

        public int Sequence { get; init; }

        public DateTimeOffset RecordedAt { get; init; }

        public string Entry { get; init; } = "";

        public string? Details { get; init; }

        public JsonElement Parsed => _parsed ??= JsonDocument.Parse(Entry).RootElement;

        public Guid? Organisation => Parsed.TryGetProperty("organisation", out var id) ? id.GetGuid() : null;
    }

    private sealed class NameRow
    {
        public Guid Id { get; init; }

        public string Name { get; init; } = "";
    }
}
