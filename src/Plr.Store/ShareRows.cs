using System.Text.Json;
using Plr.Core.Sharing;

namespace Plr.Store;

/// <summary>A row of the table share.</summary>
internal sealed class ShareRow
{
    public const string Columns = "id, uln, made_at, version, events, fields, for_whom, reason, ends_at, most_views, may_download, ended_at, views, draw";

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

    public DateTimeOffset? EndedAt { get; init; }

    public int Views { get; init; }

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
        },
        MadeAt,
        EndedAt,
        Views,
        Version);

    public static string? Text(IReadOnlyList<int>? events) => events is null ? null : JsonSerializer.Serialize(events.Distinct().Order());
}
