using System.Reflection;

namespace Plr.Core.Responses;

/// <summary>What of somebody who was verified does not agree with the register.</summary>
/// <param name="Code">VRF1 to VRF8.</param>
/// <param name="Text">English, for the wire and for files.</param>
public sealed record FailureFlag(string Code, string Text)
{
    public override string ToString() => Code;
}

/// <summary>
/// The eight failure flags of DOSSIER §4.4. A name that agrees with its own on the register has none; of one that does not, they say with which of the three names there it does
/// not agree either. A previous family name that the register does not have agrees with nothing, so that no answer tells whether it has one.
/// </summary>
public static class FailureFlags
{
    public static readonly FailureFlag GivenNameAsGivenName = new("VRF1", "GivenName does not agree with the GivenName on the register");
    public static readonly FailureFlag GivenNameAsFamilyName = new("VRF2", "GivenName does not agree with the FamilyName on the register");
    public static readonly FailureFlag GivenNameAsPreviousFamilyName = new("VRF3", "GivenName does not agree with a PreviousFamilyName on the register");
    public static readonly FailureFlag FamilyNameAsGivenName = new("VRF4", "FamilyName does not agree with the GivenName on the register");
    public static readonly FailureFlag FamilyNameAsFamilyName = new("VRF5", "FamilyName does not agree with the FamilyName on the register");
    public static readonly FailureFlag FamilyNameAsPreviousFamilyName = new("VRF6", "FamilyName does not agree with a PreviousFamilyName on the register");
    public static readonly FailureFlag DateOfBirth = new("VRF7", "DateOfBirth does not agree with the DateOfBirth on the register");
    public static readonly FailureFlag Gender = new("VRF8", "Gender does not agree with the Gender on the register");

    /// <summary>Every flag, in the order of its number.</summary>
    public static IReadOnlyList<FailureFlag> All { get; } =
        [.. typeof(FailureFlags).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => field.GetValue(null)).OfType<FailureFlag>().OrderBy(flag => flag.Code, StringComparer.Ordinal)];
}
