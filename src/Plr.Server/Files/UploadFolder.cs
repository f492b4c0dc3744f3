using System.Security.Cryptography;
using Plr.Core.Batches;

namespace Plr.Server.Files;

/// <summary>A file that is on the disk whole and counts once it is kept: before the batch of it is committed, after everything else is known to be in order.</summary>
public sealed class Upload(string temporary, string path, ReceivedFile file) : IDisposable
{
    private bool _isKept;

    public ReceivedFile File => file;

    /// <summary>Gives it its final name; once, however often it is asked.</summary>
    public void Keep()
    {
        if (!_isKept)
        {
            DataFolder.Place(temporary, path, overwrite: true);
            _isKept = true;
        }
    }

    public void Dispose() => System.IO.File.Delete(temporary);
}

/// <summary>
/// The uploaded files in the data folder, each under its SHA-256: the same file is kept once. A file counts as received when it is on the disk
/// whole (temporary file, flush, rename, flush of the folder).
/// </summary>
public sealed class UploadFolder(Settings settings) : IBatchFiles
{
    private string Folder => Path.Combine(settings.DataFolder, "uploads");

    /// <summary>Saves what is sent, for whoever knows that it is wanted.</summary>
    /// <param name="content">The file's bytes; read once, not kept in memory.</param>
    /// <param name="fileName">The name under which it was sent; any path before it is dropped.</param>
    public async Task<ReceivedFile> SaveAsync(Stream content, string fileName, CancellationToken ct)
    {
        using var upload = await ReceiveAsync(content, fileName, ct);
        upload.Keep();
        return upload.File;
    }

    /// <summary>Takes in what is sent under a name that counts for nothing: it is gone when the upload is disposed of, unless it was kept.</summary>
    /// <param name="content">The file's bytes; read once, not kept in memory.</param>
    /// <param name="fileName">The name under which it was sent; any path before it is dropped.</param>
    public async Task<Upload> ReceiveAsync(Stream content, string fileName, CancellationToken ct)
    {
        DataFolder.Make(settings.DataFolder);
        DataFolder.Make(Folder);
        var temporary = Path.Combine(Folder, $"{Guid.CreateVersion7():N}.part");
        try
        {
            var (digest, size) = await WriteAsync(content, temporary, ct);
            return new(temporary, PathOf(digest), new(NameOf(fileName), digest, size));
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Removes what was written before an instant and belongs to no batch: a server was killed between a file and its batch, or within a file.</summary>
    /// <param name="isOfBatch">Whether a batch is of the file with this digest.</param>
    public async Task SweepAsync(DateTimeOffset before, Func<byte[], Task<bool>> isOfBatch, CancellationToken ct)
    {
        foreach (var file in Directory.Exists(Folder) ? new DirectoryInfo(Folder).EnumerateFiles() : [])
        {
            ct.ThrowIfCancellationRequested();
            if (file.LastWriteTimeUtc < before.UtcDateTime && (DigestOf(file) is not { } digest || !await isOfBatch(digest)))
            {
                // Somebody may have sent the same file once more meanwhile: then it is young.
                file.Refresh();
                if (file.Exists && file.LastWriteTimeUtc < before.UtcDateTime)
                {
                    file.Delete();
                }
            }
        }
    }

    /// <summary>A file for its owner only that is gone when it is closed.</summary>
    public Stream OpenTemporary()
    {
        DataFolder.Make(settings.DataFolder);
        DataFolder.Make(Folder);
        return DataFolder.Create(Path.Combine(Folder, $"{Guid.CreateVersion7():N}.part"), FileOptions.Asynchronous | FileOptions.DeleteOnClose);
    }

    /// <summary>Opens a batch's file as it came.</summary>
    public Stream OpenRaw(Batch batch) => File.OpenRead(PathOf(batch.Digest));

    public IBatchFile Open(Batch batch, string ownerCode)
    {
        var stream = OpenRaw(batch);
        var (file, faults) = CsvFile.Open(stream, LayoutOf(batch.Kind), ownerCode);
        return new UploadedFile(stream, file, faults);
    }

    /// <summary>The layout of a kind of file.</summary>
    public static FileLayout LayoutOf(BatchKind kind) => kind == BatchKind.Registrations ? FileLayouts.Registrations2A : FileLayouts.Achievements1A;

    private static async Task<(byte[] Digest, long Size)> WriteAsync(Stream content, string path, CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var file = DataFolder.Create(path);
        var buffer = new byte[81_920];
        int read;
        while ((read = await content.ReadAsync(buffer, ct)) > 0)
        {
            hash.AppendData(buffer, 0, read);
            await file.WriteAsync(buffer.AsMemory(0, read), ct);
        }

        file.Flush(flushToDisk: true);
        return (hash.GetHashAndReset(), file.Length);
    }

    private static string NameOf(string sent)
    {
        var name = sent[(sent.LastIndexOfAny(['/', '\\']) + 1)..];
        var clean = new string([.. name.Where(c => !char.IsControl(c))]);
        return clean.Length is 0 ? "file.csv" : FileFault.Beginning(clean, 255).ToString();
    }

    /// <summary>Null for what is under no final name.</summary>
    private static byte[]? DigestOf(FileInfo file)
    {
        var name = Path.GetFileNameWithoutExtension(file.Name);
        return file.Extension == ".csv" && name.Length == 2 * SHA256.HashSizeInBytes && name.All(char.IsAsciiHexDigit) ? Convert.FromHexString(name) : null;
    }

    private string PathOf(byte[] digest) => Path.Combine(Folder, $"{Convert.ToHexStringLower(digest)}.csv");

    private sealed class UploadedFile(Stream stream, CsvFile? file, IReadOnlyList<FileFault> faults) : IBatchFile
    {
        public FileRefusal? Refusal { get; } = faults.Count == 0
            ? null
            : new(faults[0].Code.ToString(), (int)Math.Min(faults[0].Line, int.MaxValue), faults[0].Column, string.Join(Environment.NewLine, faults));

        public int RowCount => checked((int)file!.RowCount);

        public IEnumerable<BatchFileRow> Rows(int after) => file!.Rows(after).Select(Row);

        public IEnumerable<BatchFileRow> RowsBy(string heading, int after) => file!.RowsBy(heading, after).Select(Row);

        public void Dispose() => stream.Dispose();

        private static BatchFileRow Row(CsvRow row) => new(checked((int)row.Number), checked((int)row.Line), heading => row[heading]);
    }
}
