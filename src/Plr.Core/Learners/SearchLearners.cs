using Plr.Core.Matching;
using Plr.Core.Responses;

namespace Plr.Core.Learners;

/// <summary>Somebody whom a search found.</summary>
/// <param name="Learner">The learner; the master when the record that agrees was merged.</param>
/// <param name="By">The merged record by which they were found, if it was one.</param>
/// <param name="Judgement">How likely it is the person, and why.</param>
public sealed record FoundLearner(Learner Learner, Uln? By, Judgement Judgement);

/// <summary>A learner as the store holds them, and the active one to whom they lead.</summary>
public sealed record HeldLearner(Learner Held, Learner Master)
{
    /// <summary>A learner who leads to nobody else.</summary>
    public static HeldLearner Own(Learner learner) => new(learner, learner);

    public bool IsMerged => Held.Uln != Master.Uln;

    /// <summary>With whom somebody who gives the ULN is compared.</summary>
    public UlnIdentity Identity => new(Held.Details.Identity, IsMerged ? Master.Details.Identity : null);
}

/// <summary>What a search came to.</summary>
/// <param name="Code">NoMatch, TooManyMatches, PossibleMatches, ExactMatch or MasterSubstituted.</param>
/// <param name="Found">Who is shown, the likeliest first.</param>
public sealed record SearchOutcome(ResponseCode Code, IReadOnlyList<FoundLearner> Found);

/// <summary>A search for the store to carry out.</summary>
/// <param name="Key">The five demographics: whoever is equal in them is always among those judged.</param>
/// <param name="Look">Whom else to judge.</param>
/// <param name="Judge">Pure.</param>
/// <param name="IsShown">Whether those found are shown; otherwise only the outcome is told.</param>
/// <param name="Query">What was asked for, kept in the erasable details of the entry.</param>
public sealed record LearnerSearch(PersonKey Key, LearnerLook Look, Func<IReadOnlyList<HeldLearner>, SearchOutcome> Judge, bool IsShown, string Query);

/// <summary>
/// Finds a person by their demographics: exact, possible (1 to 10, the likeliest first), none, too many, or by a merged record its master (DOSSIER
/// §4.2). Everybody who is shown has an entry in their trail; a search that shows nobody has one in the organisation's. The search is remembered for a
/// registration that follows.
/// </summary>
public sealed class SearchLearners(ILearnerStore store, LearnerLookup lookup, TimeProvider time)
{
    /// <summary>What was asked. The first five are needed; formats are those of a learner's details (DOSSIER §3).</summary>
    public sealed record Request
    {
        public string? GivenName { get; init; }

        public string? FamilyName { get; init; }

        /// <summary>yyyy-MM-dd.</summary>
        public string? DateOfBirth { get; init; }

        /// <summary>0 not known, 1 male, 2 female, 9 not specified.</summary>
        public string? Gender { get; init; }

        public string? LastKnownPostCode { get; init; }

        public string? PreviousFamilyName { get; init; }

        public string? SchoolAtAge16 { get; init; }

        public string? PlaceOfBirth { get; init; }

        public string? EmailAddress { get; init; }

        /// <summary>FUL (or nothing): whoever is found is shown. CHK: only the outcome is told (DOSSIER §4.1).</summary>
        public string? FindType { get; init; }

        /// <summary>As a learner's text, for the rules of their fields.</summary>
        internal LearnerText Text => new()
        {
            GivenName = GivenName,
            FamilyName = FamilyName,
            DateOfBirth = DateOfBirth,
            Gender = Gender,
            LastKnownPostCode = LastKnownPostCode,
            PreviousFamilyName = PreviousFamilyName,
            SchoolAtAge16 = SchoolAtAge16,
            PlaceOfBirth = PlaceOfBirth,
            EmailAddress = EmailAddress,
            AbilityToShare = "0",
            VerificationType = "0",
        };
    }

