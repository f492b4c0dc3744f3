using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using HarfBuzzSharp;

namespace Plr.Server.Documents;

/// <summary>One weight of the report's letters: measures and shapes words, and knows which characters it can print. Read once and shared.</summary>
[SuppressMessage("Design", "CA1001", Justification = "There are two of them and they live as long as the program.")]
internal sealed class FontFace
{
    private const int MostWords = 8192;

    // What every document carries: its font is then the same and is made once. English and Welsh need no more.
    private const string CommonCharacters =
        " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~"
        + "£©·¿ÀÁÂÄÇÈÉÊËÌÍÎÏÑÒÓÔÖÙÚÛÜÝàáâäçèéêëìíîïñòóôöùúûüýÿŴŵŶŷŸẀẁẂẃẄẅỲỳ–—‘’“”•…";

    private readonly ConcurrentDictionary<string, ShapedWord> _words = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ShapedWord>.AlternateLookup<ReadOnlySpan<char>> _known;
    private readonly Lock _shaping = new();

    // Kept, because the shaper goes on reading what they own.
    private readonly Blob _blob;
    private readonly Face _face;
    private readonly Font _font;
    private readonly ConcurrentDictionary<ushort, string> _characters = new();
    private readonly HashSet<int> _printable = [];
    private readonly HashSet<ushort> _common;
    private readonly Lazy<EmbeddedFont> _commonFont;
    private readonly int[] _widths;

    private FontFace(string name, int stem)
    {
        (Name, Stem) = (name, stem);
        var file = Read(name);
        File = new FontFile(file);
        // Blob.FromStream would hand over the address of an array that the collector then moves: this one is pinned, and FontFile keeps it.
        _blob = new Blob(Marshal.UnsafeAddrOfPinnedArrayElement(file, 0), file.Length, MemoryMode.ReadOnly);
        _face = new Face(_blob, 0);
        _font = new Font(_face);
        _font.SetScale(1000, 1000);
        _font.SetFunctionsOpenType();
        _known = _words.GetAlternateLookup<ReadOnlySpan<char>>();
        _widths = [.. Enumerable.Range(0, File.Glyphs).Select(File.Width)];
        for (var character = 0x20; character < 0x10000; character++)
        {
            if (_font.TryGetNominalGlyph((uint)character, out var glyph) && glyph != 0)
            {
                _characters.TryAdd((ushort)glyph, ((char)character).ToString());
                _printable.Add(character);
            }
        }

        _common = [.. CommonCharacters.Select(c => (ushort)_font.GetNominalGlyphOf(c))];
        Space = (ushort)_font.GetNominalGlyphOf(' ');
        _commonFont = new(() => EmbeddedFont.Of(this, _common));
    }

    public static FontFace Regular { get; } = new("NotoSans-Regular", 80);

    public static FontFace Bold { get; } = new("NotoSans-Bold", 140);

    public string Name { get; }

    /// <summary>The width of its stems, which a reader without the font would imitate.</summary>
    public int Stem { get; }

    public FontFile File { get; }

    public ushort Space { get; }

    public int SpaceWidth => _widths[Space];

    public int Width(int glyph) => _widths[glyph];

    public bool IsCommon(ushort glyph) => _common.Contains(glyph);

    /// <summary>The character that a glyph is for, or the characters; null when it is a part of one.</summary>
    public string? Characters(ushort glyph) => _characters.GetValueOrDefault(glyph);

    /// <summary>Whether there are letters for it. Blanks of any kind are, and marks that only say how to join.</summary>
    public bool CanPrint(Rune character) =>
        character.Value < 127 || Rune.IsWhiteSpace(character) || Rune.GetUnicodeCategory(character) == UnicodeCategory.Format
        || _printable.Contains(character.Value);

    /// <summary>What a document carries that uses these glyphs beyond the common ones.</summary>
    public EmbeddedFont Embedded(IReadOnlySet<ushort> extra) => extra.Count == 0 ? _commonFont.Value : EmbeddedFont.Of(this, [.. _common, .. extra]);

    /// <summary>Sets a word. It has no blanks and is in NFC.</summary>
    public ShapedWord Shape(ReadOnlySpan<char> word)
    {
        if (_known.TryGetValue(word, out var known))
        {
            return known;
        }

        var shaped = Set(word.ToString());
        if (_words.Count >= MostWords)
        {
            _words.Clear();
        }

        _words.TryAdd(shaped.Text, shaped);
        return shaped;
    }

    private ShapedWord Set(string word)
    {
        var (infos, places) = Ask(word);
        var glyphs = new PlacedGlyph[infos.Length];
        var said = new StringBuilder();
        for (var i = 0; i < infos.Length; i++)
        {
            Learn(infos, i, word);
            glyphs[i] = new((ushort)infos[i].Codepoint, places[i].XAdvance, places[i].XOffset, places[i].YOffset);
            said.Append(Characters(glyphs[i].Id) ?? "\uFFFD");
        }

        return new(word, this, glyphs, said.ToString() == word);
    }

    // A mark over a capital, or two marks in one, have glyphs that no character leads to: what they are is told from where they stand.
    private void Learn(GlyphInfo[] infos, int i, string word)
    {
        var (start, end) = ((int)infos[i].Cluster, i + 1 < infos.Length ? (int)infos[i + 1].Cluster : word.Length);
        if (end > start && (i == 0 || infos[i - 1].Cluster != infos[i].Cluster))
        {
            _characters.TryAdd((ushort)infos[i].Codepoint, word[start..end]);
        }
    }

    // One at a time: words are kept, so that the shaper is seldom asked, and no promise about its threads is needed.
    private (GlyphInfo[] Infos, GlyphPosition[] Places) Ask(string word)
    {
        lock (_shaping)
        {
            using var buffer = new HarfBuzzSharp.Buffer { ClusterLevel = ClusterLevel.MonotoneCharacters };
            buffer.AddUtf16(word);
            buffer.GuessSegmentProperties();
            _font.Shape(buffer);
            return (buffer.GlyphInfos, buffer.GlyphPositions);
        }
    }

    private static byte[] Read(string name)
    {
        using var file = typeof(FontFace).Assembly.GetManifestResourceStream($"Plr.Server.Documents.Fonts.{name}.ttf")
            ?? throw new InvalidOperationException($"The font {name} is not inside the program.");
        var bytes = GC.AllocateUninitializedArray<byte>((int)file.Length, pinned: true);
        file.ReadExactly(bytes);
        return bytes;
    }
}

/// <summary>Asking for what is there.</summary>
internal static class FontQuestions
{
    public static uint GetNominalGlyphOf(this Font font, char character) =>
        font.TryGetNominalGlyph(character, out var glyph) ? glyph : throw new InvalidOperationException($"The font has no glyph for U+{(int)character:X4}.");
}
