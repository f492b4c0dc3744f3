using System.Buffers.Binary;
using System.Collections.Frozen;

namespace Plr.Server.Documents;

/// <summary>The tables of a TrueType file, and subsets of it that keep the numbers of its glyphs.</summary>
internal sealed class FontFile
{
    private static readonly string[] Kept = ["glyf", "head", "hhea", "hmtx", "loca", "maxp"];
    private readonly byte[] _file;
    private readonly FrozenDictionary<string, Range> _tables;
    private readonly int _metrics;

    public FontFile(byte[] file)
    {
        _file = file;
        var tables = new Dictionary<string, Range>(StringComparer.Ordinal);
        for (var i = 0; i < U16(4); i++)
        {
            var entry = 12 + (16 * i);
            var (offset, length) = ((int)U32(entry + 8), (int)U32(entry + 12));
            tables[System.Text.Encoding.ASCII.GetString(file, entry, 4)] = offset..(offset + length);
        }

        _tables = tables.ToFrozenDictionary(StringComparer.Ordinal);
        _metrics = BinaryPrimitives.ReadUInt16BigEndian(Table("hhea")[34..]);
        Glyphs = BinaryPrimitives.ReadUInt16BigEndian(Table("maxp")[4..]);
        if (BinaryPrimitives.ReadUInt16BigEndian(Table("head")[18..]) != 1000 || BinaryPrimitives.ReadInt16BigEndian(Table("head")[50..]) != 1)
        {
            throw new InvalidOperationException("The font has 1000 units to the em and long offsets, or the writer must learn others.");
        }
    }

    /// <summary>How many glyphs there are.</summary>
    public int Glyphs { get; }

    /// <summary>The advance of a glyph in thousandths of the size.</summary>
    public int Width(int glyph) => BinaryPrimitives.ReadUInt16BigEndian(Table("hmtx")[(4 * Math.Min(glyph, _metrics - 1))..]);

    /// <summary>Adds the parts that composite glyphs are made of.</summary>
    public void Close(ISet<ushort> glyphs)
    {
        var waiting = new Stack<ushort>(glyphs);
        while (waiting.TryPop(out var glyph))
        {
            var outline = Outline(glyph);
            if (outline.Length == 0 || BinaryPrimitives.ReadInt16BigEndian(outline) >= 0)
            {
                continue;
            }

            foreach (var part in Parts(outline))
            {
                if (glyphs.Add(part))
                {
                    waiting.Push(part);
                }
            }
        }
    }

    /// <summary>A font file with the outlines of these glyphs only, under the numbers that they have here.</summary>
    public byte[] Subset(IReadOnlySet<ushort> glyphs)
    {
        var outlines = new MemoryStream();
        var (offsets, metrics) = (new byte[4 * (Glyphs + 1)], new byte[Table("hmtx").Length]);
        for (var glyph = 0; glyph < Glyphs; glyph++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(offsets.AsSpan(4 * glyph), (uint)outlines.Length);
            if (glyph == 0 || glyphs.Contains((ushort)glyph))
            {
                outlines.Write(Outline(glyph));
                outlines.SetLength((outlines.Length + 3) & ~3);
                outlines.Position = outlines.Length;
                CopyMetric(glyph, metrics);
            }
        }

        BinaryPrimitives.WriteUInt32BigEndian(offsets.AsSpan(4 * Glyphs), (uint)outlines.Length);
        // The last of the metrics is the width of all glyphs after it.
        CopyMetric(_metrics - 1, metrics);
        return Assemble(table => table switch
        {
            "glyf" => outlines.ToArray(),
            "loca" => offsets,
            "hmtx" => metrics,
            _ => Table(table).ToArray(),
        });
    }

    private static byte[] Assemble(Func<string, byte[]> table)
    {
        var file = new MemoryStream();
        var directory = new byte[12 + (16 * Kept.Length)];
        ReadOnlySpan<byte> version = [0, 1, 0, 0, 0, (byte)Kept.Length, 0, 64, 0, 2, 0, 32];
        version.CopyTo(directory);
        file.Write(directory);
        var head = 0;
        for (var i = 0; i < Kept.Length; i++)
        {
            var content = table(Kept[i]);
            if (Kept[i] == "head")
            {
                head = (int)file.Position;
                content.AsSpan(8, 4).Clear();
            }

            var entry = directory.AsSpan(12 + (16 * i));
            System.Text.Encoding.ASCII.GetBytes(Kept[i], entry);
            BinaryPrimitives.WriteUInt32BigEndian(entry[4..], Sum(content));
            BinaryPrimitives.WriteUInt32BigEndian(entry[8..], (uint)file.Position);
            BinaryPrimitives.WriteUInt32BigEndian(entry[12..], (uint)content.Length);
            file.Write(content);
            file.SetLength((file.Length + 3) & ~3);
            file.Position = file.Length;
        }

        var all = file.ToArray();
        directory.CopyTo(all, 0);
        BinaryPrimitives.WriteUInt32BigEndian(all.AsSpan(head + 8), unchecked(0xB1B0AFBA - Sum(all)));
        return all;
    }

    private static uint Sum(ReadOnlySpan<byte> content)
    {
        var sum = 0u;
        Span<byte> last = stackalloc byte[4];
        for (var i = 0; i < content.Length; i += 4)
        {
            content[i..Math.Min(i + 4, content.Length)].CopyTo(last);
            last[Math.Min(4, content.Length - i)..].Clear();
            sum = unchecked(sum + BinaryPrimitives.ReadUInt32BigEndian(last));
        }

        return sum;
    }

    private static List<ushort> Parts(ReadOnlySpan<byte> outline)
    {
        const int words = 1, scale = 8, more = 32, twoScales = 64, matrix = 128;
        var parts = new List<ushort>();
        for (var at = 10; ;)
        {
            var flags = BinaryPrimitives.ReadUInt16BigEndian(outline[at..]);
            parts.Add(BinaryPrimitives.ReadUInt16BigEndian(outline[(at + 2)..]));
            at += 4 + ((flags & words) != 0 ? 4 : 2);
            at += (flags & scale) != 0 ? 2 : (flags & twoScales) != 0 ? 4 : (flags & matrix) != 0 ? 8 : 0;
            if ((flags & more) == 0)
            {
                return parts;
            }
        }
    }

    private void CopyMetric(int glyph, byte[] metrics)
    {
        var range = glyph < _metrics ? (4 * glyph)..((4 * glyph) + 4) : ((4 * _metrics) + (2 * (glyph - _metrics)))..((4 * _metrics) + (2 * (glyph - _metrics)) + 2);
        Table("hmtx")[range].CopyTo(metrics.AsSpan(range));
    }

    private ReadOnlySpan<byte> Outline(int glyph)
    {
        var loca = Table("loca")[(4 * glyph)..];
        return Table("glyf")[(int)BinaryPrimitives.ReadUInt32BigEndian(loca)..(int)BinaryPrimitives.ReadUInt32BigEndian(loca[4..])];
    }

    private ReadOnlySpan<byte> Table(string name) => _file.AsSpan(_tables[name]);

    private ushort U16(int at) => BinaryPrimitives.ReadUInt16BigEndian(_file.AsSpan(at));

    private uint U32(int at) => BinaryPrimitives.ReadUInt32BigEndian(_file.AsSpan(at));
}
