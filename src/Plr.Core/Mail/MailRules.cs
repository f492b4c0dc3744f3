namespace Plr.Core.Mail;

/// <summary>How often a mail is tried.</summary>
public static class MailRules
{
    private const double LongestWaitMinutes = 60;

    /// <summary>A mail that could not be sent for so long is given up.</summary>
    public static TimeSpan GivenUpAfter { get; } = TimeSpan.FromDays(1);

    /// <summary>When a mail is tried again after so many attempts: after a minute, then twice as long each time, at most an hour. Null: it is given up.</summary>
    public static DateTimeOffset? TryAgainAt(DateTimeOffset createdAt, int attempts, DateTimeOffset now)
    {
        var next = now + TimeSpan.FromMinutes(Math.Min(LongestWaitMinutes, Math.Pow(2, Math.Clamp(attempts - 1, 0, 10))));
        return next - createdAt > GivenUpAfter ? null : next;
    }
}
