using System.Text.Encodings.Web;
using System.Text.Json;
using Plr.Core.Batches;
using Plr.Core.Responses;

namespace Plr.Store;

/// <summary>How the outcome of a data row is stored: its code by name, its findings as <c>[[code, field, rule, values…],…]</c>.</summary>
public static class BatchRowForm
{
    // The text lies in a database column, never in HTML: Welsh letters stay readable there.
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Dictionary<string, ResponseCode> Codes = ResponseCodes.All.ToDictionary(code => code.Name);
    private static readonly Dictionary<string, FindingRule> Rules = FindingRules.All.ToDictionary(rule => rule.Name);

    /// <summary>The columns of table batch_row, in the order of <see cref="Values"/>.</summary>
    public static IReadOnlyList<string> Columns { get; } = ["batch_id", "row", "line", "code", "uln", "person_key", "findings"];

    /// <summary>One row for <see cref="BatchProgress.KeepAsync"/>.</summary>
    /// <param name="batchId">The batch.</param>
    /// <param name="row">The outcome.</param>
    /// <param name="personKey">Finds a later row of the same learner; null where that is not asked.</param>
    public static object?[] Values(int batchId, BatchRow row, long? personKey) =>
        [batchId, row.Row, row.Line, row.Code.Name, row.Uln, personKey, row.Findings.Count == 0 ? null : Write(row.Findings)];

    public static string Write(IReadOnlyList<Finding> findings) => JsonSerializer.Serialize(
        findings.Select(finding => (string[])[finding.Code.Name, finding.Field, finding.Rule.Name, .. finding.Values]), Compact);

    /// <summary>Reads what <see cref="Write"/> wrote; nothing stored is no finding.</summary>
    public static IReadOnlyList<Finding> Read(string? stored) => stored is null
        ? []
        : [.. JsonSerializer.Deserialize<string[][]>(stored)!.Select(parts => new Finding(Code(parts[0]), parts[1], Rules[parts[2]], parts[3..]))];

    /// <summary>The outcome of that name.</summary>
    public static ResponseCode Code(string name) => Codes[name];
}
