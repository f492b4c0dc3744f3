using System.Globalization;
using Plr.Core.Accounts;
using Plr.Core.Responses;
using Plr.Core.Text;

namespace Plr.Core.DataChallenges;

/// <summary>
/// What is asked of the words of a data challenge: the type fits what it is about; of two events neither is the other; either what it should be
/// or what is wrong is said; nothing is too long or unfit to be stored; an address can be written to.
/// </summary>
public static class ChallengeRules
{
    /// <summary>Of what somebody says, in characters.</summary>
    public const int LongestSaid = 2_000;

    /// <summary>Of what it should be, in characters.</summary>
    public const int LongestWanted = 300;

    /// <summary>A person has so many open challenges at most.</summary>
    public const int MostOpen = 20;

    /// <summary>Whether it is about one event, or begins with one.</summary>
    public static bool IsAboutEvent(ChallengeType type) => type is not (ChallengeType.DuplicateUln or ChallengeType.WrongDetails or ChallengeType.Missing);

    /// <summary>Whether a second event can be named: the same one again, or another that is not theirs either.</summary>
    public static bool MayNameTwo(ChallengeType type) => type is ChallengeType.AppearsMoreThanOnce or ChallengeType.NotThisLearners;

    /// <summary>Whether a second event must be named.</summary>
    public static bool NeedsTwo(ChallengeType type) => type is ChallengeType.AppearsMoreThanOnce;

    /// <summary>Whether there is something that it should be instead.</summary>
    public static bool HasWanted(ChallengeType type) =>
        type is ChallengeType.WrongGrade or ChallengeType.WrongDate or ChallengeType.WrongQualification or ChallengeType.WrongProvider or ChallengeType.WrongDetails or ChallengeType.Missing;

    /// <summary>Everything that is wrong with a challenge that is to be raised, in the order of its questions.</summary>
    public static IReadOnlyList<Finding> Check(RaiseChallenge.Request request)
    {
        if (!Enum.IsDefined(request.Type) || request.EventId is not null != IsAboutEvent(request.Type))
        {
            return [Wrong("Type", FindingRules.DoesNotFitEvent)];
        }

        return [.. Events(request), .. Words(request), .. Mail(request.MailTo)];
    }

    /// <summary>What is wrong with the words of a step; null when nothing is.</summary>
    public static Finding? CheckSaid(string? said) => string.IsNullOrWhiteSpace(said) ? Wrong("Said", FindingRules.Missing) : Unfit("Said", said, LongestSaid);

    /// <summary>What was typed as it is kept: null for nothing; the ends of lines as one character, as browsers count them.</summary>
    public static string? Kept(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : typed.Trim().ReplaceLineEndings("\n");

    /// <summary>What is wrong with where messages go.</summary>
    public static IEnumerable<Finding> Mail(string? address)
    {
        if (!string.IsNullOrEmpty(address) && !EmailAddresses.IsOne(address))
        {
            yield return Wrong("MailTo", FindingRules.BadEmail);
        }
    }

    private static IEnumerable<Finding> Events(RaiseChallenge.Request request)
    {
        if (request.OtherEventId is null ? NeedsTwo(request.Type) : !MayNameTwo(request.Type) || request.OtherEventId == request.EventId)
        {
            yield return Wrong("OtherEventId", request.OtherEventId is null ? FindingRules.Missing : FindingRules.DoesNotFitEvent);
        }
    }

    private static IEnumerable<Finding> Words(RaiseChallenge.Request request)
    {
        (string Field, string? Typed, int Longest)[] fields =
        [
            ("Missing.Title", request.Missing?.Title, LongestWanted),
            ("Missing.AwardingOrganisation", request.Missing?.AwardingOrganisation, LongestWanted),
            ("Missing.TakenAt", request.Missing?.TakenAt, LongestWanted),
            ("Missing.TakenIn", request.Missing?.TakenIn, LongestWanted),
            ("Wanted", request.Wanted, LongestWanted),
            ("Said", request.Said, LongestSaid),
        ];
        if (request.Type == ChallengeType.Missing && Kept(request.Missing?.Title) is null && Kept(request.Said) is null)
        {
            yield return Wrong("Missing.Title", FindingRules.Missing);
        }
        else if (request.Type != ChallengeType.Missing && Kept(request.Said) is null && (!HasWanted(request.Type) || Kept(request.Wanted) is null))
        {
            yield return Wrong(HasWanted(request.Type) ? "Wanted" : "Said", FindingRules.Missing);
        }

        foreach (var (field, typed, longest) in fields)
        {
            if (Unfit(field, typed, longest) is { } finding)
            {
                yield return finding;
            }
        }
    }

    private static Finding? Unfit(string field, string? typed, int longest) => Kept(typed) switch
    {
        null => null,
        { } text when text.Length > longest => Wrong(field, FindingRules.TooLong, longest.ToString(CultureInfo.InvariantCulture)),
        { } text when WireText.FirstFlaw(text, linesAllowed: true) is { } flaw => Wrong(field, FindingRules.BadCharacters, (flaw.Position + 1).ToString(CultureInfo.InvariantCulture)),
        _ => null,
    };

    private static Finding Wrong(string field, FindingRule rule, params string[] values) => new(ResponseCodes.DetailsIncorrect, field, rule, values);
}
