using Plr.Core.Learners;
using Plr.Core.Responses;

namespace Plr.Core.Moves;

/// <summary>What became of a file of a moved register.</summary>
/// <param name="Refusal">Why nobody may load: then nothing was. Null when the file was judged.</param>
/// <param name="Added">Rows that were new.</param>
/// <param name="AlreadyThere">Rows that the register held already, as they are.</param>
/// <param name="Refused">Rows that were not taken.</param>
/// <param name="MissingMasters">Learners, at most a thousand, who are merged into somebody who is not on the register.</param>
public sealed record MoveReport(ResponseCode? Refusal, long Added, long AlreadyThere, long Refused, IReadOnlyList<Uln> MissingMasters)
{
    /// <summary>Learners, at most a thousand, who are merged into somebody who is merged too.</summary>
    public IReadOnlyList<Uln> ChainedMerges { get; init; } = [];
}

/// <summary>What became of one row: added, there already, or refused with findings.</summary>
public sealed record MoveOutcome(bool IsAdded, IReadOnlyList<Finding> Findings)
{
    public static MoveOutcome Added { get; } = new(true, []);

    public static MoveOutcome AlreadyThere { get; } = new(false, []);

    public static MoveOutcome Refused(ResponseCode code, string heading, FindingRule rule, params string[] values) => new(false, [new(code, heading, rule, values)]);
}
