namespace Plr.Server.Documents;

/// <summary>Where on which page the next thing goes, between the margins of A4; it adds pages as they fill.</summary>
internal sealed class PdfCursor(PdfDocument document)
{
    public const double Left = 42.5;
    public const double Right = PdfCanvas.Width - Left;
    public const double Top = 66;
    public const double Bottom = PdfCanvas.Height - 66;

    /// <summary>How wide the text is.</summary>
    public static double RoomAcross => Right - Left;

    /// <summary>How high the text of a page is.</summary>
    public static double RoomDown => Bottom - Top;

    public PdfDocument Document => document;

    public int Page { get; set; } = -1;

    /// <summary>In points from the page's top.</summary>
    public double Y { get; set; } = Bottom;

    /// <summary>What stands at the top of a new page before what goes on there: a table's headings.</summary>
    public Action? OnNewPage { get; set; }

    /// <summary>Writes a text from here on, over as many pages as it takes, marked as the element that is open in the structure tree.</summary>
    public void Write(WrappedText text, double left)
    {
        for (var line = 0; line < text.Lines.Count;)
        {
            var count = Math.Min(text.Lines.Count - line, Fitting(text.Style.Leading));
            if (count == 0)
            {
                TurnPage();
                continue;
            }

            Mark(text, line, count, left, Y);
            (line, Y) = (line + count, Y + (count * text.Style.Leading));
        }
    }

    /// <summary>Writes lines of a text where it is told, marked as the element that is open in the structure tree.</summary>
    public void Mark(WrappedText text, int first, int count, double left, double top)
    {
        var canvas = document.Canvas(Page);
        canvas.BeginMarked(document.Structure.OpenType, document.Structure.Mark(Page));
        canvas.Text(text, first, count, left, top);
        canvas.End();
    }

    /// <summary>A line across.</summary>
    public void Rule(double grey)
    {
        var canvas = document.Canvas(Page);
        canvas.BeginArtifact();
        canvas.Line(Left, Right, Y, grey, 0.5);
        canvas.End();
    }

    /// <summary>To the next page unless this much fits below, in points.</summary>
    public void Need(double height)
    {
        if (Y + height > Bottom)
        {
            TurnPage();
        }
    }

    /// <summary>To the next page; it is there already when another cell of the same row went on to it.</summary>
    public void TurnPage()
    {
        if (Page + 1 < document.Pages)
        {
            (Page, Y) = (Page + 1, document.Begins(Page + 1));
            return;
        }

        NewPage();
        OnNewPage?.Invoke();
        document.BeginsAt(Page, Y);
    }

    public void NewPage()
    {
        document.AddPage();
        (Page, Y) = (document.Pages - 1, Top);
    }

    private int Fitting(double leading) => Math.Max(0, (int)((Bottom - Y + 0.01) / leading));
}
