using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Plr.Core.Learners;

/// <summary>
/// A postcode as <c>LastKnownPostCode</c> carries it (dossier 3, MIAPPostCode): at most 9 characters, a United Kingdom or British Forces
/// postcode, with or without the blank in the middle, blanks at the end allowed. Kept exactly as it came; compared by <see cref="Folded"/>,
/// because <c>CV49EE</c> and <c>CV4 9EE</c> are one place (dossier 4.2).
/// </summary>
public readonly partial struct Postcode : IEquatable<Postcode>
{
    /// <summary>The longest postcode, with its blanks.</summary>
    public const int MaximumLength = 9;

    private readonly string? _text;

    private Postcode(string text) => _text = text;

    /// <summary>The text as it came.</summary>
    /// <exception cref="InvalidOperationException">This is <c>default(Postcode)</c>, which stands for none.</exception>
    public string Value => _text ?? throw new InvalidOperationException("A default Postcode is none; use Postcode? where there may be none.");

    /// <summary>Capital letters without blanks, for comparing.</summary>
    public string Folded => Fold(Value);

    public static bool operator ==(Postcode left, Postcode right) => left.Equals(right);

    public static bool operator !=(Postcode left, Postcode right) => !left.Equals(right);

    /// <summary>Capital letters without blanks of any text, also of one that is not a postcode.</summary>
    public static string Fold(string? text) =>
        string.IsNullOrEmpty(text)
            ? string.Empty
            : string.Concat(text.Where(c => !char.IsWhiteSpace(c))).ToUpperInvariant();

    /// <summary>Reads a postcode of the wire's pattern.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Postcode postcode)
    {
        var good = text is { Length: <= MaximumLength } && Shape().IsMatch(text);
        postcode = good ? new Postcode(text!) : default;
        return good;
    }

    /// <summary>Reads a text that is known to be a postcode.</summary>
    /// <exception cref="FormatException">It is not.</exception>
    public static Postcode Parse(string text) => TryParse(text, out var postcode) ? postcode : throw new FormatException("Not a postcode.");

    public bool Equals(Postcode other) => Fold(_text) == Fold(other._text);

    public override bool Equals(object? obj) => obj is Postcode other && Equals(other);

    public override int GetHashCode() => Fold(_text).GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Value;

    [GeneratedRegex(
        @"\A(?:[a-zA-Z]{1,2}[0-9rR][0-9a-zA-Z]? ?[0-9][abd-hjlnp-uw-zABD-HJLNP-UW-Z]{2}|[bB][fF][pP][oO] ?[0-9]{1,4}) {0,4}\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Shape();
}
