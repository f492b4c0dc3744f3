namespace Plr.Server.Files;

/// <summary>One row of a <see cref="CsvFile"/>. Values are exactly as in the file: not trimmed, only freed of quotes and of the <see cref="SpreadsheetGuard"/>.</summary>
public sealed class CsvRow
{
    private readonly FileLayout _layout;
    private readonly string[] _cells;

    internal CsvRow(FileLayout layout, long number, long line, string[] cells)
    {
        _layout = layout;
        _cells = cells;
        Number = number;
        Line = line;
    }

    /// <summary>The number of the row, from 1; headings and empty lines do not count.</summary>
    public long Number { get; }

    /// <summary>The line on which the row begins, from 1, as a text editor counts.</summary>
    public long Line { get; }

    /// <summary>The values in the order of <see cref="FileLayout.Columns"/>, whatever their order in the file; other columns are left out.</summary>
    public IReadOnlyList<string> Cells => _cells;

    /// <summary>The value at a place of <see cref="FileLayout.Columns"/>, from 0.</summary>
    public string this[int place] => _cells[place];

    /// <summary>The value under a heading.</summary>
    /// <exception cref="ArgumentException">The layout has no such heading.</exception>
    public string this[string heading] => _cells[_layout.PlaceOf(heading)];
}
