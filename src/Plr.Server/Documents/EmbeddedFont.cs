using System.IO.Compression;

namespace Plr.Server.Documents;

/// <summary>What a document carries of a font: the outlines of the glyphs that it uses, their widths, and what they are in Unicode.</summary>
/// <param name="File">The font file, compressed.</param>
/// <param name="FileLength">Its length before that.</param>
/// <param name="Widths">The inside of the W array.</param>
/// <param name="ToUnicode">The character map, compressed.</param>
internal sealed record EmbeddedFont(byte[] File, int FileLength, byte[] Widths, byte[] ToUnicode)
{
    public static EmbeddedFont Of(FontFace face, HashSet<ushort> used)
    {
        ushort[] shown = [.. used.Order()];
        var glyphs = new HashSet<ushort>(used);
        face.File.Close(glyphs);
        var subset = face.File.Subset(glyphs);
        using var bytes = new Bytes();
        foreach (var glyph in shown)
        {
            bytes.Add(glyph).Add("["u8).Add(face.Width(glyph)).Add("]"u8);
        }

        return new(Compressed(subset), subset.Length, bytes.Span.ToArray(), Compressed(CharacterMap(face, shown)));
    }

    private static byte[] CharacterMap(FontFace face, ushort[] shown)
    {
        using var map = new Bytes();
        map.Add("/CIDInit/ProcSet findresource begin 12 dict begin begincmap/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def"u8)
            .Add("/CMapName/Adobe-Identity-UCS def/CMapType 2 def 1 begincodespacerange<0000><FFFF>endcodespacerange\n"u8);
        foreach (var part in shown.Where(glyph => face.Characters(glyph) is not null).Chunk(100))
        {
            map.Add(part.Length).Add(" beginbfchar\n"u8);
            foreach (var glyph in part)
            {
                map.Add("<"u8).AddHex(glyph).Add("><"u8);
                foreach (var unit in face.Characters(glyph)!)
                {
                    map.AddHex(unit);
                }

                map.Add(">\n"u8);
            }

            map.Add("endbfchar\n"u8);
        }

        map.Add("endcmap CMapName currentdict/CMap defineresource pop end end"u8);
        return map.Span.ToArray();
    }

    private static byte[] Compressed(ReadOnlySpan<byte> plain)
    {
        using var bytes = new Bytes();
        bytes.AddCompressed(plain, CompressionLevel.Optimal);
        return bytes.Span.ToArray();
    }
}
