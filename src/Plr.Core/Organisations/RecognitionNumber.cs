using System.Diagnostics.CodeAnalysis;

namespace Plr.Core.Organisations;

/// <summary>
/// The number under which the regulator recognises an awarding organisation: two letters and four digits, such as <c>RN5196</c>; the
/// register has some <c>XX1303</c> too, for those it never recognised. The canonical form has capital letters.
/// </summary>
public static class RecognitionNumber
{
    /// <summary>Reads a number in capital or small letters.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out string? number)
    {
        var isNumber = text is { Length: 6 } && text.AsSpan(0, 2).IndexOfAnyExcept(Letters) < 0 && !text.AsSpan(2).ContainsAnyExceptInRange('0', '9');
        number = isNumber ? text!.ToUpperInvariant() : null;
        return isNumber;
    }

    private static readonly System.Buffers.SearchValues<char> Letters =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
}
