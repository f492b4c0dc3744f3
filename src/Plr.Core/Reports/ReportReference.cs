using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Plr.Core.Text;

namespace Plr.Core.Reports;

/// <summary>
/// What stands on every page of a report, and under which it is confirmed: 14 random letters and digits (63 bits) and a check character, in groups of three for the telephone
/// (<see cref="SpokenCode"/>).
/// </summary>
public readonly record struct ReportReference
{
    private const int Length = 15;
    private readonly string? _characters;

    private ReportReference(string characters) => _characters = characters;

    /// <summary>The 15 characters without anything between them, as they are stored.</summary>
    public string Value => _characters ?? throw new InvalidOperationException("A default reference is no reference.");

    /// <summary>One that nobody has.</summary>
    public static ReportReference New() => new(SpokenCode.Checked(RandomNumberGenerator.GetString(SpokenCode.Alphabet, Length - 1)));

    /// <summary>As it was printed or typed: small letters, blanks and hyphens of any kind do not matter.</summary>
    public static bool TryParse([NotNullWhen(true)] string? typed, out ReportReference reference)
    {
        var characters = SpokenCode.Parse(typed, Length);
        reference = characters is null ? default : new(characters);
        return characters is not null;
    }

    /// <summary>In groups, as it is printed: <c>3AC-7DE-…</c>.</summary>
    public override string ToString() => SpokenCode.Grouped(Value);
}
