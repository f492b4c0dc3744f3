using System.Data.Common;
using System.Globalization;
using Plr.Core;
using Plr.Core.Learners;
using Plr.Core.Matching;

namespace Plr.Store;

/// <summary>
/// The register for indexes that keep up with it. Triggers of the database note each changed learner under the number of the transaction; on PostgreSQL a
/// follower remembers its last snapshot and asks for what that did not see, so that a transaction that commits late is not passed over, and nothing is read twice.
/// </summary>
public sealed class LearnerFeed(Engine engine) : ILearnerFeed
{
    private const int InOnePiece = 4096;

    private const string Columns = """
        uln, status, given_name, middle_other_name, preferred_given_name, family_name, previous_family_name, family_name_at_age16,
        date_of_birth, gender, last_known_post_code, email_address
        """;

    /// <summary>Whose learners changed since, each once, for the parameters <c>next</c>, <c>top</c> (<see cref="Top"/>) and <c>open</c>.</summary>
    /// <param name="and">A further condition.</param>
    internal static string SinceSql(Session session, string and = "true") => $"""
        SELECT uln FROM learner_change WHERE position >= @next AND position < @top AND {and}
        UNION SELECT uln FROM learner_change WHERE {session.AnyOf("position", "open")} AND {and}
        """;

    /// <summary>Beyond every position: between two bounds PostgreSQL expects few rows, beyond one a third of the table.</summary>
    internal const long Top = long.MaxValue;

    public async Task<FeedPoint> ReadAllAsync(Action<IReadOnlyList<FeedLearner>> take, Access access, CancellationToken ct = default)
    {
        await RemoveForeignAsync(ct);
        return await engine.ReadAsync(
            async session =>
            {
                session.TimeoutSeconds = 0;
                var point = await PointAsync(session);
                await using var reader = await session.ReaderAsync($"SELECT {Columns} FROM learner WHERE status <> 0");
                var piece = new List<FeedLearner>(InOnePiece);
                while (await reader.ReadAsync(ct))
                {
                    piece.Add(Read(reader));
                    if (piece.Count == InOnePiece)
                    {
                        take(piece);
                        piece = new(InOnePiece);
                    }
                }

                take(piece);
                return point;
            },
            ct);
    }

    public Task<(IReadOnlyList<FeedLearner> Changed, FeedPoint Point)> ReadChangesAsync(FeedPoint since, Access access, CancellationToken ct = default) => engine.ReadAsync(
        async session =>
        {
            var point = await PointAsync(session);
            var changed = new List<FeedLearner>();
            if (point.Next != since.Next || since.Open.Count > 0)
            {
                session.TimeoutSeconds = 0;
                await using var reader = await session.ReaderAsync(
                    session.EachOf(Columns, "learner", "uln", SinceSql(session)),
                    new { next = since.Next, top = Top, open = session.Keys(since.Open) });
                while (await reader.ReadAsync(ct))
                {
                    changed.Add(Read(reader));
                }
            }

            return ((IReadOnlyList<FeedLearner>)changed, point);
        },
        ct);

    public Task<long> EstimateAsync(Access access, CancellationToken ct = default) => engine.ReadAsync(
        session => session.SingleOrDefaultAsync<long>(session.Engine.Kind == EngineKind.Postgres
            ? "SELECT greatest(reltuples, 0)::bigint FROM pg_class WHERE oid = 'learner'::regclass"
            : "SELECT coalesce(max(rowid), 0) FROM learner"),
        ct);

    public Task ForgetAsync(DateTimeOffset before, Access access, CancellationToken ct = default) => engine.WriteAsync(
        session => session.ExecuteAsync("DELETE FROM learner_change WHERE changed_at < @before", new { before = before.ToUnixTimeSeconds() }), ct);

    /// <summary>
    /// Changes that another cluster of PostgreSQL counted, when a register was restored from its backup: their numbers mean nothing here, and would seem to come for
    /// ever. Whoever begins to follow reads everybody first, so they are not missed.
    /// </summary>
    private Task RemoveForeignAsync(CancellationToken ct) => engine.Kind == EngineKind.Postgres
        ? engine.WriteAsync(session => session.ExecuteAsync("DELETE FROM learner_change WHERE position >= pg_snapshot_xmax(pg_current_snapshot())::text::bigint"), ct)
        : Task.CompletedTask;

    private static async Task<FeedPoint> PointAsync(Session session)
    {
        if (session.Engine.Kind == EngineKind.Sqlite)
        {
            return new(1 + await session.SingleOrDefaultAsync<long>("SELECT coalesce(max(position), (SELECT seq FROM sqlite_sequence WHERE name = 'learner_change'), 0) FROM learner_change"), []);
        }

        // xmin:xmax:those between that have not ended
        var parts = (await session.SingleOrDefaultAsync<string>("SELECT pg_current_snapshot()::text"))!.Split(':');
        return new(Number(parts[1]), [.. parts[2].Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Number)]);
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private static FeedLearner Read(DbDataReader row)
    {
        string? Text(int column) => row.IsDBNull(column) ? null : row.GetString(column);
        var uln = Uln.FromValue(row.GetInt64(0));
        return (LearnerStatus)row.GetInt32(1) == LearnerStatus.Inactive
            ? new(uln, null)
            : new(uln, new PersonText
            {
                GivenName = row.GetString(2),
                MiddleName = Text(3),
                PreferredGivenName = Text(4),
                FamilyName = row.GetString(5),
                PreviousFamilyName = Text(6),
                FamilyNameAtAge16 = Text(7),
                BirthDate = BirthDates.Pack(row.GetFieldValue<DateOnly>(8)),
                Gender = row.GetInt32(9),
                Postcode = row.GetString(10),
                Email = Text(11),
            });
    }
}
