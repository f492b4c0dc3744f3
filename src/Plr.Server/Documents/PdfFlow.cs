using Plr.Server.Web;

namespace Plr.Server.Documents;

/// <summary>
/// Headings, paragraphs, lists and tables, one under the other over as many pages as they take. Each is in the structure tree as what it
/// is; a heading stays with what follows it, and a row stays whole unless it is longer than a page.
/// </summary>
internal sealed class PdfFlow(PdfDocument document)
{
    // In points: half a millimetre a module, as printers and telephones take it.
    private const double SquareSide = 50;
    private const double SquareTop = 8;

    private static readonly double SectionHeight = TextStyle.Heading.Leading + 6;

    private readonly PdfCursor _at = new(document);
    private readonly WrappedText _text = new();

    public void Title(string text)
    {
        _at.NewPage();
        Element("H1", text, TextStyle.Title, 0);
        _at.Y += 4;
    }

    /// <summary>A section: its heading, and its line among the bookmarks.</summary>
    /// <param name="room">What must fit below it on the same page, in points.</param>
    public void Section(string text, double room = 40)
    {
        _at.Y += 14;
        _at.Need(SectionHeight + room);
        document.AddBookmark(text, _at.Page, _at.Y);
        Element("H2", text, TextStyle.Heading, 0);
        _at.Y += 3;
    }

    public void Paragraph(string text)
    {
        Element("P", text, TextStyle.Body, 0);
        _at.Y += 5;
    }

    public void Bullets(IEnumerable<string> texts)
    {
        document.Structure.Begin("L");
        foreach (var text in texts)
        {
            document.Structure.Begin("LI");
            _at.Need(TextStyle.Body.Leading);
            var (page, y) = (_at.Page, _at.Y);
            Element("LBody", text, TextStyle.Body, 12);
            var canvas = document.Canvas(page);
            canvas.BeginArtifact();
            _text.Wrap("•", TextStyle.Body, 12);
            canvas.Text(_text, 0, 1, PdfCursor.Left + 2, y);
            canvas.End();
            document.Structure.End();
        }

        document.Structure.End();
        _at.Y += 5;
    }

    /// <summary>Names and values: a table whose rows have headings.</summary>
    public void Facts(IEnumerable<(string Label, string Value)> facts) => new PdfTable(_at).WriteFacts(facts);

    /// <summary>A section that is a table with headings, which stand on each of its pages; the first cell of a row is the row's own heading.</summary>
    public void Table(string title, IReadOnlyList<TableColumn> columns, IReadOnlyList<IReadOnlyList<IReadOnlyList<CellText>>> rows)
    {
        var table = new PdfTable(_at);
        var beginning = table.Beginning(columns, rows[0]);
        // Headings do not stand alone at the foot of a page, unless no page could hold the first row.
        Section(title, beginning <= PdfCursor.RoomDown - SectionHeight ? beginning : 90);
        table.Write(columns, rows);
    }

    /// <summary>Header and footer of every page, once it is known how many there are.</summary>
    /// <param name="service">In the header.</param>
    /// <param name="reference">In the footer.</param>
    /// <param name="pageOf">What the footer says of a page and how many there are.</param>
    /// <param name="address">A square with this address stands in the header; null for none.</param>
    public void Edges(string service, string reference, Func<int, int, string> pageOf, string? address = null)
    {
        var square = address is null ? null : QrSquare.Rows(address);
        for (var page = 0; page < document.Pages; page++)
        {
            var canvas = document.Canvas(page);
            canvas.BeginEdge(isFooter: false);
            Edge(canvas, service, TextStyle.Edge, 36, isRight: false);
            canvas.Line(PdfCursor.Left, square is null ? PdfCursor.Right : PdfCursor.Right - SquareSide - 6, 52, 0.6, 0.5);
            Square(canvas, square);
            canvas.End();
            canvas.BeginEdge(isFooter: true);
            canvas.Line(PdfCursor.Left, PdfCursor.Right, PdfCursor.Bottom + 14, 0.6, 0.5);
            Edge(canvas, reference, TextStyle.EdgeStrong, PdfCursor.Bottom + 20, isRight: false);
            Edge(canvas, pageOf(page + 1, document.Pages), TextStyle.Edge, PdfCursor.Bottom + 20, isRight: true);
            canvas.End();
        }
    }

    // In rows of as many modules as touch: fewer boxes, and no gaps between them.
    private static void Square(PdfCanvas canvas, IReadOnlyList<System.Collections.BitArray>? square)
    {
        if (square is null)
        {
            return;
        }

        var module = SquareSide / square.Count;
        for (var y = 0; y < square.Count; y++)
        {
            for (var x = 0; x < square.Count; x++)
            {
                var from = x;
                while (x < square.Count && square[y][x])
                {
                    x++;
                }

                if (x > from)
                {
                    canvas.Box(PdfCursor.Right - SquareSide + (from * module), SquareTop + (y * module), (x - from) * module, module, 0);
                }
            }
        }
    }

    private void Edge(PdfCanvas canvas, string text, TextStyle style, double top, bool isRight)
    {
        _text.Wrap(text, style, PdfCursor.RoomAcross);
        var left = isRight ? PdfCursor.Right - (_text.Lines[0].Width * style.Size / 1000) : PdfCursor.Left;
        canvas.Text(_text, 0, Math.Min(1, _text.Lines.Count), left, top);
    }

    private void Element(string type, string text, TextStyle style, double indent)
    {
        _text.Wrap(text, style, PdfCursor.RoomAcross - indent);
        document.Structure.Begin(type);
        _at.Write(_text, PdfCursor.Left + indent);
        document.Structure.End();
    }
}
