using Plr.Core.LearningEvents;
using Plr.Core.Responses;

namespace Plr.Core.Batches;

/// <summary>How many rows of a batch had one outcome.</summary>
/// <param name="Name">Of a <see cref="ResponseCode"/> or an <see cref="AchievementChange"/>.</param>
/// <param name="Code">The code of that name; null for a change.</param>
/// <param name="Rows">At least one.</param>
public sealed record BatchCount(string Name, ResponseCode? Code, int Rows)
{
    private static readonly Dictionary<string, ResponseCode> Codes = ResponseCodes.All.ToDictionary(code => code.Name, StringComparer.Ordinal);

    /// <summary>Whether the rows were rejected.</summary>
    public bool IsRejection => Code?.Http >= 400;

    /// <summary>Counts as a person reads them: what went in, then what was rejected in the order in which rows are judged.</summary>
    /// <param name="rows">Rows by the outcome's name.</param>
    public static IReadOnlyList<BatchCount> Of(IReadOnlyDictionary<string, int> rows) =>
    [
        .. rows.Where(pair => pair.Value > 0).Select(pair => new BatchCount(pair.Key, Codes.GetValueOrDefault(pair.Key), pair.Value))
            .OrderBy(count => count.IsRejection).ThenBy(count => count.Code is { } code ? ResponseCodes.Order(code) : (int)Enum.Parse<AchievementChange>(count.Name) - 100),
    ];
}
