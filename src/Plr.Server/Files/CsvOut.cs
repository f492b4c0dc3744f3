using System.Text;

namespace Plr.Server.Files;

/// <summary>
/// Writes CSV that opens safely in a spreadsheet and is read back exactly by <see cref="CsvFile"/>: UTF-8, CR LF, quotes where needed,
/// <see cref="SpreadsheetGuard"/> on every value.
/// </summary>
public sealed class CsvOut : IDisposable
{
    private static readonly System.Buffers.SearchValues<char> Quoted = System.Buffers.SearchValues.Create(",\"\r\n");
    private readonly StreamWriter _writer;

    /// <summary>Begins a file at the stream's place; the stream stays open.</summary>
    /// <param name="stream">Where to write.</param>
    /// <param name="byteOrderMark">Whether to begin with the mark of UTF-8, by which spreadsheets know it.</param>
    public CsvOut(Stream stream, bool byteOrderMark = false) =>
        _writer = new StreamWriter(stream, new UTF8Encoding(byteOrderMark, throwOnInvalidBytes: true), bufferSize: 1 << 14, leaveOpen: true);

    /// <summary>Writes one row. Null is written as nothing, as an empty text is.</summary>
    public void Write(params ReadOnlySpan<string?> cells)
    {
        for (var i = 0; i < cells.Length; i++)
        {
            if (i > 0)
            {
                _writer.Write(',');
            }

            WriteCell(cells[i] ?? string.Empty);
        }

        _writer.Write("\r\n");
    }

    /// <summary>Hands what is written so far to the stream.</summary>
    public void Flush() => _writer.Flush();

    public void Dispose() => _writer.Dispose();

    private void WriteCell(string value)
    {
        var text = SpreadsheetGuard.Protect(value);
        if (!NeedsQuotes(text))
        {
            _writer.Write(text);
            return;
        }

        _writer.Write('"');
        _writer.Write(text.Replace("\"", "\"\"", StringComparison.Ordinal));
        _writer.Write('"');
    }

    // Outer blanks are quoted because some readers trim them otherwise.
    private static bool NeedsQuotes(string text) =>
        text.AsSpan().ContainsAny(Quoted) || (text.Length > 0 && (char.IsWhiteSpace(text[0]) || char.IsWhiteSpace(text[^1])));
}
