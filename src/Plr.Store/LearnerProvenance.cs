using Plr.Core.Learners;

namespace Plr.Store;

/// <summary>Where a version of a learner came from, as one text: the trail's hash of a version that was loaded covers it, since the entry itself tells of the loading.</summary>
internal static class LearnerProvenance
{
    public static string Of(LearnerVersion version) => Of(
        StoredForms.ForSqlite(version.RecordedAt) as string,
        version.RecordedBy?.ToString(),
        Core.AccessWords.Word(version.Channel),
        Number(version.Batch),
        Number(version.BatchRow));

    public static string Of(string? at, string? organisation, string? channel, string? batch, string? row) => $"{at}|{organisation}|{channel}|{batch}|{row}";

    /// <summary>What the hash of a loaded version is of.</summary>
    public static string Loaded(string content, string provenance) => $"{content}\n{provenance}";

    private static string? Number(int? number) => number?.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
