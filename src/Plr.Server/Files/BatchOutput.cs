using System.Globalization;
using Plr.Core;
using Plr.Core.Batches;

namespace Plr.Server.Files;

/// <summary>
/// The output file of a batch (DECISIONS, Files): registrations repeat every row with its ULN, return code and text; achievements repeat the
/// rejected rows as they came with class, code and text. It is made from the file that was sent and the stored outcomes whenever it is asked
/// for, in a form that can be corrected and sent again.
/// </summary>
public sealed class BatchOutput(UploadFolder uploads, IBatchStore batches)
{
    private const int RowsAtOnce = 2_000;

    /// <summary>The name of the output file.</summary>
    /// <param name="refusedOnly">As for <see cref="WriteAsync"/>.</param>
    public static string NameOf(Batch batch, bool refusedOnly) =>
        $"{Path.GetFileNameWithoutExtension(batch.FileName)}-{(batch.Kind == BatchKind.Registrations && !refusedOnly ? "output" : "rejected")}.CSV";

    /// <summary>
    /// The output of a batch that is finished, to be read once. It is on the disk whole before the first byte leaves: its writer is
    /// synchronous, which a response does not allow, and what goes wrong half-way is then told in words.
    /// </summary>
    /// <param name="refusedOnly">As for <see cref="WriteAsync"/>.</param>
    public async Task<Stream> OpenAsync(Batch batch, bool refusedOnly, Access access, CancellationToken ct)
    {
        var file = uploads.OpenTemporary();
        try
        {
            await WriteAsync(batch, refusedOnly, file, access, ct);
            file.Position = 0;
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    /// <summary>Writes the output of a batch that is finished.</summary>
    /// <param name="refusedOnly">For registrations: only the rows that were refused, the exceptions.</param>
    public async Task WriteAsync(Batch batch, bool refusedOnly, Stream target, Access access, CancellationToken ct)
    {
        var layout = UploadFolder.LayoutOf(batch.Kind);
        var only = refusedOnly || batch.Kind == BatchKind.Achievements;
        await using var stream = uploads.OpenRaw(batch);
        var (file, faults) = CsvFile.Open(stream, layout);
        if (file is null)
        {
            throw new InvalidDataException($"Batch {batch.Id} cannot be read any more: {faults[0]}");
        }

        using var output = new CsvOut(target, byteOrderMark: true);
        output.Write([.. layout.Columns, .. layout.OutputColumns]);
        var count = only ? batch.Rejected : batch.RowsDone;
        using var rows = file.Rows().GetEnumerator();
        var isFirst = true;
        await foreach (var outcome in OutcomesAsync(batch.Id, only, access, ct))
        {
            while (rows.MoveNext() && rows.Current.Number < outcome.Row)
            {
                // Rows without an outcome to repeat are passed over.
            }

            output.Write(Cells(batch, file, rows.Current, outcome, isFirst, count));
            isFirst = false;
        }

        output.Flush();
    }

    private async IAsyncEnumerable<BatchRow> OutcomesAsync(int id, bool refusedOnly, Access access, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        var after = 0;
        IReadOnlyList<BatchRow> rows;
        do
        {
            rows = await batches.RowsAsync(id, after, RowsAtOnce, refusedOnly, access, isContinued: after > 0, ct);
            foreach (var row in rows)
            {
                yield return row;
                after = row.Row;
            }
        }
        while (rows.Count == RowsAtOnce);
    }

    private static string?[] Cells(Batch batch, CsvFile file, CsvRow row, BatchRow outcome, bool isFirst, int count)
    {
        var cells = new List<string?>(row.Cells);
        string?[] header = isFirst && file.Header is { } head
            ? [head.Version, head.FileName, head.Owner, count.ToString(CultureInfo.InvariantCulture)]
            : ["", "", "", ""];
        for (var i = 0; i < header.Length; i++)
        {
            cells[i] = header[i];
        }

        if (batch.Kind == BatchKind.Registrations)
        {
            cells[file.Layout.PlaceOf("ULN")] = outcome.Uln ?? "";
            cells.AddRange([outcome.Code.Row, outcome.Text]);
        }
        else
        {
            cells.AddRange([outcome.Code.RowClass, outcome.Code.Row, outcome.Text]);
        }

        return [.. cells];
    }
}
