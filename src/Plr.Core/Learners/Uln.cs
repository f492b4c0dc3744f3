using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Plr.Core.Learners;

/// <summary>Why a text is not a unique learner number. The order is the order of judgement: the first that holds is the answer.</summary>
public enum UlnFault
{
    /// <summary>Not exactly ten of the digits 0 to 9.</summary>
    NotTenDigits,

    /// <summary>The first digit is 0.</summary>
    LeadingZero,

    /// <summary>9999999999, which the ILR allows until the real number is known; it is nobody's ULN.</summary>
    TemporaryNumber,

    /// <summary>The first nine digits have remainder 0: no check digit exists for them, so nobody can ever hold such a ULN.</summary>
    NoCheckDigitExists,

    /// <summary>The tenth digit is not the check digit of the first nine.</summary>
    WrongCheckDigit,
}

/// <summary>
/// A unique learner number: ten digits, the first not 0, the last a check digit over the first nine (dossier 2.1; rule ULN_04 of the ILR).
/// A value of this type is always a ULN that could be issued; <c>default(Uln)</c> is none, and throws as soon as it is used.
/// </summary>
public readonly record struct Uln : IComparable<Uln>
{
    /// <summary>The number that the ILR allows until a learner's real one is known. It is never issued and never a <see cref="Uln"/>.</summary>
    public const long TemporaryNumber = 9_999_999_999;

    /// <summary>The lowest nine-digit stem.</summary>
    public const int LowestStem = 100_000_000;

    /// <summary>The highest nine-digit stem.</summary>
    public const int HighestStem = 999_999_999;

    private const int Digits = 10;
    private readonly long _number;

    private Uln(long number) => _number = number;

    /// <summary>The ten digits as a number, 1000000000 to 9999999998.</summary>
    /// <exception cref="InvalidOperationException">This is <c>default(Uln)</c>, which stands for no ULN.</exception>
    public long Value => _number != 0 ? _number : throw new InvalidOperationException("A default Uln is no ULN; use Uln? where there may be none.");

    /// <summary>The first nine digits as a number.</summary>
    public int Stem => (int)(Value / 10);

    public static bool operator <(Uln left, Uln right) => left.CompareTo(right) < 0;

    public static bool operator >(Uln left, Uln right) => left.CompareTo(right) > 0;

    public static bool operator <=(Uln left, Uln right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Uln left, Uln right) => left.CompareTo(right) >= 0;

    /// <summary>Reads exactly ten digits, as files and messages carry them; no blanks or hyphens.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Uln uln) => TryParse(text, out uln, out _);

    /// <summary>Reads exactly ten digits, and says what is wrong when they are not a ULN.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Uln uln, [NotNullWhen(false)] out UlnFault? fault) =>
        TryParseDigits(text.AsSpan(), out uln, out fault);

    /// <summary>Reads what a person typed: ten digits with blanks (also no-break ones) and hyphens anywhere between and around them.</summary>
    public static bool TryParseTyped([NotNullWhen(true)] string? text, out Uln uln) => TryParseTyped(text, out uln, out _);

    /// <summary>As <see cref="TryParseTyped(string?, out Uln)"/>, and says what is wrong.</summary>
    public static bool TryParseTyped([NotNullWhen(true)] string? text, out Uln uln, [NotNullWhen(false)] out UlnFault? fault)
    {
        Span<char> digits = stackalloc char[Digits + 1];
        var count = 0;
        foreach (var c in text.AsSpan())
        {
            if (IsSeparator(c))
            {
                continue;
            }

            digits[count++] = c;
            if (count > Digits)
            {
                break;
            }
        }

        return TryParseDigits(digits[..count], out uln, out fault);
    }

    /// <summary>Reads exactly ten digits that are known to be a ULN.</summary>
    /// <exception cref="FormatException">The text is not a ULN; the message names the <see cref="UlnFault"/> and never repeats the text.</exception>
    public static Uln Parse(string text) =>
        TryParse(text, out var uln, out var fault) ? uln : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"Not a ULN: {fault}."));

    /// <summary>Takes a ten-digit number, as it is stored.</summary>
    public static bool TryFromValue(long value, out Uln uln)
    {
        var fault = FaultOf(value);
        uln = fault is null ? new Uln(value) : default;
        return fault is null;
    }

    /// <summary>Takes a ten-digit number that is known to be a ULN, as it is stored.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not a ULN.</exception>
    public static Uln FromValue(long value) =>
        TryFromValue(value, out var uln) ? uln : throw new ArgumentOutOfRangeException(nameof(value), "Not a ULN.");

    /// <summary>
    /// Appends the check digit to a nine-digit stem. False when the stem is not nine digits without a leading zero, or has remainder 0 and
    /// therefore no check digit.
    /// </summary>
    public static bool TryFromStem(int stem, out Uln uln)
    {
        uln = default;
        if (stem is < LowestStem or > HighestStem)
        {
            return false;
        }

        var remainder = Remainder(stem);
        if (remainder == 0)
        {
            return false;
        }

        uln = new Uln((stem * 10L) + (10 - remainder));
        return true;
    }

    /// <summary>Appends the check digit to a stem that is known to have one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">See <see cref="TryFromStem"/>.</exception>
    public static Uln FromStem(int stem) =>
        TryFromStem(stem, out var uln) ? uln : throw new ArgumentOutOfRangeException(nameof(stem), "No ULN begins with this stem.");

    public int CompareTo(Uln other) => _number.CompareTo(other._number);

    /// <summary>The ten digits, as files and messages carry them.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);

    /// <summary>The ten digits in groups of 3, 3 and 4 with blanks between, as pages show them.</summary>
    public string ToDisplayString() => string.Create(CultureInfo.InvariantCulture, $"{Value / 10_000_000:000} {Value / 10_000 % 1000:000} {Value % 10_000:0000}");

    private static bool TryParseDigits(ReadOnlySpan<char> text, out Uln uln, [NotNullWhen(false)] out UlnFault? fault)
    {
        uln = default;
        if (text.Length != Digits || text.ContainsAnyExceptInRange('0', '9'))
        {
            fault = UlnFault.NotTenDigits;
            return false;
        }

        var value = long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
        fault = FaultOf(value);
        uln = fault is null ? new Uln(value) : default;
        return fault is null;
    }

    private static UlnFault? FaultOf(long value)
    {
        switch (value)
        {
            case < 0 or > TemporaryNumber:
                return UlnFault.NotTenDigits;
            case < LowestStem * 10L:
                return UlnFault.LeadingZero;
            case TemporaryNumber:
                return UlnFault.TemporaryNumber;
        }

        var remainder = Remainder((int)(value / 10));
        if (remainder == 0)
        {
            return UlnFault.NoCheckDigitExists;
        }

        return value % 10 == 10 - remainder ? null : UlnFault.WrongCheckDigit;
    }

    /// <summary>(10·d1 + 9·d2 + … + 2·d9) mod 11 (dossier 2.1, steps 1 and 2).</summary>
    private static int Remainder(int stem)
    {
        var sum = 0;
        for (var weight = 2; weight <= 10; weight++)
        {
            sum += weight * (stem % 10);
            stem /= 10;
        }

        return sum % 11;
    }

    // Hyphens as word processors and telephones write them: hyphen, non-breaking hyphen, figure dash, en dash, minus.
    private static bool IsSeparator(char c) => char.IsWhiteSpace(c) || c is '-' or '\u2010' or '\u2011' or '\u2012' or '\u2013' or '\u2212';
}
