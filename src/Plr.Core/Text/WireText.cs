using System.Runtime.InteropServices;
using System.Xml;

namespace Plr.Core.Text;

/// <summary>What makes a text unfit to be stored.</summary>
public enum TextFlawKind
{
    /// <summary>U+0000: one engine ends a text there, the other refuses it.</summary>
    Nul,

    /// <summary>Half of a surrogate pair: not a character at all, and not encodable as UTF-8.</summary>
    LoneSurrogate,

    /// <summary>A control character, U+0001 to U+001F or U+007F to U+009F; also a tab or line end where none is allowed.</summary>
    ControlCharacter,

    /// <summary>U+FFFE or U+FFFF, which no XML message can carry.</summary>
    Noncharacter,
}

/// <summary>The first thing that is wrong with a text, and where.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Position">Index of the UTF-16 unit in the text, from 0.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TextFlaw(TextFlawKind Kind, int Position);

/// <summary>
/// Which text may be stored: any that both engines keep exactly and XML and JSON can carry (design, "Input from outside"). Nothing is
/// changed: text is stored as it came, not trimmed and not normalised.
/// </summary>
public static class WireText
{
    /// <summary>Finds the first flaw, or null when the text may be stored.</summary>
    /// <param name="text">The text to look at.</param>
    /// <param name="linesAllowed">Whether tabs and line ends may occur, as in notes.</param>
    public static TextFlaw? FirstFlaw(ReadOnlySpan<char> text, bool linesAllowed = false)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is >= ' ' and <= '~')
            {
                continue;
            }

            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (FlawOf(c, linesAllowed) is { } kind)
            {
                return new TextFlaw(kind, i);
            }
        }

        return null;
    }

    /// <summary>
    /// Where a text that another register kept has the first thing that no message could have brought it: a control character or noncharacter
    /// that XML 1.0 does not have, or half of a surrogate pair. Null when it can be kept as it is.
    /// </summary>
    public static int? FirstUnsendable(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (!XmlConvert.IsXmlChar(text[i]))
            {
                return i;
            }
        }

        return null;
    }

    /// <summary>Whether the text may be stored. Null is no text and may.</summary>
    public static bool IsStorable(string? text, bool linesAllowed = false) => FirstFlaw(text, linesAllowed) is null;

    private static TextFlawKind? FlawOf(char c, bool linesAllowed) => c switch
    {
        '\0' => TextFlawKind.Nul,
        '\t' or '\r' or '\n' when linesAllowed => null,
        '\uFFFE' or '\uFFFF' => TextFlawKind.Noncharacter,
        _ when char.IsSurrogate(c) => TextFlawKind.LoneSurrogate,
        _ when char.IsControl(c) => TextFlawKind.ControlCharacter,
        _ => null,
    };
}
