using System.Diagnostics.CodeAnalysis;

namespace Plr.Core.Organisations;

/// <summary>
/// The 6-character organisation reference, <c>[0-9a-zA-Z]{6}</c> (dossier 3). An awarding organisation's is its recognition number
/// (<c>RN5196</c>) unless it was given another; providers may have one too. Compared as written.
/// </summary>
public readonly record struct OrganisationRef
{
    private const int Length = 6;
    private readonly string? _text;

    private OrganisationRef(string text) => _text = text;

    /// <summary>The six characters.</summary>
    /// <exception cref="InvalidOperationException">This is <c>default(OrganisationRef)</c>, which stands for none.</exception>
    public string Value => _text ?? throw new InvalidOperationException("A default OrganisationRef is none; use OrganisationRef? where there may be none.");

    /// <summary>Reads exactly six letters or digits.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out OrganisationRef reference)
    {
        var good = text is { Length: Length } && !text.AsSpan().ContainsAnyExcept(OrganisationCharacters.Allowed);
        reference = good ? new OrganisationRef(text!) : default;
        return good;
    }

    /// <summary>Reads a text that is known to be an organisation reference.</summary>
    /// <exception cref="FormatException">It is not.</exception>
    public static OrganisationRef Parse(string text) =>
        TryParse(text, out var reference) ? reference : throw new FormatException("Not an organisation reference: six letters or digits.");

    public override string ToString() => Value;
}
