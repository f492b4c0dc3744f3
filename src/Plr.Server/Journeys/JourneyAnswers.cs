using System.Text.Json;
using Plr.Core.Journeys;

namespace Plr.Server.Journeys;

/// <summary>The answers of one kind of journey. A journey is its account's own and lasts as long as a session that is not used; whoever signs in again meanwhile goes on where they were.</summary>
public abstract class JourneyAnswers<T>(IJourneyStore journeys, Settings settings, TimeProvider time, string kind)
    where T : class
{
    private DateTimeOffset Ends => time.GetUtcNow() + TimeSpan.FromMinutes(settings.SignIn.IdleMinutes);

    /// <summary>Begins one with these answers.</summary>
    public Task<Guid> BeginAsync(Guid accountId, T answers, CancellationToken ct) => journeys.AddAsync(accountId, kind, JsonSerializer.Serialize(answers), Ends, ct);

    /// <summary>Null when it is over, never was, or is somebody else's.</summary>
    public async Task<T?> GetAsync(Guid id, Guid accountId, CancellationToken ct) =>
        await journeys.GetAsync(id, accountId, time.GetUtcNow(), ct) is { } journey && journey.Kind == kind ? JsonSerializer.Deserialize<T>(journey.Answers) : null;

    /// <summary>Replaces the answers; false when it is over or somebody else's.</summary>
    public Task<bool> UpdateAsync(Guid id, Guid accountId, T answers, CancellationToken ct) =>
        journeys.UpdateAsync(id, accountId, JsonSerializer.Serialize(answers), time.GetUtcNow(), Ends, ct);
}
