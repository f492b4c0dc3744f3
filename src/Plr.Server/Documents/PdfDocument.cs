using System.Globalization;
using System.Security;
using System.Text;

namespace Plr.Server.Documents;

/// <summary>What a document says of itself.</summary>
/// <param name="Title">Shown by the reader in place of the file's name. Nothing personal.</param>
/// <param name="Language">As in <c>html lang</c>.</param>
/// <param name="Maker">The service that made it.</param>
/// <param name="MadeAt">When.</param>
/// <param name="Fingerprint">16 bytes that no other document has.</param>
internal sealed record DocumentFacts(string Title, string Language, string Maker, DateTimeOffset MadeAt, byte[] Fingerprint);

/// <summary>
/// A tagged PDF: pages, structure, bookmarks, fonts and metadata (DESIGN §6, PDF). Every mark on a page is content of a structure element or
/// an artifact. No conformance to PDF/UA is claimed, since no validator is to be had.
/// </summary>
internal sealed class PdfDocument : IDisposable
{
    private readonly PdfFile _file = new();
    private readonly List<Page> _pages = [];
    private readonly List<(string Title, int Page, double Top)> _bookmarks = [];
    private readonly HashSet<ushort> _regular = [];
    private readonly HashSet<ushort> _bold = [];
    private readonly int _tree;
    private readonly int _resources;

    public PdfDocument()
    {
        Structure = new(_file);
        (_tree, _resources) = (_file.NewId(), _file.NewId());
        Structure.Begin("Document");
    }

    public PdfStructure Structure { get; }

    public int Pages => _pages.Count;

    public void AddPage()
    {
        var id = _file.NewId();
        Structure.AddPage(id);
        _pages.Add(new(id, new(_regular, _bold)));
    }

    public PdfCanvas Canvas(int page) => _pages[page].Canvas;

    /// <summary>Where content begins on a page, below the headings of a table that goes on.</summary>
    public double Begins(int page) => _pages[page].Begins;

    public void BeginsAt(int page, double y) => _pages[page].Begins = y;

    public void AddBookmark(string title, int page, double top) => _bookmarks.Add((title, page, top));

    /// <summary>Writes everything that is known only at the end; the file.</summary>
    public byte[] Finish(DocumentFacts facts)
    {
        Structure.End();
        Structure.Finish();
        for (var i = 0; i < _pages.Count; i++)
        {
            AddPage(_pages[i], i);
        }

        var pages = _file.Begin(_tree).Add("<</Type/Pages/Count "u8).Add(_pages.Count).Add("/Kids["u8);
        foreach (var page in _pages)
        {
            pages.AddRef(page.Id).Add(" "u8);
        }

        pages.Add("]>>"u8);
        var (regular, bold) = (AddFont(FontFace.Regular, _regular), AddFont(FontFace.Bold, _bold));
        _file.Begin(_resources).Add("<</Font<</R "u8).AddRef(regular).Add("/B "u8).AddRef(bold).Add(">>>>"u8);
        var (outlines, metadata, information, catalogue) = (AddBookmarks(), _file.NewId(), _file.NewId(), _file.NewId());
        _file.AddPlain(metadata, "/Type/Metadata/Subtype/XML"u8, Encoding.UTF8.GetBytes(Metadata(facts)));
        _file.Begin(information).Add("<</Title"u8).AddText(facts.Title).Add("/Producer"u8).AddText(facts.Maker).Add("/CreationDate("u8)
            .AddUtf8(facts.MadeAt.UtcDateTime.ToString("'D:'yyyyMMddHHmmss'Z'", CultureInfo.InvariantCulture)).Add(")>>"u8);
        var root = _file.Begin(catalogue).Add("<</Type/Catalog/Pages "u8).AddRef(_tree).Add("/StructTreeRoot "u8).AddRef(Structure.Root)
            .Add("/MarkInfo<</Marked true>>/ViewerPreferences<</DisplayDocTitle true>>/Metadata "u8).AddRef(metadata)
            .Add("/Lang("u8).AddUtf8(facts.Language).Add(")"u8);
        if (outlines != 0)
        {
            root.Add("/PageMode/UseOutlines/Outlines "u8).AddRef(outlines);
        }

        root.Add(">>"u8);
        _file.Finish(catalogue, information, facts.Fingerprint);
        return _file.ToArray();
    }

    public void Dispose()
    {
        _file.Dispose();
        _pages.ForEach(page => page.Canvas.Dispose());
    }

