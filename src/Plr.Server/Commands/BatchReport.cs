using System.Globalization;
using Plr.Core;
using Plr.Core.Batches;
using Plr.Core.LearningEvents;
using Plr.Core.Organisations;
using Plr.Core.Responses;
using Plr.Server.Files;

namespace Plr.Server.Commands;

/// <summary>Says what became of a batch: rows by outcome, each refused row with its code and its line, and the output file.</summary>
internal sealed class BatchReport(OpenRegister register, Surroundings around)
{
    private const int RowsAtOnce = 2_000;
    private const int RowsSaid = 1_000;

    /// <returns>Done when the file was judged, whatever became of its rows; refused when the file as a whole was.</returns>
    public async Task<int> WriteAsync(Batch batch, Organisation organisation, string? output, Access access, CancellationToken ct)
    {
        if (batch.Status != BatchStatus.Successful)
        {
            throw new CommandRefusedException($"batch {batch.Id} was refused: {batch.Refusal?.Text ?? $"it is {batch.Status}."}");
        }

        var refused = await RefusedAsync(batch, access, ct);
        around.Say($"{batch.RowsTotal:N0} rows: {batch.RowsTotal - refused.Count:N0} accepted, {refused.Count:N0} rejected.");
        SayCounts(batch);
        SayRows(refused);
        if (batch.Kind == BatchKind.Registrations || refused.Count > 0)
        {
            around.Say($"Output file: {await OutputAsync(batch, output, access, ct)}");
        }

        return ExitCodes.Done;
    }

    private async Task<List<BatchRow>> RefusedAsync(Batch batch, Access access, CancellationToken ct)
    {
        var store = register.Part<IBatchStore>();
        var refused = new List<BatchRow>();
        IReadOnlyList<BatchRow> rows;
        do
        {
            rows = await store.RowsAsync(batch.Id, refused.Count > 0 ? refused[^1].Row : 0, RowsAtOnce, refusedOnly: true, access, ct);
            refused.AddRange(rows);
        }
        while (rows.Count == RowsAtOnce);
        return refused;
    }

    private void SayCounts(Batch batch)
    {
        var codes = ResponseCodes.All.ToDictionary(code => code.Name);
        var counts = batch.Counts.Select(count => (Code: codes.GetValueOrDefault(count.Key), Name: count.Key, Rows: count.Value))
            .OrderBy(count => count.Code is { } code ? ResponseCodes.Order(code) : -1).ThenBy(count => count.Name, StringComparer.Ordinal);
        foreach (var (code, name, rows) in counts)
        {
            around.Say(string.Create(CultureInfo.InvariantCulture, $"{rows,9:N0}  {code?.Row ?? code?.Code ?? "     "}  {code?.Text ?? Words(name)}"));
        }
    }

    private static string Words(string change) => change switch
    {
        nameof(AchievementChange.Created) => "Achievement recorded",
        nameof(AchievementChange.Updated) => "Achievement updated",
        nameof(AchievementChange.Withdrawn) => "Achievement withdrawn",
        nameof(AchievementChange.Reinstated) => "Achievement reinstated",
        nameof(AchievementChange.PromotedToFinal) => "Achievement promoted to final",
        nameof(AchievementChange.Unchanged) => "Held already with the same values, nothing changed",
        _ => change,
    };

    private void SayRows(List<BatchRow> refused)
    {
        if (refused.Count == 0)
        {
            return;
        }

        around.Say("Rejected rows:");
        foreach (var row in refused.Take(RowsSaid))
        {
            var kind = row.Code.RowClass is { } rowClass ? $" {rowClass}" : "";
            around.Say($"  row {row.Row}, line {row.Line}: {row.Code.Row ?? row.Code.Code}{kind}: {row.Text}");
        }

        if (refused.Count > RowsSaid)
        {
            around.Say($"  and {refused.Count - RowsSaid:N0} more: see the output file.");
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

            File.Move(temporary, path, overwrite: true);
            return path;
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
