using System.Data.Common;
using Plr.Core;
using Plr.Core.Learners;

namespace Plr.Store;

/// <summary>The columns of the table learner_version, in the one order in which they are written and read.</summary>
internal static class LearnerVersionRows
{
    public static IReadOnlyList<string> Columns { get; } = ["uln", "version", "content", "salt", "recorded_at", "recorded_by", "channel", "batch", "batch_row"];

    public static void Write(BulkRow row, LearnerVersion version, string content, byte[] salt)
    {
        row.Add(version.Learner.Uln.Value);
        row.Add(version.Learner.Version);
        row.Add(content);
        row.Add(salt);
        row.Add(version.RecordedAt);
        row.Add(version.RecordedBy);
        row.Add((long)version.Channel);
        row.Add(version.Batch);
        row.Add(version.BatchRow);
    }

    /// <summary>Reads content, recorded_at, recorded_by, channel, batch and batch_row, which stand from a column on.</summary>
    public static LearnerVersion Read(DbDataReader row, int first) => Version(row, LearnerContent.Read(row.GetString(first)), first + 1);

    /// <summary>Reads recorded_at, recorded_by, channel, batch and batch_row, which stand from a column on.</summary>
    public static string Provenance(DbDataReader row, int first) => LearnerProvenance.Of(Version(row, null!, first));

    private static LearnerVersion Version(DbDataReader row, Learner learner, int first) => new(
        learner,
        row.GetFieldValue<DateTimeOffset>(first),
        row.IsDBNull(first + 1) ? null : row.GetFieldValue<Guid>(first + 1),
        (Channel)row.GetInt32(first + 2),
        row.IsDBNull(first + 3) ? null : row.GetInt32(first + 3),
        row.IsDBNull(first + 4) ? null : row.GetInt32(first + 4));
}
