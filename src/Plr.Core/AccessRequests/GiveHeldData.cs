using Plr.Core.Learners;
using Plr.Core.Responses;

namespace Plr.Core.AccessRequests;

/// <summary>Gives a learner everything that is held about them (UK GDPR, article 15), at once and by themselves.</summary>
public sealed class GiveHeldData(IHeldDataStore store)
{
    /// <summary>What the register answers.</summary>
    /// <param name="Code">ExactMatch, UlnNotFound, or why not.</param>
    /// <param name="Held">What is held, when it is given.</param>
    public sealed record Answer(ResponseCode Code, HeldData? Held);

    /// <summary>Reads it and leaves the entry that says so.</summary>
    public async Task<Answer> RunAsync(Uln uln, Access access, CancellationToken ct = default)
    {
        if (Policy.Allow(access, PolicyAction.ViewOwnRecord, Subject.Learner(uln)).Refusal is { } refusal)
        {
            return new(refusal, null);
        }

        return await store.ReadAsync(uln, access, ct) is { } held ? new(ResponseCodes.ExactMatch, held) : new(ResponseCodes.UlnNotFound, null);
    }
}
