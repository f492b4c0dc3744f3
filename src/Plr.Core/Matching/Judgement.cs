using System.Runtime.InteropServices;

namespace Plr.Core.Matching;

/// <summary>One field's part in a judgement: its level and what that is worth, in bits (log2 of how much likelier it makes one person).</summary>
/// <param name="Field">What was compared.</param>
/// <param name="Level">How it agrees (<see cref="MatchFields.Word"/>).</param>
/// <param name="Weight">Positive speaks for one person, negative for two.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Evidence(MatchField Field, int Level, double Weight);

/// <summary>The judgement on a pair, with its reasons.</summary>
/// <param name="Weight">The sum in bits, with the chance that any two are one person: above 0, one person is likelier than two.</param>
/// <param name="Lines">Field by field; what is missing has no line.</param>
public sealed record Judgement(double Weight, IReadOnlyList<Evidence> Lines)
{
    /// <summary>How likely the two are one person.</summary>
    public double Probability => Matcher.Probability(Weight);
}

/// <summary>How much likelier a pair is one person than two strangers, two relatives and twins, in bits; infinite for what it cannot be.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Rivals(double Strangers, double Relatives, double Twins)
{
    /// <summary>Than all of them together.</summary>
    public double Sum => Both(Both(Strangers, Relatives), Twins);

    private static double Both(double one, double other)
    {
        var (low, high) = one < other ? (one, other) : (other, one);
        return double.IsPositiveInfinity(high) ? low : low - Math.Log2(1 + double.Exp2(low - high));
    }
}
