using System.Text.Json;
using Plr.Core;
using Plr.Core.Journeys;

namespace Plr.Server.Portal;

/// <summary>What was asked for on the way to a learner, and whom it found.</summary>
/// <param name="Uln">As typed.</param>
/// <param name="GivenName">As typed.</param>
/// <param name="FamilyName">As typed.</param>
/// <param name="Found">The ULN of the learner who was shown; null until one was.</param>
/// <param name="Purpose">Why the record is looked at; null until somebody has said it.</param>
public sealed record FindAnswers(string Uln, string GivenName, string FamilyName, string? Found, Purpose? Purpose)
{
    /// <summary>Without the person: a record's own text would carry them into a log.</summary>
    public override string ToString() => "find a learner";
}

/// <summary>The journeys of finding a learner. A journey is its account's own and lasts as long as a session that is not used.</summary>
public sealed class FindJourneys(IJourneyStore journeys, Settings settings, TimeProvider time)
{
    private const string Kind = "find-learner";

    private DateTimeOffset Ends => time.GetUtcNow() + TimeSpan.FromMinutes(settings.SignIn.IdleMinutes);

    public Task<Guid> BeginAsync(Guid accountId, FindAnswers answers, CancellationToken ct) =>
        journeys.AddAsync(accountId, Kind, JsonSerializer.Serialize(answers), Ends, ct);

    /// <summary>Null when it is over, never was, or is somebody else's.</summary>
    public async Task<FindAnswers?> GetAsync(Guid id, Guid accountId, CancellationToken ct) =>
        await journeys.GetAsync(id, accountId, time.GetUtcNow(), ct) is { Kind: Kind } journey ? JsonSerializer.Deserialize<FindAnswers>(journey.Answers) : null;

    public Task<bool> UpdateAsync(Guid id, Guid accountId, FindAnswers answers, CancellationToken ct) =>
        journeys.UpdateAsync(id, accountId, JsonSerializer.Serialize(answers), time.GetUtcNow(), Ends, ct);
}
