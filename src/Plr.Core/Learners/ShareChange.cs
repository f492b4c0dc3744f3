namespace Plr.Core.Learners;

/// <summary>Which changes of the ability to share are allowed (DECISIONS, "Ability to share"): 0 → 1 and 0 → 2 always; 1 → 2 by the learner or the office; 2 → 1 with a new privacy notice; → 0 never.</summary>
public static class ShareChange
{
    /// <param name="from">As held.</param>
    /// <param name="to">As asked for.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="isNewNoticeGiven">Whether the learner was given the new privacy notice for this change.</param>
    public static bool IsAllowed(int from, int to, Actor actor, bool isNewNoticeGiven) => (from, to) switch
    {
        _ when from == to => true,
        (0, _) => true,
        (_, 0) => false,
        (1, 2) => (actor.Roles & (Roles.Learner | Roles.OfficeAgent | Roles.OfficeSenior)) != Roles.None,
        (2, 1) => isNewNoticeGiven,
        _ => false,
    };
}
