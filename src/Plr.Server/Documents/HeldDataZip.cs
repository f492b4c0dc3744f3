using System.IO.Compression;
using Plr.Core;
using Plr.Core.AccessRequests;
using Plr.Core.Audit;
using Plr.Core.Learners;
using Plr.Server.Records;

namespace Plr.Server.Documents;

/// <summary>
/// Everything that is held about a learner as one file: a page to read, and each kind of thing as CSV and JSON. It goes straight to whoever asked; nothing of it
/// lies on the disk.
/// </summary>
public sealed class HeldDataZip(IAuditTrail trail, HeldDataIndex index, AuditWords words, TimeProvider time)
{
    /// <summary>It tells nobody whose it is.</summary>
    public const string Name = "personal-learning-record-data.zip";

    private const int AtOnce = 1_000;

    /// <summary>Writes the file.</summary>
    /// <param name="to">Stays open.</param>
    /// <param name="uln">As it was asked for.</param>
    public async Task WriteAsync(Stream to, Uln uln, HeldData held, Access access, CancellationToken ct)
    {
        var looked = await LookedAsync(uln, access, ct);
        await using var onItsWay = new HandedOn(to);
        await using (var zip = await ZipArchive.CreateAsync(onItsWay, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, ct))
        {
            await AddAsync(zip, "index.html", index.Write(held, looked), ct);
            foreach (var table in HeldTables.All(held, looked, words))
            {
                await onItsWay.HandOnAsync(ct);
                await AddAsync(zip, table.Name + ".csv", table.Csv(), ct);
                await AddAsync(zip, table.Name + ".json", table.Json(), ct);
            }
        }

        await onItsWay.HandOnAsync(ct);
    }

    private async Task<List<AuditLine>> LookedAsync(Uln uln, Access access, CancellationToken ct)
    {
        var all = new List<AuditLine>();
        AuditPlace? before = null;
        while (true)
        {
            var (lines, _) = await trail.ReadAsync(uln, 0, AtOnce, access, before: before, ct: ct);
            all.AddRange(lines);
            if (lines.Count < AtOnce)
            {
                return all;
            }

            before = AuditPlace.Of(lines[^1]);
        }
    }

    private async Task AddAsync(ZipArchive zip, string name, byte[] content, CancellationToken ct)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.Optimal);
        entry.LastWriteTime = time.GetLocalNow();
        await using var stream = await entry.OpenAsync(ct);
        await stream.WriteAsync(content, ct);
    }
}
