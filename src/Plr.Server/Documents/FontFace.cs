using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
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
    private readonly Font _font;
    private readonly Dictionary<ushort, int> _characters = [];
    private readonly HashSet<ushort> _common;
    private readonly Lazy<EmbeddedFont> _commonFont;
    private readonly int[] _widths;

    private FontFace(string name, int stem)
    {
        (Name, Stem) = (name, stem);
        var file = Read(name);
        File = new FontFile(file);
        using var blob = Blob.FromStream(new MemoryStream(file));
        _font = new Font(new Face(blob, 0));
        _font.SetScale(1000, 1000);
        _font.SetFunctionsOpenType();
        _known = _words.GetAlternateLookup<ReadOnlySpan<char>>();
        _widths = [.. Enumerable.Range(0, File.Glyphs).Select(File.Width)];
        for (var character = 0x20; character < 0x10000; character++)
        {
            if (_font.TryGetNominalGlyph((uint)character, out var glyph) && glyph != 0)
            {
                _characters.TryAdd((ushort)glyph, character);
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

    /// <summary>The character that a glyph is for, if it is one's.</summary>
    public int? Character(ushort glyph) => _characters.TryGetValue(glyph, out var character) ? character : null;

    /// <summary>Whether there are letters for it. Blanks of any kind are, and marks that only say how to join.</summary>
    public bool CanPrint(Rune character) =>
        character.Value < 127 || Rune.IsWhiteSpace(character) || Rune.GetUnicodeCategory(character) == UnicodeCategory.Format
        || (_font.TryGetNominalGlyph((uint)character.Value, out var glyph) && glyph != 0);

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
        using var buffer = new HarfBuzzSharp.Buffer { ClusterLevel = ClusterLevel.MonotoneCharacters };
        buffer.AddUtf16(word);
        buffer.GuessSegmentProperties();
        lock (_shaping)
        {
            _font.Shape(buffer);
        }

        var (infos, places) = (buffer.GlyphInfos, buffer.GlyphPositions);
        var glyphs = new PlacedGlyph[infos.Length];
        var said = new StringBuilder();
        for (var i = 0; i < infos.Length; i++)
        {
            glyphs[i] = new((ushort)infos[i].Codepoint, places[i].XAdvance, places[i].XOffset, places[i].YOffset);
            said.Append(Character(glyphs[i].Id) is { } character ? (char)character : '\uFFFD');
        }

        return new(word, this, glyphs, said.ToString() == word);
    }

    private static byte[] Read(string name)
    {
        using var file = typeof(FontFace).Assembly.GetManifestResourceStream($"Plr.Server.Documents.Fonts.{name}.ttf")
            ?? throw new InvalidOperationException($"The font {name} is not inside the program.");
        var bytes = new byte[file.Length];
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
