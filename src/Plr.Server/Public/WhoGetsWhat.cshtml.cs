using Microsoft.AspNetCore.Mvc.RazorPages;
using Plr.Core;
using Plr.Server.SignIn;

namespace Plr.Server.PublicSite;

/// <summary>Who sees what of a learner and what for, as <see cref="Policy.Table"/> says it: a row that is added there stands here.</summary>
[Does(PolicyAction.ReadPublicPages)]
public sealed class WhoGetsWhatModel : PageModel
{
    /// <summary>Whom a reader takes for one, in the order of the page: the end of a key, and the roles they have. No role is whoever has what opens a share.</summary>
    public static readonly IReadOnlyList<(string Audience, Roles Roles)> Audiences =
    [
        ("Learner", Roles.Learner),
        ("Provider", Roles.LrbOnline | Roles.LrbBatch | Roles.LrbViewOnly),
        ("Awarding", Roles.AwardingOrganisation),
        ("Organisation", Roles.DataChallenge | Roles.SuperUser),
        ("Checker", Roles.None),
        ("Office", RoleSets.Office),
        ("Register", Roles.Register),
    ];

    /// <summary>What each audience may do with a learner's data; an audience that may do nothing is left out.</summary>
    public IReadOnlyList<(string Audience, IReadOnlyList<Permission> May)> Table { get; } =
        [.. Audiences.Select(one => (one.Audience, May(one.Roles))).Where(one => one.Item2.Count > 0)];

    public void OnGet()
    {
        // The table is the same for everybody.
    }

    private static IReadOnlyList<Permission> May(Roles roles) =>
    [
        .. Policy.Table.Where(row => row.Purposes.Length > 0 && (roles == Roles.None ? row.Role == Roles.None : (row.Role & roles) != Roles.None))
            .GroupBy(row => row.Action)
            .Select(rows => new Permission(
                rows.Key, rows.Max(row => row.Fields), [.. rows.SelectMany(row => row.Purposes).Distinct().Order()], rows.All(row => row.Duties.HasFlag(Duties.RespectAbilityToShare)))),
    ];

    /// <summary>One thing that an audience may do.</summary>
    /// <param name="Action">What.</param>
    /// <param name="Fields">What they see at most.</param>
    /// <param name="Purposes">What for.</param>
    /// <param name="OnlyIfShared">Whether the learner's ability to share must allow it.</param>
    public sealed record Permission(PolicyAction Action, FieldSet Fields, IReadOnlyList<Purpose> Purposes, bool OnlyIfShared);
}
