using System.Globalization;
using Plr.Core;
using Plr.Core.Batches;
using Plr.Core.Demo;
using Plr.Core.Learners;
using Plr.Core.Organisations;
using Plr.Core.Responses;
using Plr.Server.Files;
using Plr.Server.Work;

namespace Plr.Server.Commands;

/// <summary>The demo's files: written as an organisation's software would, then received, submitted and run as any other.</summary>
internal sealed class DemoFiles(UploadFolder uploads, SubmitBatch submit, RegisterLearner register, IBatchStore batches, BatchRunner runner) : IDemoFiles
{
    private const int RowsAtOnce = 2_000;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    public async Task<IReadOnlyList<string>> RegisterAsync(Organisation provider, IReadOnlyList<IReadOnlyDictionary<string, string>> rows, DateTimeOffset at, CancellationToken ct)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"LRB_{provider.Code}_{at:ddMMyyyyHHmm}.CSV");
        var access = AccessFor(provider, Purpose.Enrolment);
        var batch = await SendAsync(BatchKind.Registrations, provider, name, rows, access, ct);
        var outcomes = await batches.RowsAsync(batch.Id, 0, RowsAtOnce, refusedOnly: false, access, ct: ct);
        var ulns = new List<string>();
        foreach (var (outcome, row) in outcomes.Zip(rows))
        {
            // Whom the file could not tell from somebody else, the school's clerk has looked at: a sister, a neighbour of the same age.
            ulns.Add(outcome.Uln ?? (outcome.Code == ResponseCodes.PossibleMatches ? (await register.RunAsync(Text(row), access, ct)).Uln : null) ?? throw Wrong(batch, outcome));
        }

        return ulns;
    }

    public async Task AchieveAsync(Organisation awarding, IReadOnlyList<IReadOnlyDictionary<string, string>> rows, DateTimeOffset at, CancellationToken ct)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"AO_{awarding.OrganisationRef}_{at:ddMMyyyyHHmm}.CSV");
        var access = AccessFor(awarding, Purpose.Award);
        var batch = await SendAsync(BatchKind.Achievements, awarding, name, rows, access, ct);
        Check(batch, await batches.RowsAsync(batch.Id, 0, RowsAtOnce, refusedOnly: true, access, ct: ct), 0);
    }

    private static Access AccessFor(Organisation organisation, Purpose purpose) => new(Actor.RegisterFor(organisation.Id), Channel.CommandLine, purpose, "demo");

    private static void Check(Batch batch, IReadOnlyList<BatchRow> outcomes, int expected)
    {
        if (outcomes.Count != expected || outcomes.Any(outcome => outcome.IsRefused))
        {
            throw Wrong(batch, outcomes.FirstOrDefault(outcome => outcome.IsRefused));
        }
    }

    private static InvalidOperationException Wrong(Batch batch, BatchRow? row) =>
        new($"The demo's own data are wrong: {batch.FileName}, row {row?.Row}: {row?.Code} {row?.Text}");

    private static LearnerText Text(IReadOnlyDictionary<string, string> row) => BatchText.Learner(new BatchFileRow(1, 1, column => row.GetValueOrDefault(column, "")));

    private async Task<Batch> SendAsync(
        BatchKind kind, Organisation organisation, string name, IReadOnlyList<IReadOnlyDictionary<string, string>> rows, Access access, CancellationToken ct)
    {
        using var content = new MemoryStream();
        Write(content, kind, organisation, name, rows);
        content.Position = 0;
        var file = await uploads.SaveAsync(content, name, ct);
        var answer = await submit.RunAsync(new(kind, organisation.Id, file), access, ct);
        var batch = await batches.ClaimAsync(answer.Batch!.Id, Claimant.Name(), Lease, ct)
            ?? throw new InvalidOperationException($"The demo's own data are wrong: {name} was sent twice.");
        await runner.RunAsync(batch, null, ct);
        return batch;
    }

    private static void Write(Stream target, BatchKind kind, Organisation organisation, string name, IReadOnlyList<IReadOnlyDictionary<string, string>> rows)
    {
        var layout = UploadFolder.LayoutOf(kind);
        using var file = new CsvOut(target);
        file.Write([.. layout.Columns]);
        for (var i = 0; i < rows.Count; i++)
        {
            string?[] cells = [.. layout.Columns.Select(column => rows[i].GetValueOrDefault(column))];
            if (i == 0)
            {
                string?[] header = [layout.Version, name, organisation.Code, rows.Count.ToString(CultureInfo.InvariantCulture)];
                header.CopyTo(cells, 0);
            }

            file.Write(cells);
        }

        file.Flush();
    }
}
