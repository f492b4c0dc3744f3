using System.Globalization;
using System.Text.Json;
using Plr.Core.Mail;
using Plr.Core.Reports;

namespace Plr.Store;

/// <summary>
/// Tells those who saw a learning event through a share, and left an address, that it was corrected or withdrawn, in the transaction of the correction (UK GDPR, article 19; DECISIONS,
/// "Data challenges"). The mail says when they looked and the reference of their receipt, and nothing of the learner.
/// </summary>
internal static class ShareCorrections
{
    /// <summary>Whoever looked longer ago is not told.</summary>
    private const int Days = 365;

    /// <param name="session">The transaction.</param>
    /// <param name="ulns">All ULNs of the learners whose events these are.</param>
    /// <param name="events">Which have a further version now.</param>
    /// <param name="now">When.</param>
    public static async Task TellAsync(Session session, IReadOnlyCollection<long> ulns, IReadOnlySet<int> events, DateTimeOffset now)
    {
        if (events.Count == 0)
        {
            return;
        }

        var views = await session.QueryAsync<Row>(
            $"""
            SELECT v.seen_at, v.shown, v.email_address, v.organisation, v.language, v.receipt_reference FROM share_view v
            WHERE v.share_id IN (SELECT id FROM share WHERE {session.AnyOf("uln", "ulns")}) AND v.email_address IS NOT NULL AND v.seen_at > @since ORDER BY v.seen_at DESC
            """,
            new { ulns = session.Keys(ulns), since = now.AddDays(-Days) });

        // Somebody who looked twice is told once, of the last time.
        foreach (var view in views.Where(view => JsonSerializer.Deserialize<int[][]>(view.Shown)!.Any(shown => events.Contains(shown[0]))).DistinctBy(view => view.EmailAddress.ToUpperInvariant()))
        {
            await OutboxStore.AddAsync(
                session, view.EmailAddress, view.Organisation ?? "", view.Language == "cy", MailKind.ShareCorrected, now,
                view.SeenAt.ToString("O", CultureInfo.InvariantCulture), ReportReference.TryParse(view.ReceiptReference, out var reference) ? reference.ToString() : "");
        }
    }

    private sealed class Row
    {
        public DateTimeOffset SeenAt { get; init; }

        public string Shown { get; init; } = "";

        public string EmailAddress { get; init; } = "";

        public string? Organisation { get; init; }

        public string? Language { get; init; }

        public string? ReceiptReference { get; init; }
    }
}
