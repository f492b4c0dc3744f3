using Plr.Core.Learners;
using Plr.Core.LearningEvents;
using Plr.Core.Organisations;

namespace Plr.Core.Batches;

/// <summary>
/// Carries a claimed batch out: chunk by chunk, each chunk's rows, outcomes and progress in one transaction, so that a restart goes on
/// exactly where it stopped and nothing is done twice.
/// </summary>
public sealed class BatchRunner(IBatchStore batches, IOrganisationStore organisations, ILearnerStore learners, LearnerLookup lookup, ILearningEventStore events, IBatchFiles files, TimeProvider time)
{
    /// <summary>Rows in one transaction: registrations lock dates of birth, so fewer.</summary>
    private const int RegistrationsInChunk = 500;
    private const int AchievementsInChunk = 5_000;

    /// <summary>Runs a batch that this server has claimed, to its end.</summary>
    /// <param name="batch">As claimed.</param>
    /// <param name="progress">Rows done so far.</param>
    /// <param name="ct">Stops between chunks; what is committed stays, and the batch goes on at the next claim.</param>
    public async Task RunAsync(Batch batch, IProgress<int>? progress, CancellationToken ct)
    {
        var organisation = await organisations.GetAsync(batch.OrganisationId, ct)
            ?? throw new InvalidOperationException($"Batch {batch.Id} is of no organisation.");
        if (organisation.Status != OrganisationStatus.Active)
        {
            await batches.FinishAsync(batch.Id, BatchStatus.Cancelled, new("OrganisationNotActive", 0, 0, "The organisation is not active on this register."), ct);
            return;
        }

        using var file = files.Open(batch, organisation.OwnerCode(batch.Kind));
        if (file.Refusal is { } refusal)
        {
            await batches.FinishAsync(batch.Id, BatchStatus.Failed, refusal, ct);
            return;
        }

        if (batch.RowsTotal == 0)
        {
            await batches.BeginAsync(batch.Id, file.RowCount, ct);
        }

        await RunRowsAsync(batch, organisation, file, progress, ct);
        await batches.FinishAsync(batch.Id, BatchStatus.Successful, null, ct);
    }

    private async Task RunRowsAsync(Batch batch, Organisation organisation, IBatchFile file, IProgress<int>? progress, CancellationToken ct)
    {
        var access = AccessOf(batch);
        var today = DateOnly.FromDateTime(time.GetLocalNow().DateTime);
        var uploader = new AchievementUploader(
            organisation.Id, organisation.Name, organisation.RecognitionNumber, organisation.OwnerCode(BatchKind.Achievements), today, batch.Id);
        if (batch.Kind == BatchKind.Registrations)
        {
            var chunks = file.Rows(batch.RowsDone).Select(row => (row.Number, row.Line, Registration.Check(row.Number, BatchText.Learner(row), today).LookedUp(lookup))).Chunk(RegistrationsInChunk);
            await RunChunksAsync(batch, chunks, (rows, chunk) => learners.RegisterAsync(rows, chunk, access, ct), progress, ct);
        }
        else
        {
            // By ULN, as the tables are: a chunk then touches few pages, and reads each learner and locks each chain once.
            var chunks = file.RowsBy("ULN", batch.RowsDone).Select(row => (row.Number, row.Line, Achievement.Check(row.Number, BatchText.Achievement(row)))).Chunk(AchievementsInChunk);
            await RunChunksAsync(batch, chunks, (rows, chunk) => events.RecordAchievementsAsync(rows, uploader, chunk, access, ct), progress, ct);
        }
    }

    /// <summary>Reads and checks the next chunk while the store works on this one.</summary>
    private static async Task RunChunksAsync<T>(Batch batch, IEnumerable<(int Number, int Line, T Row)[]> chunks, Func<T[], BatchChunk, Task> run, IProgress<int>? progress, CancellationToken ct)
    {
        var done = batch.RowsDone;
        using var reader = chunks.GetEnumerator();
        var read = () => reader.MoveNext() ? reader.Current : null;
        var next = OnAnotherThreadAsync(read);
        try
        {
            while (await next is { } rows)
            {
                next = OnAnotherThreadAsync(read);
                ct.ThrowIfCancellationRequested();
                await run([.. rows.Select(row => row.Row)], new(batch.Id, done, done + rows.Length) { Lines = rows.ToDictionary(row => row.Number, row => row.Line) });
                done += rows.Length;
                progress?.Report(done);
            }
        }
        finally
        {
            // The file must not be closed while it is read; what goes wrong is thrown above.
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task<T?> OnAnotherThreadAsync<T>(Func<T?> read)
    {
        await Task.Yield();
        return read();
    }

    /// <summary>As whom a batch's rows are written: the organisation, through the account that sent it.</summary>
    private static Access AccessOf(Batch batch)
    {
        var (role, purpose) = batch.Kind == BatchKind.Registrations ? (Roles.LrbBatch, Purpose.Enrolment) : (Roles.AwardingOrganisation, Purpose.Award);
        return new(new Actor(role, batch.AccountId, null, batch.OrganisationId), Channel.Batch, purpose, $"batch-{batch.Id}");
    }
}