    private void AddPage(Page page, int number)
    {
        var content = _file.NewId();
        _file.AddStream(content, default, page.Canvas.Content);
        _file.Begin(page.Id).Add("<</Type/Page/Parent "u8).AddRef(_tree).Add("/MediaBox[0 0 "u8).Add(PdfCanvas.Width).Add(" "u8).Add(PdfCanvas.Height)
            .Add("]/Resources "u8).AddRef(_resources).Add("/Contents "u8).AddRef(content).Add("/Tabs/S/StructParents "u8).Add(number).Add(">>"u8);
    }

    private int AddFont(FontFace face, HashSet<ushort> extra)
    {
        var embedded = face.Embedded(extra);
        var (font, descendant, descriptor, file, map) = (_file.NewId(), _file.NewId(), _file.NewId(), _file.NewId(), _file.NewId());
        using var length = new Bytes();
        _file.AddCompressed(file, length.Add("/Length1 "u8).Add(embedded.FileLength).Span, embedded.File);
        _file.AddCompressed(map, default, embedded.ToUnicode);
        var name = Tag(extra) + "+" + face.Name;
        _file.Begin(font).Add("<</Type/Font/Subtype/Type0/Encoding/Identity-H/BaseFont/"u8).AddUtf8(name).Add("/DescendantFonts["u8).AddRef(descendant)
            .Add("]/ToUnicode "u8).AddRef(map).Add(">>"u8);
        _file.Begin(descendant).Add("<</Type/Font/Subtype/CIDFontType2/CIDToGIDMap/Identity/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/BaseFont/"u8)
            .AddUtf8(name).Add("/DW 600/FontDescriptor "u8).AddRef(descriptor).Add("/W["u8).Add(embedded.Widths).Add("]>>"u8);
        _file.Begin(descriptor).Add("<</Type/FontDescriptor/FontName/"u8).AddUtf8(name)
            .Add("/Flags 4/FontBBox[-621 -389 2800 1067]/ItalicAngle 0/Ascent 1069/Descent -293/CapHeight 714/StemV "u8).Add(face.Stem).Add("/FontFile2 "u8).AddRef(file).Add(">>"u8);
        return font;
    }

    /// <summary>Six letters that tell one subset from another.</summary>
    private static string Tag(HashSet<ushort> extra)
    {
        var sum = extra.Order().Aggregate(17L, (sum, glyph) => ((sum * 31) + glyph) % 308_915_776);
        return string.Create(6, sum, (letters, rest) =>
        {
            for (var i = 0; i < letters.Length; i++, rest /= 26)
            {
                letters[i] = (char)('A' + (rest % 26));
            }
        });
    }

    private int AddBookmarks()
    {
        if (_bookmarks.Count == 0)
        {
            return 0;
        }

        var root = _file.NewId();
        int[] ids = [.. _bookmarks.Select(_ => _file.NewId())];
        _file.Begin(root).Add("<</Type/Outlines/First "u8).AddRef(ids[0]).Add("/Last "u8).AddRef(ids[^1]).Add("/Count "u8).Add(ids.Length).Add(">>"u8);
        for (var i = 0; i < ids.Length; i++)
        {
            var (title, page, top) = _bookmarks[i];
            var to = _file.Begin(ids[i]).Add("<</Title"u8).AddText(title).Add("/Parent "u8).AddRef(root).Add("/Dest["u8).AddRef(_pages[page].Id)
                .Add("/XYZ null "u8).Add(PdfCanvas.Height - top).Add(" null]"u8);
            if (i > 0)
            {
                to.Add("/Prev "u8).AddRef(ids[i - 1]);
            }

            if (i + 1 < ids.Length)
            {
                to.Add("/Next "u8).AddRef(ids[i + 1]);
            }

            to.Add(">>"u8);
        }

        return root;
    }

    private static string Metadata(DocumentFacts facts)
    {
        var (title, maker) = (SecurityElement.Escape(facts.Title), SecurityElement.Escape(facts.Maker));
        var at = facts.MadeAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return $"""
            <?xpacket begin="{'\uFEFF'}" id="W5M0MpCehiHzreSzNTczkc9d"?>
            <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
            <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
            <dc:format>application/pdf</dc:format>
            <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
            <dc:language><rdf:Bag><rdf:li>{facts.Language}</rdf:li></rdf:Bag></dc:language>
            <xmp:CreateDate>{at}</xmp:CreateDate>
            <pdf:Producer>{maker}</pdf:Producer>
            </rdf:Description></rdf:RDF></x:xmpmeta>
            <?xpacket end="r"?>
            """;
    }

    private sealed class Page(int id, PdfCanvas canvas)
    {
        public int Id { get; } = id;

        public PdfCanvas Canvas { get; } = canvas;

        public double Begins { get; set; }
    }
}
