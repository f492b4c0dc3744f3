using System.Globalization;

namespace Plr.Server.Files;

/// <summary>Walks all rows of a file once, before any of them goes in, and looks at their form: cells a row, file header, count.</summary>
internal sealed class CsvForm(FileLayout layout, string? owner, int cells)
{
    private const int VersionPlace = 0;
    private const int FileNamePlace = 1;
    private const int OwnerPlace = 2;
    private const int CountPlace = 3;

    private readonly string[] _header = new string[FileLayout.HeaderColumns];
    private long _headerLine;

    /// <summary>The file header, when the layout has one and it is right.</summary>
    public CsvFileHeader? Header { get; private set; }

    /// <summary>How many rows there are.</summary>
    public long RowCount { get; private set; }

    /// <summary>The first thing that is wrong, or null.</summary>
    public FileFault? FirstFault(CsvRows rows)
    {
        while (rows.Read())
        {
            RowCount++;
            if ((CellFault(rows) ?? HeaderFault(rows)) is { } fault)
            {
                return fault;
            }
        }

        if (rows.Fault is not null)
        {
            return rows.Fault;
        }

        return RowCount == 0
            ? new FileFault(FileFaultCode.NoRows, 0, 0, "The file has headings and no row. Send at least one row.")
            : CountFault();
    }

    private FileFault? CellFault(CsvRows rows) => rows.CellCount.CompareTo(cells) switch
    {
        < 0 => new FileFault(FileFaultCode.TooFewCells, rows.Line, rows.CellCount, $"The row ends here, after {rows.CellCount} cells; there are {cells} headings. Write a comma for each empty cell."),
        > 0 => new FileFault(FileFaultCode.TooManyCells, rows.Line, cells + 1, $"The row has {rows.CellCount} cells; there are only {cells} headings. Put a value that has a comma in quotes."),
        _ => null,
    };

    private FileFault? HeaderFault(CsvRows rows)
    {
        if (layout.Version is null)
        {
            return null;
        }

        return RowCount == 1 ? FirstRowFault(rows) : LaterRowFault(rows);
    }

    private FileFault? FirstRowFault(CsvRows rows)
    {
        _headerLine = rows.Line;
        for (var place = 0; place < _header.Length; place++)
        {
            _header[place] = SpreadsheetGuard.Restore(rows.Text(place));
            if (_header[place].Length == 0)
            {
                return Fault(FileFaultCode.HeaderValueMissing, place, $"The first row must carry {layout.Columns[place]}.");
            }
        }

        if (_header[VersionPlace] != layout.Version)
        {
            return Fault(FileFaultCode.WrongVersion, VersionPlace, $"{layout.Columns[VersionPlace]} is {FileFault.Quote(_header[VersionPlace])}; a file of the kind {layout.Name} has '{layout.Version}'.");
        }

        if (owner is not null && _header[OwnerPlace] != owner)
        {
            return Fault(FileFaultCode.WrongOrganisation, OwnerPlace, $"{layout.Columns[OwnerPlace]} is {FileFault.Quote(_header[OwnerPlace])}, but the file was sent by '{owner}'. An organisation sends only its own files.");
        }

        return long.TryParse(_header[CountPlace], NumberStyles.None, CultureInfo.InvariantCulture, out _)
            ? null
            : Fault(FileFaultCode.WrongCount, CountPlace, $"{layout.Columns[CountPlace]} is {FileFault.Quote(_header[CountPlace])}; write the number of rows in digits.");
    }

    private FileFault? LaterRowFault(CsvRows rows)
    {
        for (var place = 0; place < _header.Length; place++)
        {
            var value = SpreadsheetGuard.Restore(rows.Span(place));
            if (value.Length > 0 && !value.SequenceEqual(_header[place]))
            {
                return new FileFault(FileFaultCode.HeaderValueDiffers, rows.Line, place + 1, $"{layout.Columns[place]} is {FileFault.Quote(value)} here and {FileFault.Quote(_header[place])} in the first row. Repeat that or leave it empty.");
            }
        }

        return null;
    }

    private FileFault? CountFault()
    {
        if (layout.Version is null)
        {
            return null;
        }

        var count = long.Parse(_header[CountPlace], NumberStyles.None, CultureInfo.InvariantCulture);
        Header = new CsvFileHeader(_header[VersionPlace], _header[FileNamePlace], _header[OwnerPlace], count);
        return count == RowCount
            ? null
            : Fault(FileFaultCode.WrongCount, CountPlace, $"{layout.Columns[CountPlace]} is {count}, but the file has {RowCount} rows. Check that the file is whole, or correct the count.");
    }

    private FileFault Fault(FileFaultCode code, int place, string message) => new(code, _headerLine, place + 1, message);
}
