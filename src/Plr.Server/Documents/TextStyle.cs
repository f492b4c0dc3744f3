using System.Runtime.InteropServices;
using System.Text;

namespace Plr.Server.Documents;

/// <summary>How text looks.</summary>
/// <param name="Face">Which weight.</param>
/// <param name="Size">In points.</param>
/// <param name="Leading">From line to line, in points.</param>
/// <param name="Grey">0 is black; never so light that it cannot be read in print.</param>
internal sealed record TextStyle(FontFace Face, double Size, double Leading, double Grey = 0)
{
    public static readonly TextStyle Title = new(FontFace.Bold, 24, 29);
    public static readonly TextStyle Heading = new(FontFace.Bold, 13.5, 18);
    public static readonly TextStyle Body = new(FontFace.Regular, 9.5, 14);
    public static readonly TextStyle Label = new(FontFace.Bold, 9.5, 14);
    public static readonly TextStyle Cell = new(FontFace.Regular, 9, 12);
    public static readonly TextStyle CellStrong = new(FontFace.Bold, 9, 12);
    public static readonly TextStyle CellNote = new(FontFace.Regular, 9, 12, 0.25);
    public static readonly TextStyle Edge = new(FontFace.Regular, 9, 12, 0.25);
    public static readonly TextStyle EdgeStrong = new(FontFace.Bold, 9, 12);

    /// <summary>The name of the weight among the page's resources.</summary>
    public ReadOnlySpan<byte> Resource => Face == FontFace.Bold ? "/B "u8 : "/R "u8;
}

/// <summary>One line of wrapped text: some of the words of a <see cref="WrappedText"/>.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TextLine(int First, int Count, int Width);

/// <summary>Words broken into lines for a width. Used again for one text after another.</summary>
internal sealed class WrappedText
{
    private readonly List<(ShapedWord Word, bool HasSpace)> _words = [];
    private readonly List<TextLine> _lines = [];
    private TextStyle _style = TextStyle.Body;
    private int _first;
    private int _width;
    private int _room;

    public IReadOnlyList<TextLine> Lines => _lines;

    public TextStyle Style => _style;

    public double Height => _lines.Count * _style.Leading;

    public (ShapedWord Word, bool HasSpace) Word(int index) => _words[index];

    /// <summary>Wraps a text; any run of blanks is one, and a word that is too long is broken where a letter ends.</summary>
    /// <param name="width">In points.</param>
    public void Wrap(string text, TextStyle style, double width)
    {
        _words.Clear();
        _lines.Clear();
        (_style, _first, _width, _room) = (style, 0, 0, (int)(width * 1000 / style.Size));
        var rest = Printable(text).AsSpan();
        while (true)
        {
            rest = rest.TrimStart();
            if (rest.IsEmpty)
            {
                break;
            }

            var end = 1;
            while (end < rest.Length && !char.IsWhiteSpace(rest[end]))
            {
                end++;
            }

            Place(style.Face.Shape(rest[..end]));
            rest = rest[end..];
        }

        if (_words.Count > _first)
        {
            EndLine();
        }
    }

    /// <summary>As the report prints it: composed, without marks that only say how characters join.</summary>
    public static string Printable(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text;
        }

        var composed = text.IsNormalized() ? text : text.Normalize();
        return composed.EnumerateRunes().Any(IsUnseen) ? string.Concat(composed.EnumerateRunes().Where(rune => !IsUnseen(rune))).Normalize() : composed;
    }

    // Format characters, and variation selectors, which choose among forms of a letter of which the font has one.
    private static bool IsUnseen(Rune rune) =>
        Rune.GetUnicodeCategory(rune) == System.Globalization.UnicodeCategory.Format || rune.Value is (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF) or (>= 0x180B and <= 0x180F);

    private void Place(ShapedWord word)
    {
        var space = _style.Face.SpaceWidth;
        if (_words.Count > _first && _width + space + word.Width > _room)
        {
            // The blank stays at the end of the line, unseen, so that whoever copies the text has it.
            _words[^1] = (_words[^1].Word, true);
            EndLine();
        }

        if (word.Width > _room && word.Text.Length > 1)
        {
            PlaceInParts(word);
            return;
        }

        if (_words.Count > _first)
        {
            _words[^1] = (_words[^1].Word, true);
            _width += space;
        }

        _words.Add((word, false));
        _width += word.Width;
    }

    private void PlaceInParts(ShapedWord word)
    {
        var text = word.Text.AsSpan();
        var (start, end, width) = (0, 0, 0);
        while (end < text.Length)
        {
            var letter = System.Globalization.StringInfo.GetNextTextElementLength(text[end..]);
            var letterWidth = _style.Face.Shape(text.Slice(end, letter)).Width;
            if (end > start && width + letterWidth > _room)
            {
                AddPart(text[start..end]);
                EndLine();
                (start, width) = (end, 0);
            }

            (end, width) = (end + letter, width + letterWidth);
        }

        AddPart(text[start..]);
    }

    private void AddPart(ReadOnlySpan<char> part)
    {
        var shaped = _style.Face.Shape(part);
        _words.Add((shaped, false));
        _width += shaped.Width;
    }

    private void EndLine()
    {
        _lines.Add(new(_first, _words.Count - _first, _width));
        (_first, _width) = (_words.Count, 0);
    }
}
