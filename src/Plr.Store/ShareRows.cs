using System.Text.Json;
using Plr.Core;
using Plr.Core.Sharing;

namespace Plr.Store;

/// <summary>A row of the table share.</summary>
internal sealed class ShareRow
{
    // A code of 36 bits that another share has is drawn again; more often than this is a bug.
    private const int MostDraws = 10;

    public const string Columns = "id, uln, made_at, version, events, fields, for_whom, reason, ends_at, most_views, may_download, tell_me, ended_at, views, report_reference, draw, made_by";

    public Guid Id { get; init; }

    public long Uln { get; init; }

    public DateTimeOffset MadeAt { get; init; }

    public int Version { get; init; }

    public string? Events { get; init; }

    public ShareFields Fields { get; init; }

    public string? ForWhom { get; init; }

    public string? Reason { get; init; }

    public DateTimeOffset EndsAt { get; init; }

    public int? MostViews { get; init; }

    public bool MayDownload { get; init; }

    public bool TellMe { get; init; }

    public Guid? MadeBy { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public int Views { get; init; }

    public string? ReportReference { get; init; }

    public int Draw { get; init; }

    public Share Share => new(
        Id,
        Core.Learners.Uln.FromValue(Uln),
        new ShareTerms
        {
            Events = Events is null ? null : JsonSerializer.Deserialize<int[]>(Events),
            Fields = Fields,
            ForWhom = ForWhom,
            Reason = Reason,
            EndsAt = EndsAt,
            MostViews = MostViews,
            MayDownload = MayDownload,
            TellMe = TellMe,
        },
        MadeAt,
        EndedAt,
        Views,
        Version)
    {
        Report = Core.Reports.ReportReference.TryParse(ReportReference, out var report) ? report : null,
    };

    public static string? Text(IReadOnlyList<int>? events) => events is null ? null : JsonSerializer.Serialize(events.Distinct().Order());

    /// <summary>Keeps a new share.</summary>
    public static async Task KeepAsync(Session session, ShareKeys keys, Share share, Access access)
    {
        for (var draw = 0; draw < MostDraws; draw++)
        {
            var secrets = keys.Secrets(share.Id, draw);
            var kept = await session.ExecuteAsync(
                """
                INSERT INTO share (id, uln, made_at, made_by, version, events, fields, for_whom, reason, ends_at, most_views, may_download, tell_me, report_reference, draw, code_hash, link_hash)
                VALUES (@Id, @uln, @MadeAt, @by, @Version, @events, @fields, @ForWhom, @Reason, @EndsAt, @MostViews, @MayDownload, @TellMe, @report, @draw, @code, @link)
                ON CONFLICT (code_hash) DO NOTHING
                """,
                new
                {
                    share.Id,
                    uln = share.Uln.Value,
                    share.MadeAt,
                    by = access.Actor.AccountId,
                    share.Version,
                    events = Text(share.Terms.Events),
                    fields = (int)share.Terms.Fields,
                    share.Terms.ForWhom,
                    share.Terms.Reason,
                    share.Terms.EndsAt,
                    share.Terms.MostViews,
                    share.Terms.MayDownload,
                    share.Terms.TellMe,
                    report = share.Report?.Value,
                    draw,
                    code = keys.Hash(secrets.Code),
                    link = keys.HashOfLink(secrets.Link),
                });
            if (kept > 0)
            {
                return;
            }
        }

        throw new InvalidOperationException("No share code was free.");
    }
}
