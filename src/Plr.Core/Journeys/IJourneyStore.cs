namespace Plr.Core.Journeys;

/// <summary>Somebody's answers on their way through several pages.</summary>
/// <param name="Id">Stands in the pages' addresses in place of anything personal: 128 random bits.</param>
/// <param name="AccountId">Whose: nobody else is given it.</param>
/// <param name="Kind">Which journey.</param>
/// <param name="Answers">JSON; may be personal, so it is never logged.</param>
/// <param name="ExpiresAt">After it the journey is as if it had never been.</param>
public sealed record Journey(Guid Id, Guid AccountId, string Kind, string Answers, DateTimeOffset ExpiresAt)
{
    /// <summary>Without the answers: a record's own text would carry them into a log.</summary>
    public override string ToString() => $"{Kind} {Id}";
}

/// <summary>Journeys as the store keeps them. They are drafts of the person's own, not part of the register: no entry in the trail.</summary>
public interface IJourneyStore
{
    /// <summary>Begins one; the id is the store's and cannot be guessed.</summary>
    Task<Guid> AddAsync(Guid accountId, string kind, string answers, DateTimeOffset expiresAt, CancellationToken ct = default);

    /// <summary>The journey, while it lasts and only to its owner; else null.</summary>
    Task<Journey?> GetAsync(Guid id, Guid accountId, DateTimeOffset now, CancellationToken ct = default);

    /// <summary>Replaces the answers and lengthens it; false when it is over or somebody else's.</summary>
    Task<bool> UpdateAsync(Guid id, Guid accountId, string answers, DateTimeOffset now, DateTimeOffset expiresAt, CancellationToken ct = default);

    /// <summary>Ends one: it was carried out or given up.</summary>
    Task RemoveAsync(Guid id, Guid accountId, CancellationToken ct = default);

    /// <summary>Removes those that are over; how many.</summary>
    Task<int> RemoveExpiredAsync(DateTimeOffset now, CancellationToken ct = default);
}
