namespace Plr.Core.Matching;

/// <summary>What weights are learned from: pairs that share a block, all of them or a part that was drawn, and people at random.</summary>
internal sealed record TrainingSample
{
    /// <summary>Those who are in a pair.</summary>
    public required IReadOnlyList<PreparedPerson> People { get; init; }

    /// <summary>By places in <see cref="People"/>.</summary>
    public required IReadOnlyList<ComparedPair> Pairs { get; init; }

    /// <summary>People at random, who are compared to see how often two agree by chance.</summary>
    public required IReadOnlyList<PreparedPerson> Random { get; init; }

    /// <summary>How many there are in all.</summary>
    public required long Learners { get; init; }

    /// <summary>Which part of the blocks the pairs are of.</summary>
    public double Part { get; init; } = 1;

    /// <summary>Whether it is of a register, which has prevented most duplicates and is blocked by the find index's keys.</summary>
    public bool IsOfRegister { get; init; }

    /// <summary>How many pairs of any two there are.</summary>
    public double AllPairs => Math.Max(1.0, (double)Learners * (Learners - 1) / 2);

    /// <summary>Of how many pairs of any two the pairs are the blocked ones.</summary>
    public double PairsOfPart => AllPairs * Part;
}
