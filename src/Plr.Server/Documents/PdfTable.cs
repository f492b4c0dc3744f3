using System.Runtime.InteropServices;

namespace Plr.Server.Documents;

/// <summary>One column of a table: what its heading says, and how wide it is in points.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TableColumn(string Heading, double Width);

/// <summary>One paragraph of a table's cell.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CellText(string Text, TextStyle Style);

/// <summary>
/// Tables in the structure tree with headings of columns and rows. A row stays whole unless it is longer than a page, and the headings of
/// columns stand again on each page.
/// </summary>
internal sealed class PdfTable(PdfCursor at)
{
    private const double CellGap = 6;
    private const double RowGap = 3.5;

    // Turning the page in the middle of a row writes the headings again: that must not disturb what is being written.
    private readonly WrappedText _headingText = new();
    private readonly List<WrappedText> _row = [];
    private readonly PdfStructure _structure = at.Document.Structure;

    /// <summary>Names and values: a table whose rows have headings.</summary>
    public void WriteFacts(IEnumerable<(string Label, string Value)> facts)
    {
        _structure.Begin("Table");
        double[] widths = [150, PdfCursor.RoomAcross - 150];
        at.Rule(0.6);
        foreach (var (label, value) in facts)
        {
            Row([[new(label, TextStyle.Label)], [new(value, TextStyle.Body)]], widths, PdfCursor.RoomDown);
        }

        _structure.End();
        at.Y += 3;
    }

    /// <summary>A table with headings that stand on each of its pages; the first cell of a row is the row's own heading.</summary>
    public void Write(IReadOnlyList<TableColumn> columns, IReadOnlyList<IReadOnlyList<IReadOnlyList<CellText>>> rows)
    {
        var (headings, widths) = Parts(columns);
        _structure.Begin("Table");
        Headings(headings, widths, isRepeat: false);
        at.OnNewPage = () =>
        {
            Headings(headings, widths, isRepeat: true);
            at.Y += RowGap;
        };
        for (var i = 0; i < rows.Count; i++)
        {
            Row(rows[i], widths, room: i == 0 ? 0 : PdfCursor.RoomDown - HeadingHeight(headings, widths) - RowGap);
        }

        at.OnNewPage = null;
        _structure.End();
        at.Y += 8;
    }

    /// <summary>How high the headings and the first row are.</summary>
    public double Beginning(IReadOnlyList<TableColumn> columns, IReadOnlyList<IReadOnlyList<CellText>> first)
    {
        var (headings, widths) = Parts(columns);
        return HeadingHeight(headings, widths) + Height(first, widths) + (2 * RowGap);
    }

    private static (IReadOnlyList<IReadOnlyList<CellText>> Headings, double[] Widths) Parts(IReadOnlyList<TableColumn> columns) =>
        ([.. columns.Select(column => (IReadOnlyList<CellText>)[new(column.Heading, TextStyle.CellStrong)])], [.. columns.Select(column => column.Width)]);

    private void Headings(IReadOnlyList<IReadOnlyList<CellText>> cells, double[] widths, bool isRepeat)
    {
        var height = HeadingHeight(cells, widths);
        var canvas = at.Document.Canvas(at.Page);
        canvas.BeginArtifact();
        canvas.Box(PdfCursor.Left, at.Y, PdfCursor.RoomAcross, height, 0.93);
        canvas.End();
        if (isRepeat)
        {
            canvas.BeginArtifact();
        }
        else
        {
            _structure.Begin("TR");
        }

        for (var (i, left) = (0, PdfCursor.Left); i < cells.Count; left += widths[i++])
        {
            _headingText.Wrap(cells[i][0].Text, cells[i][0].Style, widths[i] - CellGap);
            if (isRepeat)
            {
                canvas.Text(_headingText, 0, _headingText.Lines.Count, left + (CellGap / 2), at.Y + RowGap);
                continue;
            }

            _structure.Begin("TH", Scope.Column);
            at.Mark(_headingText, 0, _headingText.Lines.Count, left + (CellGap / 2), at.Y + RowGap);
            _structure.End();
        }

        if (isRepeat)
        {
            canvas.End();
        }
        else
        {
            _structure.End();
        }

        at.Y += height;
        at.Rule(0.3);
    }

    /// <param name="room">What a new page has for it: a row that no page could hold, and one whose place was kept, begins where it is.</param>
    private void Row(IReadOnlyList<IReadOnlyList<CellText>> cells, double[] widths, double room)
    {
        var height = Height(cells, widths) + (2 * RowGap);
        if (height <= room)
        {
            at.Need(height);
        }

        var (page, y) = (at.Page, at.Y + RowGap);
        var (lastPage, lastY, wrapped) = (page, y, 0);
        _structure.Begin("TR");
        for (var (i, left) = (0, PdfCursor.Left); i < cells.Count; left += widths[i++])
        {
            (at.Page, at.Y) = (page, y);
            _structure.Begin(i == 0 ? "TH" : "TD", i == 0 ? Scope.Row : Scope.None);
            Cell(wrapped, cells[i].Count, left + (CellGap / 2));
            wrapped += cells[i].Count;
            _structure.End();
            if (at.Page > lastPage || (at.Page == lastPage && at.Y > lastY))
            {
                (lastPage, lastY) = (at.Page, at.Y);
            }
        }

        _structure.End();
        (at.Page, at.Y) = (lastPage, lastY + RowGap);
        at.Rule(0.7);
    }

    private void Cell(int first, int paragraphs, double left)
    {
        foreach (var text in _row.GetRange(first, paragraphs))
        {
            if (paragraphs > 1)
            {
                _structure.Begin("P");
            }

            at.Write(text, left);
            if (paragraphs > 1)
            {
                _structure.End();
            }
        }
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

        return highest + (2 * RowGap);
    }
}
