using System.Runtime.InteropServices;

namespace Plr.Server.Documents;

/// <summary>One column of a table: what its heading says, and how wide it is in points.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TableColumn(string Heading, double Width);

/// <summary>One paragraph of a table's cell.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CellText(string Text, TextStyle Style);

/// <summary>
/// Headings, paragraphs, lists and tables, one under the other over as many pages as they take. Each is in the structure tree as what it
/// is; a heading stays with what follows it, and a row stays whole unless it is longer than a page.
/// </summary>
internal sealed class PdfFlow(PdfDocument document)
{
    private const double Left = 51;
    private const double Right = PdfCanvas.Width - Left;
    private const double Top = 66;
    private const double Bottom = PdfCanvas.Height - 66;
    private const double CellGap = 6;
    private const double RowGap = 3.5;

    private readonly WrappedText _text = new();

    // Turning the page in the middle of a row writes the headings again: that must not disturb what is being written.
    private readonly WrappedText _headingText = new();
    private readonly List<WrappedText> _row = [];
    private int _page = -1;
    private double _y = Bottom;
    private Action? _heading;

    /// <summary>How wide the text is.</summary>
    public static double RoomAcross => Right - Left;

    public void Title(string text)
    {
        NewPage();
        Element("H1", text, TextStyle.Title, 0);
        _y += 4;
    }

    /// <summary>A section: its heading, and its line among the bookmarks.</summary>
    /// <param name="room">What must fit below it on the same page, in points.</param>
    public void Section(string text, double room = 40)
    {
        _y += 14;
        Need(TextStyle.Heading.Leading + 6 + room);
        document.AddBookmark(text, _page, _y);
        Element("H2", text, TextStyle.Heading, 0);
        _y += 3;
    }

    public void Paragraph(string text)
    {
        Element("P", text, TextStyle.Body, 0);
        _y += 5;
    }

    public void Bullets(IEnumerable<string> texts)
    {
        document.Structure.Begin("L");
        foreach (var text in texts)
        {
            document.Structure.Begin("LI");
            Need(TextStyle.Body.Leading);
            var (page, y) = (_page, _y);
            Element("LBody", text, TextStyle.Body, 12);
            var canvas = document.Canvas(page);
            canvas.BeginArtifact();
            _text.Wrap("•", TextStyle.Body, 12);
            canvas.Text(_text, 0, 1, Left + 2, y);
            canvas.End();
            document.Structure.End();
        }

        document.Structure.End();
        _y += 5;
    }

    /// <summary>Names and values: a table whose rows have headings.</summary>
    public void Facts(IEnumerable<(string Label, string Value)> facts)
    {
        document.Structure.Begin("Table");
        double[] widths = [150, RoomAcross - 150];
        Rule(0.6);
        foreach (var (label, value) in facts)
        {
            Row([[new(label, TextStyle.Label)], [new(value, TextStyle.Body)]], widths);
        }

        document.Structure.End();
        _y += 3;
    }

    /// <summary>A table with headings that stand on each of its pages; the first cell of a row is the row's own heading.</summary>
    public void Table(IReadOnlyList<TableColumn> columns, IEnumerable<IReadOnlyList<IReadOnlyList<CellText>>> rows)
    {
        double[] widths = [.. columns.Select(column => column.Width)];
        IReadOnlyList<IReadOnlyList<CellText>> headings = [.. columns.Select(column => (IReadOnlyList<CellText>)[new(column.Heading, TextStyle.CellStrong)])];
        document.Structure.Begin("Table");
        Headings(headings, widths, isRepeat: false);
        _heading = () => Headings(headings, widths, isRepeat: true);
        foreach (var row in rows)
        {
            Row(row, widths);
        }

        _heading = null;
        document.Structure.End();
        _y += 8;
    }

    /// <summary>Header and footer of every page, once it is known how many there are.</summary>
    public void Edges(string service, string reference, Func<int, int, string> pageOf)
    {
        for (var page = 0; page < document.Pages; page++)
        {
            var canvas = document.Canvas(page);
            canvas.BeginEdge(isFooter: false);
            Edge(canvas, service, TextStyle.Edge, 36, isRight: false);
            canvas.Line(Left, Right, 52, 0.6, 0.5);
            canvas.End();
            canvas.BeginEdge(isFooter: true);
            canvas.Line(Left, Right, Bottom + 14, 0.6, 0.5);
            Edge(canvas, reference, TextStyle.EdgeStrong, Bottom + 20, isRight: false);
            Edge(canvas, pageOf(page + 1, document.Pages), TextStyle.Edge, Bottom + 20, isRight: true);
            canvas.End();
        }
    }

    private void Edge(PdfCanvas canvas, string text, TextStyle style, double top, bool isRight)
    {
        _text.Wrap(text, style, RoomAcross);
        var left = isRight ? Right - (_text.Lines[0].Width * style.Size / 1000) : Left;
        canvas.Text(_text, 0, 1, left, top);
    }

    private void Element(string type, string text, TextStyle style, double indent)
    {
        _text.Wrap(text, style, RoomAcross - indent);
        document.Structure.Begin(type);
        for (var line = 0; line < _text.Lines.Count;)
        {
            Need(style.Leading);
            var count = Math.Min(_text.Lines.Count - line, Fitting(_y, style.Leading));
            Marked(_page, _text, line, count, Left + indent, _y);
            (line, _y) = (line + count, _y + (count * style.Leading));
        }

        document.Structure.End();
    }

