using System.Runtime.InteropServices;

namespace Plr.Server.Documents;

/// <summary>One glyph of a word in its place, in thousandths of the size.</summary>
/// <param name="Id">The glyph.</param>
/// <param name="Advance">How far the next one is.</param>
/// <param name="X">How far right of its place it stands.</param>
/// <param name="Y">How far above the line it stands.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PlacedGlyph(ushort Id, int Advance, int X, int Y);

/// <summary>A word, or a part of one, as the shaper set it: the same on every page, so it is kept.</summary>
internal sealed class ShapedWord
{
    /// <param name="text">What it says, in NFC.</param>
    /// <param name="face">In which letters.</param>
    /// <param name="glyphs">What stands on the page.</param>
    /// <param name="readsItself">Whether the glyphs' own characters, one after the other, are the text.</param>
    public ShapedWord(string text, FontFace face, PlacedGlyph[] glyphs, bool readsItself)
    {
        (Text, Glyphs, ReadsItself) = (text, glyphs, readsItself);
        Width = glyphs.Sum(glyph => glyph.Advance);
        Extra = [.. glyphs.Select(glyph => glyph.Id).Where(glyph => !face.IsCommon(glyph)).Distinct()];
        if (glyphs.All(glyph => glyph is { X: 0, Y: 0 }))
        {
            using var bytes = new Bytes();
            Encode(bytes, face, 0);
            Encoded = bytes.Span.ToArray();
        }
    }

    public string Text { get; }

    public PlacedGlyph[] Glyphs { get; }

    public int Width { get; }

    /// <summary>If not, the page says the text beside the glyphs (ActualText).</summary>
    public bool ReadsItself { get; }

    /// <summary>The glyphs that not every document carries.</summary>
    public ushort[] Extra { get; }

    /// <summary>The inside of a TJ array; null when marks stand above or beside their place, which depends on the size.</summary>
    public byte[]? Encoded { get; }

    /// <summary>Writes the glyphs into an open TJ array.</summary>
    /// <param name="size">The size of the letters, for marks that are raised.</param>
    public void Encode(Bytes to, FontFace face, double size)
    {
        var isOpen = false;
        foreach (var glyph in Glyphs)
        {
            if (glyph.X != 0)
            {
                Move(to, ref isOpen, glyph.X);
            }

            if (glyph.Y != 0)
            {
                Raise(to, ref isOpen, glyph.Y * size / 1000);
            }

            Open(to, ref isOpen).AddHex(glyph.Id);
            if (glyph.Y != 0)
            {
                Raise(to, ref isOpen, 0);
            }

            if (glyph.Advance - glyph.X - face.Width(glyph.Id) is var rest and not 0)
            {
                Move(to, ref isOpen, rest);
            }
        }

        Shut(to, ref isOpen);
    }

    private static void Move(Bytes to, ref bool isOpen, int right)
    {
        Shut(to, ref isOpen);
        to.Add(-right).Add((byte)' ');
    }

    private static void Raise(Bytes to, ref bool isOpen, double points)
    {
        Shut(to, ref isOpen);
        to.Add("]TJ "u8).Add(points).Add(" Ts["u8);
    }

    private static Bytes Open(Bytes to, ref bool isOpen)
    {
        if (!isOpen)
        {
            to.Add((byte)'<');
            isOpen = true;
        }

        return to;
    }

    private static void Shut(Bytes to, ref bool isOpen)
    {
        if (isOpen)
        {
            to.Add((byte)'>');
            isOpen = false;
        }
    }
}
