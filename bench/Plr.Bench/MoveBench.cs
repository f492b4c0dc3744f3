using System.Diagnostics;
using System.Globalization;
using System.Text;
using Plr.Core;
using Plr.Core.Imports;
using Plr.Core.LearningEvents;
using Plr.Server.Files;

namespace Plr.Bench;

/// <summary>
/// A file of learning events of another register from the disk to the record, with checks and trail, against bare bulk inserts of the very
/// rows that it wrote into a fresh register's same indexed tables, in the same run. The file is in the order of the tables' keys, as an export is.
/// </summary>
internal static class MoveBench
{
    private const int Rounds = 3;
    private const int EventsALearner = 20;

    public static async Task<int> RunAsync(string[] args)
    {
        var engine = args.ElementAtOrDefault(0) ?? "sqlite";
        var rows = int.Parse(args.ElementAtOrDefault(1) ?? "100000", CultureInfo.InvariantCulture);
        var ratios = new List<double>();
        for (var round = 1; round <= Rounds; round++)
        {
            await using var register = await BenchRegister.OpenAsync(engine);
            await register.RegisterAsync(Math.Max(1, rows / EventsALearner));
            var path = WriteFile(register, rows);
            var whole = await LoadAsync(register, path, rows, isFirst: true);
            var again = await LoadAsync(register, path, rows, isFirst: false);
            var written = await register.Engine.ReadAsync(session => BareInserts.ReadAsync(session, "event-loaded"));
            var bare = await BareInserts.RunAsync(written, engine, inFileOrder: false);
            ratios.Add(bare / whole);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"round {round}: {engine}, {rows} rows: load {whole.TotalSeconds:F2} s ({rows / whole.TotalSeconds:F0}/s), again {again.TotalSeconds:F2} s, bare inserts {bare.TotalSeconds:F2} s ({rows / bare.TotalSeconds:F0}/s), ratio {bare / whole:F2}, peak {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MiB"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"median ratio {ratios.Order().ElementAt(Rounds / 2):F2}"));
        return 0;
    }

    private static string WriteFile(BenchRegister register, int rows)
    {
        var path = Path.Combine(Path.GetTempPath(), $"plr-bench-{Guid.CreateVersion7():N}.csv");
        using var file = new StreamWriter(path, append: false, new UTF8Encoding(false));
        file.Write(string.Join(',', FileLayouts.LearningEvents.Columns) + "\r\n");
        var ulns = register.Learners.Select(learner => learner.Uln).Order(StringComparer.Ordinal).ToList();
        for (var i = 0; i < rows; i++)
        {
            var (uln, number) = (ulns[i / EventsALearner % ulns.Count], i % EventsALearner);
            file.Write($"{uln},{((long)i * 7919 % rows) + 1},1,AO,Final,Bench Level 2 Certificate,600/0000/{number},Other General Qualification,Level 2,Pass,2022-01-01,,10000001,Bench Awards,RN9001,,,,0,English,,,2022-02-01T12:00:00.000000Z,RN9001,batch,{i / 5000 + 1},{i % 5000 + 1},Create,2022-02-01,\r\n");
        }

        return path;
    }

    private static async Task<TimeSpan> LoadAsync(BenchRegister register, string path, int rows, bool isFirst)
    {
        var watch = Stopwatch.StartNew();
        await using var stream = File.OpenRead(path);
        var file = CsvFile.Open(stream, FileLayouts.LearningEvents).File!;
        var moved = file.RowsBy("ULN").Select(row => new ImportRow(row.Line, heading => row[heading]));
        var report = await register.Get<MoveLearningEvents>().RunAsync(
            moved, (_, findings) => throw new InvalidOperationException(findings[0].Text), null, Access.Upkeep("bench"));
        watch.Stop();
        return (isFirst ? report.Added : report.AlreadyThere) == rows ? watch.Elapsed : throw new InvalidOperationException($"{report}");
    }
}
