using Plr.Core.Matching;

namespace Plr.Core.Learners;

/// <summary>Whom the store is to weigh for a person: those whom the index offers, or all of a birth date while there is no index.</summary>
/// <param name="Person">Who is looked for.</param>
/// <param name="Candidates">Whom the index offers, the likeliest first.</param>
/// <param name="Point">Up to which change the index had followed the register; null when it is not loaded, and the store looks by birth date instead.</param>
/// <param name="BirthDates">The birth date and, where it is one, the date with day and month swapped: locked while a learner is added.</param>
/// <param name="Matcher">Weighs.</param>
/// <param name="PossibleAbove">Who weighs more, in bits, may be the person.</param>
public sealed record LearnerLook(
    PreparedPerson Person, IReadOnlyList<Uln> Candidates, FeedPoint? Point, IReadOnlyList<DateOnly> BirthDates, Matcher Matcher, double PossibleAbove)
{
    /// <summary>Weighs a learner who was read from the store; null when they are not the person.</summary>
    public Judgement? Judge(LearnerDetails held) => Evidence(held) is var judgement && judgement.Weight > PossibleAbove ? judgement : null;

    /// <summary>What speaks for and against a learner, whatever it weighs.</summary>
    public Judgement Evidence(LearnerDetails held) => Matcher.Judge(Person, held);
}

/// <summary>Looks people up in the find index before the store is asked (DESIGN §6, Finding people).</summary>
public sealed class LearnerLookup(LiveIndex index, SearchRules rules)
{
    // What the index does not hold (school, place of birth) can lift somebody by so many bits: who is that near is read from the store.
    private const double Beyond = 10;

    private readonly Lazy<Matcher> _unloaded = new(() => new(FindIndex.WeightsFor(index.Weights, 1_000_000)));

    public SearchRules Rules => rules;

    /// <summary>Whom to weigh for a person.</summary>
    public LearnerLook Of(LearnerDetails details)
    {
        var person = PreparedPerson.Of(details);
        var hasMore = details.SchoolAtAge16 is not null || details.PlaceOfBirth is not null;
        var looked = index.Search(person, hasMore ? rules.PossibleAbove - Beyond : rules.PossibleAbove);
        return new(
            person,
            looked is null ? [] : [.. looked.Numbers.Select(number => Uln.FromStem((int)number))],
            looked?.Point,
            Dates(details.DateOfBirth),
            looked?.Matcher ?? _unloaded.Value,
            rules.PossibleAbove);
    }

    private static DateOnly[] Dates(DateOnly born) =>
        born.Day <= 12 && born.Day != born.Month ? [born, new(born.Year, born.Day, born.Month)] : [born];
}
