using Plr.Core.Batches;
using Plr.Core.LearningEvents;
using Plr.Core.Responses;

namespace Plr.Server.Portal;

/// <summary>A batch's counts as a person reads them: what went in, what was rejected, in the order in which rows are judged.</summary>
internal static class BatchCounts
{
    private static readonly Dictionary<string, ResponseCode> Codes = ResponseCodes.All.ToDictionary(code => code.Name, StringComparer.Ordinal);

    /// <summary>Rows that were rejected.</summary>
    public static int Rejected(Batch batch) => batch.Counts.Where(pair => IsRefusal(pair.Key)).Sum(pair => pair.Value);

    /// <summary>Rows that went in.</summary>
    public static int Accepted(Batch batch) => batch.Counts.Where(pair => !IsRefusal(pair.Key)).Sum(pair => pair.Value);

    /// <summary>The outcomes that occurred, accepted ones first, each with its code as a file writes it, if it has one.</summary>
    public static IReadOnlyList<(string Name, string? Code, int Rows)> Of(Batch batch) =>
    [
        .. batch.Counts.Where(pair => pair.Value > 0)
            .OrderBy(pair => IsRefusal(pair.Key)).ThenBy(pair => Order(pair.Key))
            .Select(pair => (pair.Key, Codes.GetValueOrDefault(pair.Key)?.Row, pair.Value)),
    ];

    private static bool IsRefusal(string name) => Codes.TryGetValue(name, out var code) && code.Http >= 400;

    private static int Order(string name) =>
        Codes.TryGetValue(name, out var code) ? ResponseCodes.Order(code) : (int)Enum.Parse<AchievementChange>(name) - 100;
}
