using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Plr.Core.Organisations;

/// <summary>
/// A UK provider reference number as messages and files carry it: 8 characters <c>[0-9a-zA-Z]</c> (dossier 3). That is wider than a real one,
/// because <c>TEST0045</c> and the like are in use; <see cref="IsRealUkprn"/> tells them apart. Compared as written.
/// </summary>
public readonly record struct Ukprn
{
    private const int Length = 8;
    private readonly string? _text;

    private Ukprn(string text) => _text = text;

    /// <summary>The eight characters.</summary>
    /// <exception cref="InvalidOperationException">This is <c>default(Ukprn)</c>, which stands for none.</exception>
    public string Value => _text ?? throw new InvalidOperationException("A default Ukprn is none; use Ukprn? where there may be none.");

    /// <summary>Whether it has the form of a number that the UK Register of Learning Providers gives: 1 and seven more digits.</summary>
    public bool IsRealUkprn => Value[0] == '1' && !Value.AsSpan().ContainsAnyExceptInRange('0', '9');

    /// <summary>Reads exactly eight letters or digits.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Ukprn ukprn)
    {
        var good = text is { Length: Length } && !text.AsSpan().ContainsAnyExcept(OrganisationCharacters.Allowed);
        ukprn = good ? new Ukprn(text!) : default;
        return good;
    }

    /// <summary>Reads a text that is known to be a UKPRN.</summary>
    /// <exception cref="FormatException">It is not.</exception>
    public static Ukprn Parse(string text) => TryParse(text, out var ukprn) ? ukprn : throw new FormatException("Not a UKPRN: eight letters or digits.");

    public override string ToString() => Value;
}

internal static class OrganisationCharacters
{
    public static readonly SearchValues<char> Allowed = SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
}
