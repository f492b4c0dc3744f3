using System.Globalization;
using Plr.Core;
using Plr.Core.Batches;
using Plr.Core.Matching;
using Plr.Core.Organisations;
using Plr.Server.Files;
using Plr.Server.Work;

namespace Plr.Server.Commands;

/// <summary>
/// Loads an organisation's file as its upload would: saved, submitted, judged row by row, reported. A load that was broken off goes on where
/// it stopped when it is run again; a batch that a server works on is waited for.
/// </summary>
internal sealed class LoadBatch(OpenRegister register, Surroundings around)
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);
    private readonly IBatchStore _batches = register.Part<IBatchStore>();

    public async Task<int> RunAsync(BatchKind kind, string path, string code, bool again, string? output, CancellationToken ct)
    {
        var organisation = await register.OrganisationAsync(code, kind == BatchKind.Registrations ? "--ukprn" : "--recognition-number", ct);
        var access = AccessFor(organisation, kind);
        var answer = await SubmitAsync(kind, path, organisation, again, access, ct);
        var batch = answer.Batch!;
        if (answer.IsNew)
        {
            around.Say($"Batch {batch.Id}: {batch.FileName} from {organisation.Name}.");
        }
        else
        {
            var day = batch.SubmittedAt.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
            around.Say(batch.IsFinished
                ? $"This file was loaded before: batch {batch.Id} on {day} UTC. Nothing was changed."
                : $"This file was sent before and is not finished: batch {batch.Id} of {day} UTC goes on after row {batch.RowsDone}.");
        }

        if (!batch.IsFinished)
        {
            batch = await FinishAsync(batch, organisation, access, ct);
        }

        return await new BatchReport(register, around).WriteAsync(batch, organisation, output, access, ct);
    }

    private Access AccessFor(Organisation organisation, BatchKind kind) => new(
        Actor.RegisterFor(organisation.Id), Channel.CommandLine, kind == BatchKind.Registrations ? Purpose.Enrolment : Purpose.Award, register.Correlation);

    private async Task<SubmitBatch.Answer> SubmitAsync(BatchKind kind, string path, Organisation organisation, bool again, Access access, CancellationToken ct)
    {
        await using var content = File.OpenRead(path);
        var file = await register.Part<UploadFolder>().SaveAsync(content, Path.GetFileName(path), ct);
        var answer = await register.Part<SubmitBatch>().RunAsync(new(kind, organisation.Id, file, again), access, ct);
        return answer.Batch is not null ? answer : throw new CommandRefusedException($"{organisation.Name} cannot send this file: {answer.Code.Text} ({answer.Code}).");
    }

    private async Task<Batch> FinishAsync(Batch batch, Organisation organisation, Access access, CancellationToken ct)
    {
        var title = batch.Kind == BatchKind.Registrations ? "Registering learners" : "Recording achievements";
        await Meter.RunAsync(around, title, "rows", RowCount(batch, organisation), async progress =>
        {
            using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
            if (batch.Kind == BatchKind.Registrations)
            {
                await register.Part<LearnerFollower>().LoadAsync(ct);
            }

            var following = batch.Kind == BatchKind.Registrations ? FollowAsync(over.Token) : Task.CompletedTask;
            try
            {
                while (await _batches.GetAsync(batch.Id, access, ct) is { IsFinished: false } now)
                {
                    progress.Report(now.RowsDone);
                    await ClaimAndRunAsync(now, progress, ct);
                }
            }
            finally
            {
                await over.CancelAsync();
                await following;
            }
        });
        return await _batches.GetAsync(batch.Id, access, ct) ?? throw new InvalidOperationException($"Batch {batch.Id} is gone.");
    }

    /// <summary>Rows are looked up in an index of this process, which follows what they themselves change.</summary>
    private async Task FollowAsync(CancellationToken ct)
    {
        var follower = register.Part<LearnerFollower>();
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await follower.FollowAsync(ct);
                await Task.Delay(LookEvery, ct);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private int? RowCount(Batch batch, Organisation organisation)
    {
        using var file = register.Part<IBatchFiles>().Open(batch, organisation.OwnerCode(batch.Kind));
        return file.Refusal is null ? file.RowCount : null;
    }

    /// <summary>Works on the batch itself, or waits a moment when somebody else does.</summary>
    private async Task ClaimAndRunAsync(Batch batch, IProgress<long> progress, CancellationToken ct)
    {
        var claimant = Claimant.Name();
        await _batches.ReleaseAsync(batch.Id, Claimant.IsGone, ct);
        if (await _batches.ClaimAsync(batch.Id, claimant, Lease, ct) is not { } claimed)
        {
            await Task.Delay(LookEvery, around.Time, ct);
            return;
        }

        try
        {
            await register.Part<BatchRunner>().RunAsync(claimed, new Rows(progress), ct);
        }
        finally
        {
            await _batches.ReleaseAsync(batch.Id, name => name == claimant, CancellationToken.None);
        }
    }

    private sealed class Rows(IProgress<long> progress) : IProgress<int>
    {
        public void Report(int value) => progress.Report(value);
    }
}
