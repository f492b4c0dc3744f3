namespace Plr.Server.Documents;

/// <summary>What stands on one page, as the page's content stream says it. Positions are points from the left and from the top.</summary>
internal sealed class PdfCanvas(HashSet<ushort> regular, HashSet<ushort> bold) : IDisposable
{
    /// <summary>A4.</summary>
    public const double Width = 595.28;

    public const double Height = 841.89;

    private readonly Bytes _bytes = new();

    public ReadOnlySpan<byte> Content => _bytes.Span;

    /// <summary>What follows until <see cref="End"/> is content of a structure element.</summary>
    public void BeginMarked(string type, int mark) => _bytes.Add((byte)'/').AddUtf8(type).Add("<</MCID "u8).Add(mark).Add(">>BDC\n"u8);

    /// <summary>What follows until <see cref="End"/> is not content: rules, backgrounds, repeated headings.</summary>
    public void BeginArtifact() => _bytes.Add("/Artifact BMC\n"u8);

    /// <summary>As <see cref="BeginArtifact"/>, for what stands at the edge of every page.</summary>
    public void BeginEdge(bool isFooter) => _bytes.Add(isFooter ? "/Artifact<</Type/Pagination/Subtype/Footer>>BDC\n"u8 : "/Artifact<</Type/Pagination/Subtype/Header>>BDC\n"u8);

    public void End() => _bytes.Add("EMC\n"u8);

    public void Line(double left, double right, double top, double grey, double thickness) =>
        _bytes.Add(grey).Add(" G "u8).Add(thickness).Add(" w "u8).Add(left).Add(" "u8).Add(Height - top).Add(" m "u8).Add(right).Add(" "u8).Add(Height - top).Add(" l S\n"u8);

    public void Box(double left, double top, double width, double height, double grey) =>
        _bytes.Add(grey).Add(" g "u8).Add(left).Add(" "u8).Add(Height - top - height).Add(" "u8).Add(width).Add(" "u8).Add(height).Add(" re f\n"u8);

    /// <summary>Writes some lines of a wrapped text.</summary>
    /// <param name="top">Where the first of them begins.</param>
    public void Text(WrappedText text, int first, int count, double left, double top)
    {
        if (count == 0)
        {
            return;
        }

        var style = text.Style;
        // The letters stand so that the room above them and below them looks the same.
        var baseline = Height - top - ((style.Leading + (style.Size * 0.72)) / 2);
        _bytes.Add("BT "u8).Add(style.Resource).Add(style.Size).Add(" Tf "u8).Add(style.Grey).Add(" g "u8).Add(left).Add(" "u8).Add(baseline).Add(" Td\n"u8);
        for (var i = 0; i < count; i++)
        {
            if (i > 0)
            {
                _bytes.Add("0 "u8).Add(-style.Leading).Add(" Td\n"u8);
            }

            Words(text, text.Lines[first + i]);
        }

        _bytes.Add("ET\n"u8);
    }

    public void Dispose() => _bytes.Dispose();

    private void Words(WrappedText text, TextLine line)
    {
        var style = text.Style;
        var used = style.Face == FontFace.Bold ? bold : regular;
        _bytes.Add((byte)'[');
        for (var i = line.First; i < line.First + line.Count; i++)
        {
            var (word, hasSpace) = text.Word(i);
            foreach (var glyph in word.Extra)
            {
                used.Add(glyph);
            }

            Word(word, style);
            if (hasSpace)
            {
                _bytes.Add((byte)'<').AddHex(style.Face.Space).Add((byte)'>');
            }
        }

        _bytes.Add("]TJ\n"u8);
    }

    private void Word(ShapedWord word, TextStyle style)
    {
        if (!word.ReadsItself)
        {
            _bytes.Add("]TJ /Span<</ActualText"u8).AddText(word.Text).Add(">>BDC ["u8);
        }

        if (word.Encoded is { } encoded)
        {
            _bytes.Add(encoded);
        }
        else
        {
            word.Encode(_bytes, style.Face, style.Size);
        }

        if (!word.ReadsItself)
        {
            _bytes.Add("]TJ EMC ["u8);
        }
    }
}
