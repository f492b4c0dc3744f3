using Plr.Core.Learners;
using Plr.Core.LearningEvents;
using Plr.Core.Moves;
using Plr.Core.Organisations;
using Plr.Core.Qualifications;
using Plr.Core.Reports;

namespace Plr.Server.Files;

/// <summary>The files of an export, in the form in which <c>plr load</c> reads them. Each gets its name when all are whole and on the disk; only their owner can read them.</summary>
public sealed class ExportFiles : IExportTarget, IDisposable
{
    /// <summary>The parts that can be exported, each with its word on the command line and in the file's name.</summary>
    public static IReadOnlyList<(MoveParts Part, string Word)> Names { get; } =
    [
        (MoveParts.Organisations, "organisations"),
        (MoveParts.Qualifications, "qualifications"),
        (MoveParts.Learners, "learners"),
        (MoveParts.LearningEvents, "learning-events"),
        (MoveParts.Reports, "reports"),
    ];

    private readonly Dictionary<MoveParts, ExportFile> _files = [];
    private readonly IProgress<long>? _progress;
    private long _done;

    /// <summary>Begins the files of these parts in a folder, which is made when it is missing.</summary>
    /// <exception cref="IOException">One of the files is there already.</exception>
    public ExportFiles(string folder, MoveParts parts, IProgress<long>? progress)
    {
        _progress = progress;
        DataFolder.Make(folder);
        foreach (var (part, word) in Names.Where(name => parts.HasFlag(name.Part)))
        {
            _files.Add(part, new ExportFile(Path.Combine(folder, word + ".csv"), HeadingsOf(part)));
        }
    }

    /// <summary>How many rows each file has, in the order of <see cref="Names"/>.</summary>
    public IEnumerable<(string Path, long Rows)> Counts => _files.OrderBy(pair => pair.Key).Select(pair => (pair.Value.Path, pair.Value.Rows));

    public void Add(Organisation organisation, MoveCodes codes) => Write(MoveParts.Organisations, OrganisationColumns.All, organisation, codes);

    public void Add(Qualification qualification, MoveCodes codes) => Write(MoveParts.Qualifications, QualificationColumns.All, qualification, codes);

    public void Add(LearnerVersion version, MoveCodes codes) => Write(MoveParts.Learners, LearnerColumns.All, version, codes);

    public void Add(MovedLearningEvent version, MoveCodes codes) => Write(MoveParts.LearningEvents, LearningEventColumns.All, version, codes);

    public void Add(MovedReport report, MoveCodes codes) => Write(MoveParts.Reports, ReportColumns.All, report, codes);

    /// <summary>Gives the files their names.</summary>
    public void Keep()
    {
        _progress?.Report(_done);
        foreach (var file in _files.Values)
        {
            file.Keep();
        }
    }

    public void Dispose()
    {
        foreach (var file in _files.Values)
        {
            file.Dispose();
        }
    }

    private static IEnumerable<string> HeadingsOf(MoveParts part) => part switch
    {
        MoveParts.Organisations => OrganisationColumns.All.Select(column => column.Heading),
        MoveParts.Qualifications => QualificationColumns.All.Select(column => column.Heading),
        MoveParts.Learners => LearnerColumns.All.Select(column => column.Heading),
        MoveParts.LearningEvents => LearningEventColumns.All.Select(column => column.Heading),
        _ => ReportColumns.All.Select(column => column.Heading),
    };

    private void Write<T>(MoveParts part, IReadOnlyList<MoveColumn<T>> columns, T row, MoveCodes codes)
    {
        _files[part].Write(columns, row, codes);
        if (++_done % 10_000 == 0)
        {
            _progress?.Report(_done);
        }
    }

    private sealed class ExportFile : IDisposable
    {
        private readonly string _temporary;
        private readonly FileStream _stream;
        private readonly CsvOut _out;
        private readonly string?[] _cells;

        public ExportFile(string path, IEnumerable<string> headings)
        {
            Path = path;
            _temporary = $"{path}.{Guid.CreateVersion7():N}.part";
            _stream = DataFolder.Create(_temporary, FileOptions.None);
            _out = new CsvOut(_stream, byteOrderMark: true);
            string[] written = [.. headings];
            _out.Write(written);
            _cells = new string?[written.Length];
        }

        public string Path { get; }

        public long Rows { get; private set; }

        public void Write<T>(IReadOnlyList<MoveColumn<T>> columns, T row, MoveCodes codes)
        {
            for (var i = 0; i < columns.Count; i++)
            {
                _cells[i] = columns[i].Write(row, codes);
            }

            _out.Write(_cells);
            Rows++;
        }

        public void Keep()
        {
            _out.Flush();
            _stream.Flush(flushToDisk: true);
            DataFolder.Place(_temporary, Path, overwrite: false);
        }

        public void Dispose()
        {
            _out.Dispose();
            _stream.Dispose();
            File.Delete(_temporary);
        }
    }
}
