namespace Plr.Core.Learners;

/// <summary>When somebody may be the person, and how a search goes before a registration (DECISIONS, "Find before register"; DOSSIER §2.2).</summary>
/// <param name="PossibleAbove">In bits: who weighs more may be the person.</param>
/// <param name="GoodFor">A registration by a page or call needs a search for the same person by the same organisation that is no older.</param>
/// <param name="LookFor">After possible matches were shown a registration comes no sooner: time for a person to look at them.</param>
public sealed record SearchRules(double PossibleAbove, TimeSpan GoodFor, TimeSpan LookFor)
{
    /// <summary>More possible matches than these are not shown (DOSSIER §4.2).</summary>
    public const int MostPossible = 10;
}

/// <summary>What an organisation last looked for with the same five demographics.</summary>
/// <param name="Outcome">The name of the code.</param>
/// <param name="Shown">The learners who were shown.</param>
/// <param name="At">When.</param>
public sealed record RecentSearch(string Outcome, IReadOnlyList<Uln> Shown, DateTimeOffset At);
