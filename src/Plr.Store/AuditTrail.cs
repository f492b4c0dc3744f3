using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
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
    private static readonly byte[] NoSeal = new byte[AuditForm.HashLength];
    private static readonly string[] HeadColumns = ["chain", "sequence", "hash", "seal"];

    /// <summary>Appends entries, in their order, within a transaction that is open. The heads of their chains stay locked until it ends.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="access">Who, through what, why.</param>
    /// <param name="notes">What happened.</param>
    /// <param name="writtenAt">The instant that the versions carry which the notes tell of: an entry and its version say the same. Null: now.</param>
    /// <param name="locked">The heads, when <see cref="LockAsync"/> gave them earlier in the transaction.</param>
    public Task AppendAsync(
        Session session, Access access, IReadOnlyList<AuditNote> notes, DateTimeOffset? writtenAt = null, IReadOnlyDictionary<AuditChain, AuditHead>? locked = null) =>
        AppendAsync(session, [.. notes.Select(note => (note, access))], writtenAt, locked);

    /// <summary>As the other, for what several did.</summary>
    public async Task AppendAsync(
        Session session, IReadOnlyList<(AuditNote Note, Access Access)> notes, DateTimeOffset? writtenAt = null, IReadOnlyDictionary<AuditChain, AuditHead>? locked = null)
    {
        if (notes.Count == 0)
        {
            return;
        }

        using var form = new AuditForm(keys.Audit);
        var heads = locked ?? await LockAsync(session, notes.Select(said => said.Note.Chain));
        var at = writtenAt ?? Now();
        var details = new List<Detail>();

        // In the order of the key, so that neighbours go into one page; within a chain in the order of the notes. Each entry goes straight
        // from the form's buffer into the driver: a large batch keeps none of them in memory.
        await session.BulkInsertAsync("audit_entry", EntryColumns, notes.OrderBy(said => said.Note.Chain.Value), (row, said) =>
        {
            var (note, access) = said;
            var head = heads[note.Chain];
            head.Sequence++;
            head.IsMoved = true;
            var detail = Detail.Of(note, head.Sequence);
            if (detail is not null)
            {
                details.Add(detail);
            }

            var entry = form.Write(note, access, at, head.Sequence, head.Hash, detail is null ? default : detail.Hash);
            SHA256.HashData(entry.Span, head.Hash);
            row.Add(head.Chain);
            row.Add(head.Sequence);
            row.Add(at);
            row.AddUtf8(entry);
        });
        if (details.Count > 0)
        {
            await session.BulkInsertAsync("audit_detail", DetailColumns, details, (row, detail) =>
            {
                row.Add(detail.Chain);
                row.Add(detail.Sequence);
                row.Add(detail.Salt);
                row.Add(detail.Text);
            });
        }

        await session.BulkReplaceAsync("audit_chain", HeadColumns, "chain", heads.Values.Where(head => head.IsMoved).OrderBy(head => head.Chain), (row, head) =>
        {
            row.Add(head.Chain);
            row.Add(head.Sequence);
            row.Add(head.Hash);
            row.Add(head.IsForged ? NoSeal : form.Seal(new(head.Chain), head.Sequence, head.Hash));
        });
    }

    /// <summary>
    /// Locks the heads of chains until the transaction ends, in the order of the chains, so that two transactions never wait for each other.
    /// Whoever reads what belongs to a chain before writing to it does this first. A chain without a head begins.
    /// </summary>
    /// <param name="session">The transaction.</param>
    /// <param name="chains">Whose heads.</param>
    /// <param name="fresh">Those that are likely to begin: made in the same round trip.</param>
    public async Task<IReadOnlyDictionary<AuditChain, AuditHead>> LockAsync(Session session, IEnumerable<AuditChain> chains, IReadOnlyCollection<AuditChain>? fresh = null)
    {
        long[] wanted = [.. chains.Select(chain => chain.Value).Distinct().Order()];
        if (wanted.Length == 0)
        {
            return new Dictionary<AuditChain, AuditHead>();
        }

        var heads = await HeadsAsync(session, wanted, [.. (fresh ?? []).Select(chain => chain.Value).Distinct().Order()]);
        var missing = wanted.Where(chain => !heads.ContainsKey(new(chain))).ToArray();
        if (missing.Length > 0 && session.Engine.Kind == EngineKind.Postgres)
        {
            foreach (var (chain, head) in await HeadsAsync(session, missing, missing))
            {
                heads.Add(chain, head);
            }
        }

        foreach (var chain in missing)
        {
            // SQLite lets one writer in: nobody else begins this chain.
            heads.TryAdd(new(chain), new AuditHead(chain, 0, new byte[AuditForm.HashLength], isForged: false));
        }

        return heads;
    }

    /// <summary>As <see cref="LockAsync"/> for the chains that are there already; others do not begin.</summary>
    public async Task<IReadOnlyDictionary<AuditChain, AuditHead>> LockBegunAsync(Session session, IEnumerable<AuditChain> chains) =>
        await HeadsAsync(session, [.. chains.Select(chain => chain.Value).Distinct().Order()], []);

    public Task NoteAsync(AuditNote note, Access access, CancellationToken ct = default) => engine.WriteAsync(
        async session =>
        {
            await AppendAsync(session, access, [note]);
            return true;
        },
        ct);

    public Task<(IReadOnlyList<AuditLine> Lines, int Total)> ReadAsync(
        Uln uln, int skip, int take, Access access, bool withOwn = true, AuditPlace? before = null, AuditWho? who = null, CancellationToken ct = default)
    {
        AssertMayRead(uln, access);
        return engine.ReadAsync(session => AuditReads.ReadAsync(session, uln, skip, take, withOwn, before, who), ct);
    }

    public Task<IReadOnlyList<AuditGroup>> GroupsAsync(Uln uln, Access access, bool withOwn = true, CancellationToken ct = default)
    {
        AssertMayRead(uln, access);
        return engine.ReadAsync(session => AuditReads.GroupsAsync(session, uln, withOwn), ct);
    }

    public Task<AuditVerdict> VerifyAsync(IProgress<long>? progress, Access access, CancellationToken ct = default) =>
        Policy.Allow(access, PolicyAction.CheckTrail, Subject.None).IsAllowed
            ? new AuditWalk(engine, keys).RunAsync(progress, ct)
            : throw new InvalidOperationException("The trail was walked by somebody who may not check it.");

    /// <summary>What is personal about an access: the person's name, what was asked for and why in words. Canonical, erasable; null when there is nothing.</summary>
    public static string? Details(Access access, string? query = null, string? reason = null) => access.Actor.Name is null && query is null && reason is null
        ? null
        : new CanonicalJson().Begin().Add("person", access.Actor.Name).Add("query", query).Add("reason", reason).End().ToString();

    /// <summary>The chain of whoever acts, for what touches no learner: their organisation's, else the register's.</summary>
    public static async Task<AuditChain> ChainOfAsync(Session session, Access access) =>
        access.Actor.OrganisationId is { } id
        && await session.SingleOrDefaultAsync<int?>("SELECT number FROM organisation WHERE id = @id", new { id }) is { } number
            ? AuditChain.OfOrganisation(number)
            : AuditChain.Register;

    // Learners' heads before those of organisations and the register's, which are 0 and less: who sees only in what it read whose trail the rest belongs to locks that later.
    private const string InOrder = "ORDER BY chain <= 0, chain";

    /// <summary>Locks the heads of the chains <c>@name</c> in their order and gives them.</summary>
    public static string HeadsSql(Session session, string name) =>
        $"SELECT chain, sequence, hash, seal FROM audit_chain WHERE {session.AnyOf("chain", name)} {InOrder} {(session.Engine.Kind == EngineKind.Postgres ? "FOR UPDATE" : "")}";

    /// <summary>The rows of <see cref="HeadsSql"/>.</summary>
    public async Task<Dictionary<AuditChain, AuditHead>> HeadsAsync(DbDataReader reader)
    {
        var heads = new Dictionary<AuditChain, AuditHead>();
        using var form = new AuditForm(keys.Audit);
        while (await reader.ReadAsync())
        {
            var (chain, sequence, hash) = (new AuditChain(reader.GetInt64(0)), reader.GetInt32(1), reader.GetFieldValue<byte[]>(2));
            heads.Add(chain, new AuditHead(chain.Value, sequence, hash, isForged: !form.IsSealed(chain, sequence, hash, reader.GetFieldValue<byte[]>(3))));
        }

        return heads;
    }

    // On PostgreSQL a chain is begun by whoever comes first; the other waits for the unique key and then reads it.
    private async Task<Dictionary<AuditChain, AuditHead>> HeadsAsync(Session session, long[] chains, long[] begun)
    {
        if (begun.Length == 0 || session.Engine.Kind != EngineKind.Postgres)
        {
            await using var found = await session.ReaderAsync(HeadsSql(session, "chains"), new { chains = session.Keys(chains) });
            return await HeadsAsync(found);
        }

        var none = new byte[AuditForm.HashLength];
        byte[][] seals;
        using (var form = new AuditForm(keys.Audit))
        {
            seals = [.. begun.Select(chain => form.Seal(new(chain), 0, none))];
        }

        await using var reader = await session.ReaderAsync(
            $"""
            INSERT INTO audit_chain (chain, sequence, hash, seal)
            SELECT chain, 0, @none, seal FROM unnest(@begun, @seals) AS n (chain, seal) {InOrder} ON CONFLICT (chain) DO NOTHING;
            {HeadsSql(session, "chains")}
            """,
            new { begun, none, seals, chains = session.Keys(chains) });
        return await HeadsAsync(reader);
    }

    private static void AssertMayRead(Uln uln, Access access)
    {
        var allowed = Policy.Allow(access, PolicyAction.ViewOwnAudit, Subject.Learner(uln)).IsAllowed
            || Policy.Allow(access, PolicyAction.CheckTrail, Subject.None).IsAllowed;
        if (!allowed)
        {
            throw new InvalidOperationException("The trail of a learner was asked for by somebody who may not read it.");
        }
    }

    private DateTimeOffset Now() => StoredForms.Instant(time.GetUtcNow());

    private sealed record Detail(long Chain, int Sequence, byte[] Salt, string Text)
    {
        public byte[] Hash { get; } = AuditForm.SaltedHash(Salt, Encoding.UTF8.GetBytes(Text));

        public static Detail? Of(AuditNote note, int sequence) =>
            note.Details is null ? null : new(note.Chain.Value, sequence, RandomNumberGenerator.GetBytes(AuditForm.SaltLength), note.Details);
    }
}

/// <summary>The end of a chain, locked until the transaction ends.</summary>
public sealed class AuditHead(long chain, int sequence, byte[] hash, bool isForged)
{
    internal long Chain { get; } = chain;

    internal int Sequence { get; set; } = sequence;

    internal byte[] Hash { get; } = hash.Length == AuditForm.HashLength ? hash : new byte[AuditForm.HashLength];

    internal bool IsMoved { get; set; }

    /// <summary>This register did not seal it. The chain goes on, but is never sealed again, so that every later walk still says so.</summary>
    internal bool IsForged { get; } = isForged;
}
