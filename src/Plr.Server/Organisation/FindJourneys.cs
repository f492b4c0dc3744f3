using System.Text.Json;
using Plr.Core;
using Plr.Core.Journeys;
using Plr.Core.Learners;
using Plr.Core.Responses;

namespace Plr.Server.Portal;

/// <summary>What was asked for on the way to a learner, and whom it found.</summary>
/// <param name="Uln">As typed, or of whoever was chosen.</param>
/// <param name="GivenName">As typed, or of whoever was chosen.</param>
/// <param name="FamilyName">As typed, or of whoever was chosen.</param>
/// <param name="Found">The ULN of the learner who was shown; null until one was.</param>
/// <param name="Purpose">Why the record is looked at; null until somebody has said it.</param>
public sealed record FindAnswers(string Uln, string GivenName, string FamilyName, string? Found, Purpose? Purpose)
{
    /// <summary>The search by personal details, when it was one.</summary>
    public PersonSearch? Search { get; init; }

    /// <summary>The learner to register; null until the form was sent.</summary>
    public LearnerText? New { get; init; }

    /// <summary>What became of the registration: the name of its code, once a learner has the ULN.</summary>
    public string? Outcome { get; init; }

    /// <summary>The change of the learner's details that is on its way.</summary>
    public LearnerEdit? Edit { get; init; }

    /// <summary>The name of the code of a change that was carried out.</summary>
    public string? Saved { get; init; }

    /// <summary>
    /// After a change was carried out, or dropped without a code: the learner is found by the names that they have now. What the form was filled with stays, so that
    /// what is sent from it once more is held against that.
    /// </summary>
    public FindAnswers After(ResponseCode? code, LearnerText held) =>
        this with { GivenName = held.GivenName!, FamilyName = held.FamilyName!, Edit = Edit! with { Changed = null, Now = null }, Saved = code?.Name };

    /// <summary>Without the person: a record's own text would carry them into a log.</summary>
    public override string ToString() => "find a learner";
}

/// <summary>A change of a learner's details.</summary>
/// <param name="Read">The details that the form was filled with.</param>
/// <param name="Version">Their version.</param>
/// <param name="Changed">What the person sent; null until they did.</param>
/// <param name="IsNewNoticeGiven">Whether they said that the learner was given the new privacy notice.</param>
public sealed record LearnerEdit(LearnerText Read, int Version, LearnerText? Changed, bool IsNewNoticeGiven)
{
    /// <summary>What is held now, when somebody else changed it meanwhile and both changes are shown.</summary>
    public HeldNow? Now { get; init; }

    /// <summary>Without the person.</summary>
    public override string ToString() => "change a learner";
}

/// <summary>A learner's details as they are now.</summary>
public sealed record HeldNow(LearnerText Text, int Version)
{
    /// <summary>Without the person.</summary>
    public override string ToString() => $"version {Version}";
}

/// <summary>
/// The journeys of finding a learner. A journey is its account's own and lasts as long as a session that is not used. Each search, each choice and each form has one of its
/// own, begun with the answers of the one that led to it: whoever works in two tabs at once is never told, in one, what they said in the other, and loses nothing.
/// </summary>
public sealed class FindJourneys(IJourneyStore journeys, ILearnerStore learners, Settings settings, TimeProvider time)
{
    private const string Kind = "find-learner";

    private DateTimeOffset Ends => time.GetUtcNow() + TimeSpan.FromMinutes(settings.SignIn.IdleMinutes);

    public Task<Guid> BeginAsync(Guid accountId, FindAnswers answers, CancellationToken ct) =>
        journeys.AddAsync(accountId, Kind, JsonSerializer.Serialize(answers), Ends, ct);

    /// <summary>Null when it is over, never was, or is somebody else's.</summary>
    public async Task<FindAnswers?> GetAsync(Guid id, Guid accountId, CancellationToken ct) =>
        await journeys.GetAsync(id, accountId, time.GetUtcNow(), ct) is { Kind: Kind } journey ? JsonSerializer.Deserialize<FindAnswers>(journey.Answers) : null;

    /// <summary>The learner whom a journey found, as they are now, for whoever is to change them; whom it shows has an entry in the trail.</summary>
    /// <returns>Neither when nobody was found, or they are no longer on the register.</returns>
    public async Task<(Learner? Held, ResponseCode? Refusal)> ShowToChangeAsync(FindAnswers? answers, Access access, CancellationToken ct)
    {
        if (answers?.Found is not { } found)
        {
            return (null, null);
        }

        var uln = Uln.Parse(found);
        var decision = Policy.Allow(access, PolicyAction.UpdateLearner, Subject.Learner(uln));
        return decision.IsAllowed ? (await learners.ShowAsync(uln, _ => true, found, access, ct), null) : (null, decision.Refusal);
    }

    public Task<bool> UpdateAsync(Guid id, Guid accountId, FindAnswers answers, CancellationToken ct) =>
        journeys.UpdateAsync(id, accountId, JsonSerializer.Serialize(answers), time.GetUtcNow(), Ends, ct);
}
