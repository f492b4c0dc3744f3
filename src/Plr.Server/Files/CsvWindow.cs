using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Plr.Server.Files;

/// <summary>
/// A stretch of a file's records, held as they are written and read back in the order of the numbers in one column. Records with the same
/// number stay in the order of the file; those without one come first.
/// </summary>
internal sealed class CsvWindow
{
    // A batch under way counts its rows in the order that follows from this and from CsvFile.RowsInWindow: change them only together with what
    // finishes such batches first.
    private const int MostBytes = 16 << 20;

    private readonly byte[] _text;
    private readonly List<Record> _records = [];
    private int _used;

    /// <param name="fileSize">The size of the file in bytes: a small file needs a small window.</param>
    public CsvWindow(long fileSize)
    {
        // A character of Windows-1252 takes up to three bytes of UTF-8, and the last record gets a line end.
        _text = GC.AllocateUninitializedArray<byte>((int)Math.Min(MostBytes, (3 * fileSize) + 1));
    }

    public int Count => _records.Count;

    /// <summary>Takes the record that the reader is at. False when the window is full.</summary>
    /// <param name="rows">At a record.</param>
    /// <param name="number">The number of the row.</param>
    /// <param name="place">The column that orders the window.</param>
    public bool TryAdd(CsvRows rows, long number, int place)
    {
        var raw = rows.Raw.TrimEnd("\r\n");
        if (Count == CsvFile.RowsInWindow || !Encoding.UTF8.TryGetBytes(raw, _text.AsSpan(_used, _text.Length - _used - 1), out var length))
        {
            return false;
        }

        _text[_used + length++] = (byte)'\n';
        var key = long.TryParse(rows.Span(place), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : 0;
        _records.Add(new(key, checked((int)number), checked((int)rows.Line), _used, length));
        _used += length;
        return true;
    }

    public void Clear()
    {
        _records.Clear();
        _used = 0;
    }

    /// <summary>The records in order; the reader is at each while it is given.</summary>
    /// <param name="skip">How many to pass over.</param>
    public IEnumerable<(CsvRows Rows, long Number, long Line)> Sorted(int skip)
    {
        _records.Sort((one, other) => one.Key.CompareTo(other.Key) is not 0 and var order ? order : one.Number.CompareTo(other.Number));
        using var rows = new CsvRows(new Reader(this, skip));
        foreach (var record in _records.Skip(skip))
        {
            if (!rows.Read())
            {
                throw new InvalidOperationException($"The record on line {record.Line} was read in the file and not in its window.");
            }

            yield return (rows, record.Number, record.Line);
        }
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Record(long Key, int Number, int Line, int Start, int Length);

    /// <summary>The records one after another, in their order.</summary>
    private sealed class Reader(CsvWindow window, int skip) : TextReader
    {
        private char[] _record = new char[1024];
        private ReadOnlyMemory<char> _rest;
        private int _next = skip;

        public override int Peek() => Fill() ? _rest.Span[0] : -1;

        public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

        public override int Read(Span<char> buffer)
        {
            var read = 0;
            while (read < buffer.Length && Fill())
            {
                var length = Math.Min(_rest.Length, buffer.Length - read);
                _rest.Span[..length].CopyTo(buffer[read..]);
                _rest = _rest[length..];
                read += length;
            }

            return read;
        }

        private bool Fill()
        {
            if (_rest.IsEmpty && _next < window.Count)
            {
                var (_, _, _, start, length) = window._records[_next++];
                if (_record.Length < length)
                {
                    _record = new char[length];
                }

                _rest = _record.AsMemory(0, Encoding.UTF8.GetChars(window._text.AsSpan(start, length), _record));
            }

            return !_rest.IsEmpty;
        }
    }
}
