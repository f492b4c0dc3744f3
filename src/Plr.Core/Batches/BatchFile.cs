namespace Plr.Core.Batches;

/// <summary>One data row of a file: its number from 1 and its cells by heading.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Line">The line of the file on which the row begins, from 1, as a text editor counts.</param>
/// <param name="Cell">The cell under a heading of the layout, exactly as it came; empty when it was.</param>
public sealed record BatchFileRow(int Number, int Line, Func<string, string> Cell);

/// <summary>A file that was opened: refused whole, or its rows. The whole form was checked before the first row is given.</summary>
public interface IBatchFile : IDisposable
{
    /// <summary>Why the whole file is refused; null when it is not.</summary>
    FileRefusal? Refusal { get; }

    int RowCount { get; }

    /// <summary>The rows in the order of the file, streamed.</summary>
    /// <param name="after">How many to pass over.</param>
    IEnumerable<BatchFileRow> Rows(int after);

    /// <summary>
    /// The rows in large windows, in each in the order of the numbers under a heading and, for the same number, of the file; streamed, and in the same
    /// order whenever the file is read.
    /// </summary>
    /// <param name="heading">As "ULN".</param>
    /// <param name="after">How many, in this order, to pass over.</param>
    IEnumerable<BatchFileRow> RowsBy(string heading, int after);
}

/// <summary>Where the files of batches lie.</summary>
public interface IBatchFiles
{
    /// <summary>Opens a batch's file in the layout of its kind.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="ownerCode">What the file's header must name: the organisation's UKPRN or reference.</param>
    IBatchFile Open(Batch batch, string ownerCode);
}
