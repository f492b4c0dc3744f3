using Microsoft.Extensions.Time.Testing;
using Plr.Core;
using Plr.Core.Batches;
using Plr.Core.LearningEvents;

namespace Plr.Store.Writer;

/// <summary>
/// A batch of achievements carried out chunk by chunk, as the server does: from the row that the batch has reached, each chunk with its
/// progress. The program runs it to be killed; the test runs it to go on, and once undisturbed.
/// </summary>
public static class AchievementFile
{
    public const int RowsInChunk = 20;

    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    public static StoreKeys Keys { get; } = new(new byte[32], [.. Enumerable.Range(1, 32).Select(i => (byte)i)]);

    /// <summary>Runs what is left of a batch and tells the rows done after each chunk that was acknowledged.</summary>
    public static async Task RunAsync(Engine engine, int batchId, AchievementUploader board, IReadOnlyList<AchievementText> texts, Action<int> acknowledged)
    {
        var time = new FakeTimeProvider(Noon);
        var trail = new AuditTrail(engine, Keys, time);
        var access = new Access(new Actor(Roles.AwardingOrganisation, null, null, board.OrganisationId), Channel.Batch, Purpose.Award, $"batch-{batchId}");
        var done = (await new BatchStore(engine, trail, time).GetAsync(batchId, access))!.RowsDone;
        foreach (var rows in texts.Select((text, i) => Achievement.Check(i + 1, text)).Skip(done).Chunk(RowsInChunk))
        {
            var chunk = new BatchChunk(batchId, done, done + rows.Length);
            await new LearningEventStore(engine, trail, time).RecordAchievementsAsync(rows, board with { Batch = batchId }, chunk, access);
            done = chunk.RowsAfter;
            acknowledged(done);
        }
    }
}

/// <summary>What a batch needs beside its number.</summary>
public sealed record Work(AchievementUploader Board, IReadOnlyList<AchievementText> Texts);
