using System.Text;
using System.Text.Unicode;

namespace Plr.Server.Files;

/// <summary>
/// Finds out how a file's text is encoded and whether it is text at all, in one pass with little memory (decisions, "Files"): UTF-8 with or
/// without its mark, or Windows-1252 when it is not valid UTF-8. Lines end with CR LF, LF or CR. No line is longer than
/// <see cref="LongestLine"/>, so that whoever reads it then needs little memory too.
/// </summary>
public sealed class FileText
{
    /// <summary>The longest line that is read, in bytes; also the longest record, in characters.</summary>
    public const int LongestLine = 1 << 20;

    private const int BlockSize = 1 << 16;
    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;
    private static readonly UTF8Encoding Utf8Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private long _line = 1;
    private int _column = 1;
    private bool _hasMark;
    private bool _anything;
    private FileFault? _notUtf8;
    private FileFault? _notWindows;
    private FileFault? _fault;

    private FileText()
    {
    }

    /// <summary>Reads the stream from its beginning to its end. One of the two answers is null.</summary>
    /// <param name="stream">A stream that can seek.</param>
    public static (Encoding? Encoding, FileFault? Fault) Examine(Stream stream)
    {
        var text = new FileText();
        text.ReadAll(stream);
        return text.Judge();
    }

    private (Encoding? Encoding, FileFault? Fault) Judge()
    {
        if (_fault is not null)
        {
            return (null, _fault);
        }

        if (!_anything)
        {
            return (null, new FileFault(FileFaultCode.Empty, 0, 0, "The file is empty. Send a file with a line of headings and at least one row."));
        }

        if (_notUtf8 is null)
        {
            return (Utf8Strict, null);
        }

        return _hasMark ? (null, _notUtf8) : _notWindows is null ? (Windows1252, null) : (null, _notWindows);
    }

    private void ReadAll(Stream stream)
    {
        stream.Position = 0;
        var block = new byte[BlockSize];
        var kept = 0;
        var first = true;
        while (_fault is null)
        {
            var read = stream.ReadAtLeast(block.AsSpan(kept), block.Length - kept, throwOnEndOfStream: false);
            var atEnd = kept + read < block.Length;
            var bytes = block.AsSpan(0, kept + read);
            var begin = first ? MarkLength(bytes) : 0;
            first = false;
            var whole = atEnd ? bytes.Length : WholeLength(bytes);
            Look(bytes[begin..whole]);
            if (atEnd)
            {
                return;
            }

            kept = bytes.Length - whole;
            bytes[whole..].CopyTo(block);
        }
    }

    private int MarkLength(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith<byte>([0xFF, 0xFE]) || bytes.StartsWith<byte>([0xFE, 0xFF]))
        {
            _fault = NotText(1, 1, "The file is UTF-16. Save it as CSV in UTF-8 (in a spreadsheet: \"CSV UTF-8\").");
        }

        _hasMark = bytes.StartsWith(Encoding.UTF8.Preamble);
        return _hasMark ? Encoding.UTF8.Preamble.Length : 0;
    }

    /// <summary>How much of a block can be looked at without what comes next: not half a character, nor a CR whose LF may follow.</summary>
    private static int WholeLength(ReadOnlySpan<byte> bytes)
    {
        var last = bytes[^1];
        if (last < 0x80)
        {
            return last == '\r' ? bytes.Length - 1 : bytes.Length;
        }

        var lead = bytes.Length - 1;
        while (lead > bytes.Length - 4 && (bytes[lead] & 0xC0) == 0x80)
        {
            lead--;
        }

        return bytes[lead] >= 0xC0 ? lead : bytes.Length;
    }

    private void Look(ReadOnlySpan<byte> bytes)
    {
        if (_fault is not null)
        {
            return;
        }

        _anything |= bytes.ContainsAnyExcept((byte)'\r', (byte)'\n', (byte)' ');
        var zero = bytes.IndexOf((byte)0);
        var foreign = _notWindows is null ? bytes.IndexOfAny<byte>([0x81, 0x8D, 0x8F, 0x90, 0x9D]) : -1;
        var broken = _notUtf8 is null && !Utf8.IsValid(bytes) ? FirstBroken(bytes) : -1;
        if (foreign >= 0)
        {
            var (line, column) = PlaceOf(bytes, foreign);
            _notWindows = NotText(line, column, "The file is neither UTF-8 nor Windows-1252. Save it as CSV in UTF-8.");
        }

        if (broken >= 0)
        {
            var (line, column) = PlaceOf(bytes, broken);
            _notUtf8 = new FileFault(FileFaultCode.NotUtf8, line, column, "The file says that it is UTF-8, but this byte is not. Save it again as CSV in UTF-8.");
        }

        MeasureLines(zero < 0 ? bytes : bytes[..zero]);
        if (zero >= 0)
        {
            _fault ??= NotText(_line, _column, "The file holds a zero byte, so it is not a CSV text. Save it as CSV in UTF-8.");
        }
    }

    private void MeasureLines(ReadOnlySpan<byte> bytes)
    {
        while (true)
        {
            var end = bytes.IndexOfAny((byte)'\r', (byte)'\n');
            _column += end < 0 ? bytes.Length : end;
            if (_column - 1 > LongestLine)
            {
                _fault = new FileFault(FileFaultCode.LineTooLong, _line, LongestLine + 1, $"The line is longer than {LongestLine} bytes. Check that the lines of the file end as lines of text do.");
                return;
            }

            if (end < 0)
            {
                return;
            }

            bytes = bytes[(end + LineEndLength(bytes[end..]))..];
            _line++;
            _column = 1;
        }
    }

    private (long Line, int Column) PlaceOf(ReadOnlySpan<byte> bytes, int index)
    {
        var (line, column) = (_line, _column);
        var before = bytes[..index];
        int end;
        while ((end = before.IndexOfAny((byte)'\r', (byte)'\n')) >= 0)
        {
            before = before[(end + LineEndLength(before[end..]))..];
            line++;
            column = 1;
        }

        return (line, column + before.Length);
    }

    private static int LineEndLength(ReadOnlySpan<byte> end) => end.StartsWith("\r\n"u8) ? 2 : 1;

    private static int FirstBroken(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        while (at < bytes.Length && Rune.DecodeFromUtf8(bytes[at..], out _, out var length) == System.Buffers.OperationStatus.Done)
        {
            at += length;
        }

        return at;
    }

    private static FileFault NotText(long line, int column, string message) => new(FileFaultCode.NotText, line, column, message);
}
