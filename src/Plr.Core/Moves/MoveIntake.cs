using Plr.Core.Imports;
using Plr.Core.Responses;

namespace Plr.Core.Moves;

/// <summary>Takes the rows of a file in, a chunk a transaction, and counts what became of them. Nothing of a chunk is kept once it is done.</summary>
/// <param name="read">A row's version, or null with findings.</param>
/// <param name="keyOf">Whose version it is: when one was refused, those that follow it are too.</param>
/// <param name="load">Writes a chunk.</param>
/// <param name="refused">Told of each row that was refused, in the order in which rows are taken in.</param>
internal sealed class MoveIntake<T>(
    Func<ImportRow, (T? Version, IReadOnlyList<Finding> Findings)> read,
    Func<T, (long, long)> keyOf,
    Func<IReadOnlyList<T>, Task<IReadOnlyList<MoveOutcome>>> load,
    Action<ImportRow, IReadOnlyList<Finding>> refused)
    where T : class
{
    private static readonly Finding[] AfterRefused = [new(ResponseCodes.DetailsIncorrect, "Version", FindingRules.FollowsRefused)];
    private (long, long)? _refusedKey;
    private long _added;
    private long _there;
    private long _refused;

    public async Task<MoveReport> RunAsync(IEnumerable<ImportRow> rows, int rowsInChunk, IProgress<long>? progress)
    {
        var done = 0L;
        foreach (var chunk in rows.Chunk(rowsInChunk))
        {
            await TakeAsync(chunk);
            done += chunk.Length;
            progress?.Report(done);
        }

        return new(null, _added, _there, _refused, []);
    }

    private async Task TakeAsync(ImportRow[] chunk)
    {
        var taken = new List<(ImportRow Row, T Version)>(chunk.Length);
        foreach (var row in chunk)
        {
            var (version, findings) = read(row);
            if (findings.Count > 0 || version is null)
            {
                Refuse(row, version, findings);
            }
            else if (_refusedKey == keyOf(version))
            {
                Refuse(row, version, AfterRefused);
            }
            else
            {
                taken.Add((row, version));
            }
        }

        var outcomes = taken.Count == 0 ? [] : await load([.. taken.Select(pair => pair.Version)]);
        foreach (var ((row, version), outcome) in taken.Zip(outcomes))
        {
            if (outcome.Findings.Count > 0)
            {
                Refuse(row, version, outcome.Findings);
            }
            else
            {
                _ = outcome.IsAdded ? _added++ : _there++;
            }
        }
    }

    private void Refuse(ImportRow row, T? version, IReadOnlyList<Finding> findings)
    {
        _refused++;
        _refusedKey = version is null ? _refusedKey : keyOf(version);
        refused(row, findings);
    }
}
