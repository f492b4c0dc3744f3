namespace Plr.Server.Files;

/// <summary>Why a file as a whole cannot be taken.</summary>
public enum FileFaultCode
{
    /// <summary>Nothing is in the file.</summary>
    Empty,

    /// <summary>Headings and no row.</summary>
    NoRows,

    /// <summary>Not a text: it holds a zero byte, is UTF-16, or is neither UTF-8 nor Windows-1252.</summary>
    NotText,

    /// <summary>It begins with the mark of UTF-8 and then breaks its rules.</summary>
    NotUtf8,

    /// <summary>A line is longer than <see cref="FileText.LongestLine"/> bytes.</summary>
    LineTooLong,

    /// <summary>A quote opens a cell and is never closed, or not within <see cref="FileText.LongestLine"/> characters.</summary>
    QuoteNotClosed,

    /// <summary>Something other than a comma or a line end follows the closing quote of a cell.</summary>
    TextAfterQuote,

    /// <summary>A heading of the layout is not there.</summary>
    HeadingMissing,

    /// <summary>Another heading stands in the place of one that is not there.</summary>
    HeadingWrong,

    /// <summary>A heading stands in another's place.</summary>
    HeadingMisplaced,

    /// <summary>A heading stands twice.</summary>
    HeadingRepeated,

    /// <summary>A heading that the layout does not have.</summary>
    HeadingUnknown,

    /// <summary>A row has fewer cells than there are headings.</summary>
    TooFewCells,

    /// <summary>A row has more cells than there are headings.</summary>
    TooManyCells,

    /// <summary>A file header value is missing from the first row.</summary>
    HeaderValueMissing,

    /// <summary>A later row carries another file header value than the first.</summary>
    HeaderValueDiffers,

    /// <summary>The file version is not the layout's.</summary>
    WrongVersion,

    /// <summary>The record count is not a number, or not the number of rows.</summary>
    WrongCount,

    /// <summary>The file names another organisation than the one that sends it.</summary>
    WrongOrganisation,
}

/// <summary>Why a file as a whole cannot be taken, where that was seen and what to do. Nothing of such a file goes in.</summary>
/// <param name="Code">What is wrong.</param>
/// <param name="Line">The line of the file, from 1, as a text editor counts them; 0 when the file as a whole is meant.</param>
/// <param name="Column">The column of the table, from 1; for <see cref="FileFaultCode.NotText"/>, <see cref="FileFaultCode.NotUtf8"/> and
/// <see cref="FileFaultCode.LineTooLong"/> the byte of the line. 0 when the line or the file as a whole is meant.</param>
/// <param name="Message">What is wrong and what to do, in English, without the place. It may repeat text of the file: show it, never log it.</param>
public sealed record FileFault(FileFaultCode Code, long Line, int Column, string Message)
{
    public override string ToString() => (Line, Column) switch
    {
        (0, _) => Message,
        (_, 0) => $"Line {Line}: {Message}",
        _ => $"Line {Line}, column {Column}: {Message}",
    };

    /// <summary>At most so many UTF-16 units, and never half of a character.</summary>
    internal static ReadOnlySpan<char> Beginning(ReadOnlySpan<char> text, int most) =>
        text.Length <= most ? text : char.IsHighSurrogate(text[most - 1]) ? text[..(most - 1)] : text[..most];

    /// <summary>Text of the file as a message repeats it: short, and on one line.</summary>
    internal static string Quote(ReadOnlySpan<char> text)
    {
        const int Most = 40;
        var shown = text.Length <= Most ? text.ToString() : $"{Beginning(text, Most)}…";
        return $"'{string.Concat(shown.Select(c => char.IsControl(c) ? ' ' : c))}'";
    }
}
