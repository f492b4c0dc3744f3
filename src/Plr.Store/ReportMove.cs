using System.Data.Common;
using Plr.Core;
using Plr.Core.Audit;
using Plr.Core.Learners;
using Plr.Core.Moves;
using Plr.Core.Reports;
using Plr.Core.Responses;

namespace Plr.Store;

/// <summary>One transaction of reports that another register made: what is held is read for all of them at once, each is decided, all are written in bulk.</summary>
internal sealed class ReportMove(Session session, AuditTrail trail, Access access)
{
    private static readonly string[] Columns =
        ["reference", "uln", "made_at", "actor_kind", "organisation_id", "channel", "purpose", "reason", "format", "language", "learner_version", "events", "with_withdrawn", "digest"];

    private readonly Dictionary<string, MovedReport> _held = [];
    private readonly List<MovedReport> _added = [];
    private HashSet<long> _learners = [];

    /// <summary>The columns that move, in the order in which <see cref="Read"/> takes them.</summary>
    public static string ColumnList { get; } = string.Join(", ", Columns);

    public static MovedReport Read(DbDataReader row) => new(
        ReportReference.TryParse(row.GetString(0), out var reference) ? reference : throw new InvalidOperationException("A report is held under no reference."),
        Uln.FromValue(row.GetInt64(1)),
        row.GetFieldValue<DateTimeOffset>(2),
        row.GetString(3),
        row.IsDBNull(4) ? null : row.GetFieldValue<Guid>(4),
        (Channel)row.GetInt32(5),
        (Purpose)row.GetInt32(6),
        row.IsDBNull(7) ? null : row.GetString(7),
        (ReportFormat)row.GetInt32(8),
        (ReportLanguage)row.GetInt32(9),
        row.GetInt32(10),
        row.GetInt32(11),
        row.GetBoolean(12),
        Convert.ToHexStringLower(row.GetFieldValue<byte[]>(13)));

    public async Task<IReadOnlyList<MoveOutcome>> RunAsync(IReadOnlyList<MovedReport> rows)
    {
        var ulns = session.Keys(rows.Select(row => row.Uln.Value).Distinct());
        _learners = [.. await session.QueryAsync<long>($"SELECT uln FROM learner WHERE {session.AnyOf("uln", "ulns")}", new { ulns })];

        // Nobody else adds to these learners' reports until this is done.
        var heads = await trail.LockAsync(session, rows.Where(row => _learners.Contains(row.Uln.Value)).Select(row => AuditChain.Of(row.Uln)));
        await ReadHeldAsync(rows);
        var outcomes = rows.Select(Decide).ToList();
        await session.BulkInsertAsync("report", Columns, _added.Select(Values));
        await trail.AppendAsync(session, access, [.. _added.Select(Note)], locked: heads);
        return outcomes;
    }

    private static object?[] Values(MovedReport row) =>
    [
        row.Reference.Value, row.Uln.Value, row.MadeAt, row.AskedBy, row.OrganisationId, (short)row.Channel, (short)row.Purpose, row.Reason, (short)row.Format, (short)row.Language,
        row.LearnerVersion, row.Events, row.WithWithdrawn, Convert.FromHexString(row.Digest),
    ];

    private async Task ReadHeldAsync(IReadOnlyList<MovedReport> rows)
    {
        foreach (var references in rows.Select(row => row.Reference.Value).Distinct().Chunk(500))
        {
            await using var reader = await session.ReaderAsync($"SELECT {ColumnList} FROM report WHERE reference IN ({string.Join(", ", references.Select(reference => $"'{reference}'"))})", new { });
            while (await reader.ReadAsync())
            {
                var held = Read(reader);
                _held[held.Reference.Value] = held;
            }
        }
    }

    private MoveOutcome Decide(MovedReport row)
    {
        if (!_learners.Contains(row.Uln.Value))
        {
            return MoveOutcome.Refused(ResponseCodes.UlnNotOnRegister, "ULN", FindingRules.NotOnRegister);
        }

        if (_held.TryGetValue(row.Reference.Value, out var held))
        {
            return held == row ? MoveOutcome.AlreadyThere : MoveOutcome.Refused(ResponseCodes.HeldWithOtherValues, "Reference", FindingRules.HeldOtherwise);
        }

        _held[row.Reference.Value] = row;
        _added.Add(row);
        return MoveOutcome.Added;
    }

    private AuditNote Note(MovedReport row) => new(AuditChain.Of(row.Uln), AuditAction.ReportLoaded, Details: AuditTrail.Details(access, row.Reference.Value));
}
