using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Plr.Core.Qualifications;

/// <summary>
/// The number of a regulated qualification (<c>600/1166/X</c>) or of a unit (<c>K/501/5773</c>). The 8-character codes of older events
/// (<c>50026173</c>, <c>1000323X</c>, dossier 7) are the same numbers without obliques. The canonical form is the register's: with obliques and
/// capital letters; two spellings of one number are equal.
/// </summary>
public readonly partial record struct QualificationNumber
{
    private const int CompactLength = 8;
    private const int LongestTyped = 40;
    private readonly string? _compact;

    private QualificationNumber(string compact) => _compact = compact;

    /// <summary>The canonical form, with obliques.</summary>
    /// <exception cref="InvalidOperationException">This is <c>default(QualificationNumber)</c>, which stands for none.</exception>
    public string Value => IsUnit
        ? $"{Compact[..1]}/{Compact[1..4]}/{Compact[4..]}"
        : $"{Compact[..3]}/{Compact[3..7]}/{Compact[7..]}";

    /// <summary>The eight characters without obliques.</summary>
    /// <exception cref="InvalidOperationException">This is <c>default(QualificationNumber)</c>, which stands for none.</exception>
    public string Compact => _compact ?? throw new InvalidOperationException("A default QualificationNumber is none; use QualificationNumber? where there may be none.");

    /// <summary>Whether this is the number of a unit rather than of a whole qualification.</summary>
    public bool IsUnit => char.IsAsciiLetter(Compact[0]);

    /// <summary>
    /// Reads either kind of number, with or without its obliques, with blanks anywhere, in capital or small letters. An oblique in a place
    /// where the number has none is refused.
    /// </summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out QualificationNumber number)
    {
        number = default;
        if (text is null or { Length: > LongestTyped })
        {
            return false;
        }

        Span<char> written = stackalloc char[text.Length];
        var length = 0;
        foreach (var c in text)
        {
            if (!char.IsWhiteSpace(c))
            {
                written[length++] = char.ToUpperInvariant(c);
            }
        }

        if (!Shape().IsMatch(written[..length]))
        {
            return false;
        }

        Span<char> compact = stackalloc char[CompactLength];
        var at = 0;
        foreach (var c in written[..length])
        {
            if (c != '/')
            {
                compact[at++] = c;
            }
        }

        number = new QualificationNumber(new string(compact));
        return true;
    }

    /// <summary>Reads a text that is known to be a qualification or unit number.</summary>
    /// <exception cref="FormatException">It is not.</exception>
    public static QualificationNumber Parse(string text) =>
        TryParse(text, out var number) ? number : throw new FormatException("Not a qualification or unit number, as 600/1166/X or K/501/5773.");

    public override string ToString() => Value;

    [GeneratedRegex(@"\A(?:[0-9]{3}/?[0-9]{4}/?[0-9X]|[A-Z]/?[0-9]{3}/?[0-9]{4})\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Shape();
}