    private void Headings(IReadOnlyList<IReadOnlyList<CellText>> cells, double[] widths, bool isRepeat)
    {
        var height = HeadingHeight(cells, widths) + (2 * RowGap);
        var canvas = document.Canvas(_page);
        canvas.BeginArtifact();
        canvas.Box(Left, _y, RoomAcross, height, 0.93);
        canvas.End();
        if (isRepeat)
        {
            canvas.BeginArtifact();
        }
        else
        {
            document.Structure.Begin("TR");
        }

        for (var (i, left) = (0, Left); i < cells.Count; left += widths[i++])
        {
            _headingText.Wrap(cells[i][0].Text, cells[i][0].Style, widths[i] - CellGap);
            if (isRepeat)
            {
                canvas.Text(_headingText, 0, _headingText.Lines.Count, left + (CellGap / 2), _y + RowGap);
                continue;
            }

            document.Structure.Begin("TH", Scope.Column);
            Marked(_page, _headingText, 0, _headingText.Lines.Count, left + (CellGap / 2), _y + RowGap);
            document.Structure.End();
        }

        if (isRepeat)
        {
            canvas.End();
        }
        else
        {
            document.Structure.End();
        }

        _y += height;
        Rule(0.3);
    }

    private void Row(IReadOnlyList<IReadOnlyList<CellText>> cells, double[] widths)
    {
        // A row that no page could hold begins where it is and goes on over the next ones.
        var height = Height(cells, widths) + (2 * RowGap);
        if (height < Bottom - Top - 60)
        {
            Need(height);
        }

        var (page, y) = (_page, _y + RowGap);
        var (lastPage, lastY, wrapped) = (page, y, 0);
        document.Structure.Begin("TR");
        for (var (i, left) = (0, Left); i < cells.Count; left += widths[i++])
        {
            (_page, _y) = (page, y);
            document.Structure.Begin(i == 0 ? "TH" : "TD", i == 0 ? Scope.Row : Scope.None);
            Cell(wrapped, cells[i].Count, left + (CellGap / 2));
            wrapped += cells[i].Count;
            document.Structure.End();
            if (_page > lastPage || (_page == lastPage && _y > lastY))
            {
                (lastPage, lastY) = (_page, _y);
            }
        }

        document.Structure.End();
        (_page, _y) = (lastPage, lastY + RowGap);
        Rule(0.7);
    }

    private void Cell(int first, int paragraphs, double left)
    {
        foreach (var text in _row.GetRange(first, paragraphs))
        {
            if (paragraphs > 1)
            {
                document.Structure.Begin("P");
            }

            for (var line = 0; line < text.Lines.Count;)
            {
                var count = Math.Min(text.Lines.Count - line, Fitting(_y, text.Style.Leading));
                if (count == 0)
                {
                    TurnPage();
                    continue;
                }

                Marked(_page, text, line, count, left, _y);
                (line, _y) = (line + count, _y + (count * text.Style.Leading));
            }

            if (paragraphs > 1)
            {
                document.Structure.End();
            }
        }
    }

    private void Marked(int page, WrappedText text, int first, int count, double left, double top)
    {
        var canvas = document.Canvas(page);
        canvas.BeginMarked(document.Structure.OpenType, document.Structure.Mark(page));
        canvas.Text(text, first, count, left, top);
        canvas.End();
    }

    /// <summary>Wraps all texts of a row; how high it is.</summary>
    private double Height(IReadOnlyList<IReadOnlyList<CellText>> cells, double[] widths)
    {
        var (highest, wrapped) = (0.0, 0);
        for (var i = 0; i < cells.Count; i++)
        {
            var height = 0.0;
            foreach (var (text, style) in cells[i])
            {
                if (wrapped == _row.Count)
                {
                    _row.Add(new());
                }

                _row[wrapped].Wrap(text, style, widths[i] - CellGap);
                height += _row[wrapped++].Height;
            }

            highest = Math.Max(highest, height);
        }

        return highest;
    }

    private double HeadingHeight(IReadOnlyList<IReadOnlyList<CellText>> cells, double[] widths)
    {
        var highest = 0.0;
        for (var i = 0; i < cells.Count; i++)
        {
            _headingText.Wrap(cells[i][0].Text, cells[i][0].Style, widths[i] - CellGap);
            highest = Math.Max(highest, _headingText.Height);
        }

        return highest;
    }

    private void Rule(double grey)
    {
        var canvas = document.Canvas(_page);
        canvas.BeginArtifact();
        canvas.Line(Left, Right, _y, grey, 0.5);
        canvas.End();
    }

    private static int Fitting(double from, double leading) => Math.Max(0, (int)((Bottom - from + 0.01) / leading));

    private void Need(double height)
    {
        if (_y + height > Bottom)
        {
            TurnPage();
        }
    }

    /// <summary>To the next page; it is there already when another cell of the same row went on to it.</summary>
    private void TurnPage()
    {
        if (_page + 1 < document.Pages)
        {
            (_page, _y) = (_page + 1, document.Begins(_page + 1));
            return;
        }

        NewPage();
        _heading?.Invoke();
        _y += _heading is null ? 0 : RowGap;
        document.BeginsAt(_page, _y);
    }

    private void NewPage()
    {
        document.AddPage();
        (_page, _y) = (document.Pages - 1, Top);
    }
}
