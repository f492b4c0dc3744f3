using System.Text;
using Sylvan.Data.Csv;

namespace Plr.Server.Files;

/// <summary>
/// The records of a CSV text one after another, with their lines, in little memory. What cannot be read ends them with a
/// <see cref="Fault"/>. Empty lines are passed over. A text must have been examined by <see cref="FileText"/> before.
/// </summary>
internal sealed class CsvRows : IDisposable
{
    private readonly CsvDataReaderOptions _options = new()
    {
        HasHeaders = false,
        Delimiter = ',',
        Comment = '\0',
        CsvStyle = CsvStyle.Standard,
        BufferSize = 1 << 16,
        MaxBufferSize = FileText.LongestLine * 2,
        OwnsReader = true,
        StringFactory = new RepeatedText().Of,
    };

    private readonly TextReader _text;
    private CsvDataReader? _csv;
    private long _nextLine = 1;

    /// <summary>Begins at the beginning of the stream, which stays open.</summary>
    public CsvRows(Stream stream, Encoding encoding)
        : this(Begin(stream, encoding))
    {
        if (_text.Peek() == '\uFEFF')
        {
            _ = _text.Read();
        }
    }

    /// <summary>Reads a text, which is closed with it.</summary>
    public CsvRows(TextReader text) => _text = text;

    /// <summary>The line on which the record begins, from 1.</summary>
    public long Line { get; private set; }

    /// <summary>Why the records ended before the text did, or null.</summary>
    public FileFault? Fault { get; private set; }

    /// <summary>The record as it is written, with its line end.</summary>
    public ReadOnlySpan<char> Raw => _csv!.GetRawRecordSpan();

    /// <summary>How many cells the record has.</summary>
    public int CellCount => _csv!.RowFieldCount;

    /// <summary>Goes to the next record. False at the end and at a fault.</summary>
    public bool Read()
    {
        while (Next())
        {
            Line = _nextLine;
            var raw = Raw;
            _nextLine += LineEnds(raw);
            if (raw.Length > FileText.LongestLine)
            {
                Fault = NotClosed(column: 0);
                return false;
            }

            if (raw.ContainsAnyExcept('\r', '\n'))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A cell without its quotes, from 0.</summary>
    public string Text(int place) => _csv!.GetString(place);

    /// <inheritdoc cref="Text"/>
    public ReadOnlySpan<char> Span(int place) => _csv!.GetFieldSpan(place);

    public void Dispose()
    {
        _csv?.Dispose();
        _text.Dispose();
    }

    private static StreamReader Begin(Stream stream, Encoding encoding)
    {
        stream.Position = 0;
        return new(stream, encoding, detectEncodingFromByteOrderMarks: false, bufferSize: 1 << 16, leaveOpen: true);
    }

    private bool Next()
    {
        try
        {
            _csv ??= CsvDataReader.Create(_text, _options);
            return Fault is null && _csv.Read();
        }
        catch (CsvRecordTooLargeException fault)
        {
            // No line is that long, so a quote that was never closed has swallowed lines.
            Fault = NotClosed(fault.FieldOrdinal + 1);
        }
        catch (CsvInvalidCharacterException fault) when (fault.InvalidCharacter == '"')
        {
            Fault = NotClosed(fault.FieldOrdinal + 1);
        }
        catch (CsvFormatException fault)
        {
            Fault = new FileFault(FileFaultCode.TextAfterQuote, _nextLine, fault.FieldOrdinal + 1, "Something follows the closing quote of this cell. Write a quote within a quoted cell twice.");
        }

        return false;
    }

    /// <summary>Most cells of a file say what a cell shortly before them said (codes, dates, places): one string serves them all.</summary>
    private sealed class RepeatedText
    {
        private const int Longest = 32;
        private readonly string?[] _seen = new string?[1024];

        public string Of(char[] buffer, int offset, int length)
        {
            var text = buffer.AsSpan(offset, length);
            if (length > Longest)
            {
                return text.ToString();
            }

            ref var seen = ref _seen[string.GetHashCode(text, StringComparison.Ordinal) & (_seen.Length - 1)];
            return seen is not null && text.SequenceEqual(seen) ? seen : seen = text.ToString();
        }
    }

    private FileFault NotClosed(int column) => new(
        FileFaultCode.QuoteNotClosed, _nextLine, column, "A cell of the row that begins here opens with a quote that is not closed before a comma or the end of a line. Close it; write a quote within a quoted cell twice.");

    /// <summary>How many lines end in the record: each CR LF, LF or CR is one.</summary>
    private static long LineEnds(ReadOnlySpan<char> raw)
    {
        var count = raw.Count('\n') + raw.Count('\r');
        return count < 2 ? count : count - raw.Count("\r\n");
    }
}
