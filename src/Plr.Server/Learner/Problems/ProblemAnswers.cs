using System.Text.Json;
using Plr.Core.DataChallenges;
using Plr.Core.Journeys;
using Plr.Core.Learners;

namespace Plr.Server.LearnerSite;

/// <summary>What a report of a problem is about.</summary>
public enum ProblemAbout
{
    Qualification = 1,
    Details = 2,
    Missing = 3,
}

/// <summary>What a learner has said so far of a problem that they report.</summary>
/// <param name="About">What it is about.</param>
/// <param name="EventId">The learning event, when it is one.</param>
/// <param name="Subject">Its title.</param>
public sealed record ProblemAnswers(ProblemAbout About, int? EventId, string? Subject)
{
    /// <summary>What is wrong; null until it was said.</summary>
    public ChallengeType? Type { get; init; } = About == ProblemAbout.Missing ? ChallengeType.Missing : null;

    /// <summary>The other learning event; null for none, and until it was said.</summary>
    public int? OtherEventId { get; init; }

    public string? OtherSubject { get; init; }

    /// <summary>Whether they have said which other one, or that there is none.</summary>
    public bool HasSaidOther { get; init; }

    public string? Wanted { get; init; }

    public string? Said { get; init; }

    public MissingQualification? Missing { get; init; }

    /// <summary>Whether they have said what it should be.</summary>
    public bool HasSaidWords { get; init; }

    /// <summary>Whether they have been asked for evidence and gone on.</summary>
    public bool HasPassedEvidence { get; init; }

    /// <summary>Where messages go, empty for nowhere; null until it was said.</summary>
    public string? MailTo { get; init; }

    /// <summary>The challenge, once it is sent.</summary>
    public Guid? Challenge { get; init; }

    /// <summary>Says what is wrong. What was said of another kind of problem does not fit this one.</summary>
    public ProblemAnswers OfType(ChallengeType type) => type == Type
        ? this
        : this with { Type = type, OtherEventId = null, OtherSubject = null, HasSaidOther = false, Wanted = null, HasSaidWords = false };

    public RaiseChallenge.Request Request(Uln uln, Guid journey) => new(uln, EventId, Type ?? throw new InvalidOperationException("Nothing is said to be wrong yet."), Said)
    {
        OtherEventId = OtherEventId,
        Wanted = Wanted,
        Missing = Missing,
        MailTo = MailTo,
        Journey = journey,
    };

    /// <summary>Without the words: a record's own text would carry them into a log.</summary>
    public override string ToString() => "report a problem";
}

/// <summary>One page of the journey.</summary>
/// <param name="Page">The Razor page.</param>
/// <param name="IsNeeded">Whether it is asked at all.</param>
/// <param name="IsAnswered">Whether it was answered.</param>
public sealed record ProblemStep(string Page, Func<ProblemAnswers, bool> IsNeeded, Func<ProblemAnswers, bool> IsAnswered);

/// <summary>The steps of reporting a problem, in their order. Where somebody goes on, back, or comes to too early, follows from this list.</summary>
public static class ProblemSteps
{
    public const string What = "/Learner/Problems/What";
    public const string Missing = "/Learner/Problems/Missing";
    public const string Which = "/Learner/Problems/Which";
    public const string ShouldBe = "/Learner/Problems/ShouldBe";
    public const string Evidence = "/Learner/Problems/Evidence";
    public const string Contact = "/Learner/Problems/Contact";
    public const string Check = "/Learner/Problems/Check";

    public static IReadOnlyList<ProblemStep> All { get; } =
    [
        new(What, answers => answers.About != ProblemAbout.Missing, answers => answers.Type is not null),
        new(Missing, answers => answers.About == ProblemAbout.Missing, answers => answers.HasSaidWords),
        new(Which, answers => answers.Type is { } type && ChallengeRules.MayNameTwo(type), answers => answers.HasSaidOther),
        new(ShouldBe, answers => answers.About != ProblemAbout.Missing, answers => answers.HasSaidWords),
        new(Evidence, _ => true, answers => answers.HasPassedEvidence),
        new(Contact, _ => true, answers => answers.MailTo is not null),
        new(Check, _ => true, _ => false),
    ];

    /// <summary>The first page that is not answered yet; when all are, the one with all answers.</summary>
    public static string Next(ProblemAnswers answers) => Needed(answers).First(step => !step.IsAnswered(answers)).Page;

    /// <summary>The page before this one; null for the first.</summary>
    public static string? Before(string page, ProblemAnswers answers) => Needed(answers).TakeWhile(step => step.Page != page).LastOrDefault()?.Page;

    /// <summary>Whether somebody may be on this page: it is asked, and all before it are answered.</summary>
    public static bool IsOpen(string page, ProblemAnswers answers) =>
        Needed(answers).Any(step => step.Page == page) && Needed(answers).TakeWhile(step => step.Page != page).All(step => step.IsAnswered(answers));

    private static IEnumerable<ProblemStep> Needed(ProblemAnswers answers) => All.Where(step => step.IsNeeded(answers));
}

/// <summary>The journeys of reporting a problem. They last for days: somebody may have to look for a certificate, and signs in again.</summary>
public sealed class ProblemJourneys(IJourneyStore journeys, Settings settings, TimeProvider time)
{
    private const string Kind = "report-a-problem";

    private DateTimeOffset Ends => time.GetUtcNow() + TimeSpan.FromDays(settings.Challenges.AnswersKeptDays);

    public Task<Guid> BeginAsync(Guid accountId, ProblemAnswers answers, CancellationToken ct) => journeys.AddAsync(accountId, Kind, JsonSerializer.Serialize(answers), Ends, ct);

    /// <summary>Null when it is over, never was, or is somebody else's.</summary>
    public async Task<ProblemAnswers?> GetAsync(Guid id, Guid accountId, CancellationToken ct) =>
        await journeys.GetAsync(id, accountId, time.GetUtcNow(), ct) is { Kind: Kind } journey ? JsonSerializer.Deserialize<ProblemAnswers>(journey.Answers) : null;

    public Task<bool> UpdateAsync(Guid id, Guid accountId, ProblemAnswers answers, CancellationToken ct) =>
        journeys.UpdateAsync(id, accountId, JsonSerializer.Serialize(answers), time.GetUtcNow(), Ends, ct);
}
