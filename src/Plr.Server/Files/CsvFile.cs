using System.Collections.Immutable;
using System.Text;

namespace Plr.Server.Files;

/// <summary>The file header that the first row of a batch file carries in its first four columns.</summary>
/// <param name="Version">FileVersion, which is the layout's.</param>
/// <param name="FileName">FileName as it is written in the file; it need not be the name of the file (dossier 6.1).</param>
/// <param name="Owner">The UKPRN or organisation reference.</param>
/// <param name="Count">The record count, which is the number of rows.</param>
public sealed record CsvFileHeader(string Version, string FileName, string Owner, long Count);

/// <summary>
/// A CSV file of a known layout whose form is right from the first line to the last: encoding, headings, quotes, cells a row, file header and
/// count. Whether the values are right is for the rows' own rules to say. Opening reads the whole file twice and keeps none of it, so that
/// a broken file is refused before any of its rows goes in; memory stays flat whatever the file's size.
/// </summary>
public sealed class CsvFile
{
    /// <summary>The most rows that <see cref="RowsBy"/> puts in order at once; fewer when they are long.</summary>
    public const int RowsInWindow = 200_000;

    private readonly Stream _stream;
    private readonly Encoding _encoding;
    private readonly ImmutableArray<int> _places;

    private CsvFile(Stream stream, Encoding encoding, FileLayout layout, ImmutableArray<int> places, CsvFileHeader? header, long rowCount)
    {
        _stream = stream;
        _encoding = encoding;
        _places = places;
        Layout = layout;
        Header = header;
        RowCount = rowCount;
    }

    /// <summary>The layout that the file has.</summary>
    public FileLayout Layout { get; }

    /// <summary>The file header, or null when the layout has none.</summary>
    public CsvFileHeader? Header { get; }

    /// <summary>How many rows follow the headings; empty lines do not count.</summary>
    public long RowCount { get; }

    /// <summary>Examines a file from its beginning to its end. Exactly one of the two answers is something.</summary>
    /// <param name="stream">The file; it can seek, is only read, and stays open for <see cref="Rows"/>.</param>
    /// <param name="layout">What the file shall be.</param>
    /// <param name="owner">The UKPRN or organisation reference of whoever sends it, which the file header must name; null when that is not to be checked.</param>
    /// <returns>The file, or what is wrong: several faults for headings, one for anything else.</returns>
    /// <exception cref="ArgumentException">The stream cannot seek.</exception>
    public static (CsvFile? File, IReadOnlyList<FileFault> Faults) Open(Stream stream, FileLayout layout, string? owner = null)
    {
        if (!stream.CanSeek)
        {
            throw new ArgumentException("The file is read more than once: save it first.", nameof(stream));
        }

        var (encoding, unreadable) = FileText.Examine(stream);
        if (encoding is null)
        {
            return (null, [unreadable!]);
        }

        using var rows = new CsvRows(stream, encoding);
        var (places, faults) = ReadHeadings(rows, layout);
        if (faults.Count > 0)
        {
            return (null, faults);
        }

        var form = new CsvForm(layout, owner, places.Cells);
        return form.FirstFault(rows) is { } fault
            ? (null, [fault])
            : (new CsvFile(stream, encoding, layout, places.Places, form.Header, form.RowCount), []);
    }

    /// <summary>The rows in order, read as they are asked for. Only one walk at a time.</summary>
    /// <param name="after">How many rows to pass over: 0 begins with the first.</param>
    /// <exception cref="InvalidDataException">The file has changed since it was opened.</exception>
    public IEnumerable<CsvRow> Rows(long after = 0)
    {
        using var rows = new CsvRows(_stream, _encoding);
        _ = rows.Read();
        long number = 0;
        while (rows.Read())
        {
            number++;
            if (number > after)
            {
                yield return Row(rows, number, rows.Line);
            }
        }

        AssertWhole(rows, number);
    }

    /// <summary>
    /// The rows in windows of at most <see cref="RowsInWindow"/>, in each window in the order of the numbers in a column and, for the
    /// same number, of the file: whoever writes them to tables that are clustered by that number meets each page once in a window. The order
    /// is the same whenever the file is read. Only one walk at a time.
    /// </summary>
    /// <param name="heading">The heading of the column.</param>
    /// <param name="after">How many rows, in this order, to pass over.</param>
    /// <exception cref="InvalidDataException">The file has changed since it was opened.</exception>
    public IEnumerable<CsvRow> RowsBy(string heading, long after = 0)
    {
        using var rows = new CsvRows(_stream, _encoding);
        _ = rows.Read();
        var place = _places[Layout.PlaceOf(heading)];
        var window = new CsvWindow(_stream.Length);
        long number = 0;
        var isMore = rows.Read();
        while (isMore)
        {
            window.Clear();
            while (isMore && window.TryAdd(rows, number + 1, place))
            {
                number++;
                isMore = rows.Read();
            }

            if (window.Count == 0)
            {
                throw HasChanged();
            }

            var skip = (int)Math.Min(after, window.Count);
            after -= skip;
            foreach (var (sorted, row, line) in window.Sorted(skip))
            {
                yield return Row(sorted, row, line);
            }
        }

        AssertWhole(rows, number);
    }

    private void AssertWhole(CsvRows rows, long number)
    {
        if (rows.Fault is not null || number != RowCount)
        {
            throw HasChanged();
        }
    }

    private static InvalidDataException HasChanged() => new("The file has changed while it was read.");

    private static ((ImmutableArray<int> Places, int Cells) Places, IReadOnlyList<FileFault> Faults) ReadHeadings(CsvRows rows, FileLayout layout)
    {
        if (!rows.Read())
        {
            return (default, [rows.Fault ?? new FileFault(FileFaultCode.Empty, 0, 0, "The file holds no headings.")]);
        }

        List<string> found = [.. Enumerable.Range(0, rows.CellCount).Select(rows.Text)];
        var faults = Headings.Check(layout, found, rows.Line);
        return faults.Count > 0 ? (default, faults) : ((Headings.Places(layout, found), found.Count), faults);
    }

    private CsvRow Row(CsvRows rows, long number, long line)
    {
        var cells = new string[_places.Length];
        for (var i = 0; i < cells.Length; i++)
        {
            cells[i] = SpreadsheetGuard.Restore(rows.Text(_places[i]));
        }

        return new CsvRow(Layout, number, line, cells);
    }
}