    /// <summary>What the register answers.</summary>
    /// <param name="Code">NoMatch, TooManyMatches, PossibleMatches, ExactMatch, MasterSubstituted, or why not.</param>
    /// <param name="Found">Who was found; nobody after CHK.</param>
    /// <param name="Position">Up to which change the index had followed the register; null when the search did not see all of it.</param>
    /// <param name="Findings">What is wrong with what was asked.</param>
    public sealed record Answer(ResponseCode Code, IReadOnlyList<FoundLearner> Found, long? Position, IReadOnlyList<Finding> Findings);

    /// <summary>Searches.</summary>
    /// <param name="request">Text, as the face received it.</param>
    /// <param name="access">Who and why: a provider for enrolment or for advice and guidance.</param>
    /// <param name="ct">Cancels before the commit only.</param>
    public async Task<Answer> RunAsync(Request request, Access access, CancellationToken ct = default)
    {
        var decision = Policy.Allow(access, PolicyAction.FindLearner, Subject.None);
        if (!decision.IsAllowed)
        {
            return new(decision.Refusal!, [], null, []);
        }

        var findings = Check(request);
        if (findings.Count > 0)
        {
            return new(Finding.FirstCode(findings), [], null, findings);
        }

        var details = LearnerRules.Details(request.Text);
        var look = lookup.Of(details);
        var key = PersonKey.Of(details);
        var search = new LearnerSearch(key, look, held => Judge(look, key, held), request.FindType != "CHK", key.Text.Replace('\n', ' '));
        var outcome = await store.SearchAsync(search, access, ct);
        return new(outcome.Code, search.IsShown ? outcome.Found : [], look.Point?.Position, []);
    }

    /// <summary>What is wrong with what was asked, without asking the register.</summary>
    public IReadOnlyList<Finding> Check(Request request)
    {
        var findings = LearnerRules.Check(request.Text, DateOnly.FromDateTime(time.GetLocalNow().DateTime), isCreate: true);
        return request.FindType is null or "" or "FUL" or "CHK"
            ? findings
            : [.. findings, new(ResponseCodes.IncorrectFormat, "FindType", FindingRules.NotInCodeSet, "FUL, CHK")];
    }

    /// <summary>
    /// The outcome of DOSSIER §4.2. Exact is equal in all five demographics, whatever it weighs; of several who are, a person must choose. A merged record leads to its
    /// master, who is offered once.
    /// </summary>
    private static SearchOutcome Judge(LearnerLook look, PersonKey key, IReadOnlyList<HeldLearner> held)
    {
        var equal = held.Where(one => PersonKey.Of(one.Held.Details).Text == key.Text).ToList();
        var exact = equal.DistinctBy(one => one.Master.Uln).ToList();
        if (exact is [var only])
        {
            var isOwn = equal.Any(one => one.Held.Uln == one.Master.Uln);
            var shown = new FoundLearner(only.Master, isOwn ? null : only.Held.Uln, look.Evidence(only.Held.Details));
            return new(isOwn ? ResponseCodes.ExactMatch : ResponseCodes.MasterSubstituted, [shown]);
        }

        var possible = held
            .Select(one => (One: one, Judgement: exact.Contains(one) ? look.Evidence(one.Held.Details) : look.Judge(one.Held.Details)))
            .Where(one => one.Judgement is not null)
            .OrderByDescending(one => one.Judgement!.Weight).ThenBy(one => one.One.Held.Uln)
            .Select(one => new FoundLearner(one.One.Master, one.One.Held.Uln == one.One.Master.Uln ? null : one.One.Held.Uln, one.Judgement!))
            .DistinctBy(found => found.Learner.Uln)
            .ToList();
        return possible.Count switch
        {
            0 => new(ResponseCodes.NoMatch, []),
            > SearchRules.MostPossible => new(ResponseCodes.TooManyMatches, []),
            _ => new(ResponseCodes.PossibleMatches, possible),
        };
    }
}
