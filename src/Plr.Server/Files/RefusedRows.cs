using Plr.Core.Imports;
using Plr.Core.Responses;

namespace Plr.Server.Files;

/// <summary>The rows of a file that were refused, as they came, each with its line and why: to be corrected and loaded again. Made when the first row comes, of which nothing may be there; for its owner only.</summary>
public sealed class RefusedRows(string path, FileLayout layout) : IDisposable
{
    private FileStream? _file;
    private CsvOut? _out;

    public string Path => path;

    /// <summary>Whether any row was refused.</summary>
    public bool IsAny => _out is not null;

    public void Add(ImportRow row, IReadOnlyList<Finding> findings)
    {
        if (_out is null)
        {
            _file = DataFolder.Create(path, FileOptions.None);
            _out = new CsvOut(_file, byteOrderMark: true);
            _out.Write([.. layout.Columns, "Line", "Refused"]);
        }

        var why = string.Join("; ", findings.Select(finding => finding.Text));
        _out.Write([.. layout.Columns.Select(row.Cell), row.Line.ToString(System.Globalization.CultureInfo.InvariantCulture), why]);
    }

    public void Dispose()
    {
        _out?.Dispose();
        _file?.Dispose();
    }
}
