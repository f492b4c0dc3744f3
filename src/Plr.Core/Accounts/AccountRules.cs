using Plr.Core.Organisations;
using Plr.Core.Responses;
using Plr.Core.Text;

namespace Plr.Core.Accounts;

/// <summary>Which roles an account may have, by its organisation (DECISIONS, "Roles, purposes, levels").</summary>
internal static class AccountRules
{
    private const Roles NeedsUkprn = Roles.LrbOnline | Roles.LrbBatch | Roles.LrbViewOnly;
    private const Roles NeedsRecognition = Roles.AwardingOrganisation;
    private const Roles AnyOrganisation = Roles.DataChallenge | Roles.SuperUser;

    /// <summary>The names of the roles that somebody can be given; learners are invited by ULN, and nobody is the register itself.</summary>
    public static IReadOnlyList<string> RoleNames { get; } =
        [.. Enum.GetValues<Roles>().Where(role => (role & (RoleSets.Office | NeedsUkprn | NeedsRecognition | AnyOrganisation)) != Roles.None).Select(role => role.ToString())];

    /// <summary>Reads role names, as <see cref="Roles"/> spells them, in any case; at least one.</summary>
    public static Roles ReadRoles(TypedText typed, IReadOnlyList<string> names)
    {
        var roles = Roles.None;
        foreach (var name in names.Select(name => name.Trim()))
        {
            if (RoleNames.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                roles |= Enum.Parse<Roles>(name, ignoreCase: true);
            }
            else
            {
                typed.Refuse("Roles", FindingRules.NotInCodeSet, string.Join(", ", RoleNames));
            }
        }

        if (names.Count == 0)
        {
            typed.Refuse("Roles", FindingRules.Missing);
        }

        return roles;
    }

    /// <summary>Says of each role that does not fit the organisation, or its absence, why not.</summary>
    public static void CheckFit(TypedText typed, Roles roles, Organisation? organisation)
    {
        foreach (var role in Enum.GetValues<Roles>().Where(role => role != Roles.None && roles.HasFlag(role)))
        {
            if (Misfit(role, organisation) is { } rule)
            {
                typed.Refuse("Roles", rule, role.ToString());
            }
        }
    }

    private static FindingRule? Misfit(Roles role, Organisation? organisation) => (organisation, (role & RoleSets.Office) != Roles.None) switch
    {
        (null, true) => null,
        (null, false) => FindingRules.RoleNeedsOrganisation,
        (_, true) => FindingRules.RoleIsTheOffices,
        _ when (role & NeedsUkprn) != Roles.None && !organisation!.IsProvider => FindingRules.RoleNeedsUkprn,
        _ when (role & NeedsRecognition) != Roles.None && !organisation!.IsAwardingOrganisation => FindingRules.RoleNeedsRecognition,
        _ => null,
    };
}
