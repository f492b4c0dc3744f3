using Plr.Core.Learners;

namespace Plr.Core.DataChallenges;

/// <summary>Data challenges as the store keeps them. Raising one leaves an entry in the learner's trail in the same transaction.</summary>
public interface IDataChallengeStore
{
    /// <summary>Keeps a challenge; the id is the store's. Null when the ULN is nobody's, or the event is not on this learner's record.</summary>
    Task<DataChallenge?> AddAsync(DataChallenge challenge, Access access, CancellationToken ct = default);

    /// <summary>A learner's challenges, newest first.</summary>
    Task<IReadOnlyList<DataChallenge>> ListAsync(Uln uln, Access access, CancellationToken ct = default);
}
