using System.Globalization;
using Plr.Core;
using Plr.Core.Batches;
using Plr.Core.Organisations;
using Plr.Server.Files;
using Plr.Server.Web;

namespace Plr.Server.Commands;

/// <summary>Says what became of a batch: rows by outcome, each refused row with its code and its line, and the output file.</summary>
internal sealed class BatchReport(OpenRegister register, Surroundings around)
{
    private const int RowsSaid = 1_000;

    /// <returns>Done when the file was judged, whatever became of its rows; refused when the file as a whole was.</returns>
    public async Task<int> WriteAsync(Batch batch, Organisation organisation, string? output, Access access, CancellationToken ct)
    {
        if (batch.Status != BatchStatus.Successful)
        {
            throw new CommandRefusedException($"batch {batch.Id} was refused: {batch.Refusal?.Text ?? $"it is {batch.Status}."}");
        }

        around.Say($"{batch.RowsTotal:N0} rows: {batch.Accepted:N0} accepted, {batch.Rejected:N0} rejected.");
        SayCounts(batch);
        await SayRejectedAsync(batch, access, ct);
        if (batch.Kind == BatchKind.Registrations || batch.Rejected > 0)
        {
            around.Say($"Output file: {await OutputAsync(batch, output, access, ct)}");
        }

        return ExitCodes.Done;
    }

    private void SayCounts(Batch batch)
    {
        var texts = new Texts();
        foreach (var (name, code, rows) in batch.Outcomes)
        {
            around.Say(string.Create(CultureInfo.InvariantCulture, $"{rows,9:N0}  {code?.Row ?? code?.Code ?? "     "}  {code?.Text ?? texts[$"Codes.{name}"]}"));
        }
    }

    private async Task SayRejectedAsync(Batch batch, Access access, CancellationToken ct)
    {
        if (batch.Rejected == 0)
        {
            return;
        }

        around.Say("Rejected rows:");
        foreach (var row in await register.Part<IBatchStore>().RowsAsync(batch.Id, 0, RowsSaid, refusedOnly: true, access, ct: ct))
        {
            var kind = row.Code.RowClass is { } rowClass ? $" {rowClass}" : "";
            around.Say($"  row {row.Row}, line {row.Line}: {row.Code.Row ?? row.Code.Code}{kind}: {row.Text}");
        }

        if (batch.Rejected > RowsSaid)
        {
            around.Say($"  and {batch.Rejected - RowsSaid:N0} more: see the output file.");
        }
    }

    private async Task<string> OutputAsync(Batch batch, string? output, Access access, CancellationToken ct)
    {
        var path = around.PathTo(output ?? BatchOutput.NameOf(batch, refusedOnly: false));
        var temporary = $"{path}.{Guid.CreateVersion7():N}.part";
        try
        {
            await using (var target = DataFolder.Create(temporary))
            {
                await register.Part<BatchOutput>().WriteAsync(batch, refusedOnly: false, target, access, ct);
            }

            return Output.Place(temporary, path);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
