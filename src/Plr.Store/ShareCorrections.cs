using System.Globalization;
using System.Text.Json;
using Plr.Core.Mail;
using Plr.Core.Reports;
using Plr.Core.Sharing;

namespace Plr.Store;

/// <summary>
/// Tells those who saw a learning event through a share, and left an address, that it was corrected or withdrawn, in the transaction of the correction (UK GDPR, article 19; DECISIONS,
/// "Data challenges"). The mail says when they looked and the reference of their receipt, and nothing of the learner.
/// </summary>
internal static class ShareCorrections
{
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
            SELECT s.uln, v.seen_at, v.shown, v.email_address, v.language, v.receipt_reference FROM share s JOIN share_view v ON v.share_id = s.id
            WHERE {session.AnyOf("s.uln", "ulns")} AND v.email_address IS NOT NULL AND v.seen_at > @since ORDER BY v.seen_at DESC
            """,
            new { ulns = session.Keys(ulns), since = now.AddDays(-ShareRules.ToldDays) });

        // Somebody who looked twice at one learner's is told once, of the last time.
        foreach (var view in views.Where(view => JsonSerializer.Deserialize<int[][]>(view.Shown)!.Any(shown => events.Contains(shown[0]))).DistinctBy(view => (view.Uln, view.EmailAddress.ToUpperInvariant())))
        {
            await OutboxStore.AddAsync(
                session, view.EmailAddress, "", view.Language == "cy", MailKind.ShareCorrected, now,
                view.SeenAt.ToString("O", CultureInfo.InvariantCulture), ReportReference.TryParse(view.ReceiptReference, out var reference) ? reference.ToString() : "");
        }
    }

    private sealed class Row
    {
        public long Uln { get; init; }

        public DateTimeOffset SeenAt { get; init; }

        public string Shown { get; init; } = "";

        public string EmailAddress { get; init; } = "";

        public string? Language { get; init; }

        public string? ReceiptReference { get; init; }
    }
}
