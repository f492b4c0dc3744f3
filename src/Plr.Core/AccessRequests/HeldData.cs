using Plr.Core.DataChallenges;
using Plr.Core.Learners;
using Plr.Core.Moves;
using Plr.Core.Sharing;

namespace Plr.Core.AccessRequests;

/// <summary>Everything that the register holds about a learner, under all their ULNs. The entries of their trail are read from the trail, which has many.</summary>
public sealed record HeldData
{
    public required Learner Learner { get; init; }

    /// <summary>All versions of their details, by ULN and then oldest first.</summary>
    public required IReadOnlyList<LearnerVersion> Details { get; init; }

    /// <summary>All versions of their learning events, by ULN and number and then oldest first.</summary>
    public required IReadOnlyList<MovedLearningEvent> Events { get; init; }

    public required IReadOnlyList<ChallengeHistory> Challenges { get; init; }

    public required IReadOnlyList<OwnShare> Shares { get; init; }

    /// <summary>The names of the organisations that versions name.</summary>
    public required IReadOnlyDictionary<Guid, string> Organisations { get; init; }

    /// <summary>Without whose it is.</summary>
    public override string ToString() => "held data";
}

/// <summary>Reads everything at once; the learner's trail says so in the same transaction.</summary>
public interface IHeldDataStore
{
    /// <summary>Null when the ULN is nobody's, or their record is closed.</summary>
    Task<HeldData?> ReadAsync(Uln uln, Access access, CancellationToken ct = default);
}
