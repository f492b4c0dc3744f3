using System.Globalization;

namespace Plr.Bench;

/// <summary>
/// An achievements file from the disk to the record, with rules, provenance, trail and progress, against bare bulk inserts (binary COPY,
/// prepared inserts) of the very rows that it wrote, in the order of the file, into a fresh register's same indexed tables, in the same run.
/// Beside it stands what the bare inserts take when somebody has sorted the rows by the tables' keys for them.
/// </summary>
internal static class UploadBench
{
    private const int Rounds = 3;

    public static async Task<int> RunAsync(string[] args)
    {
        var engine = args.ElementAtOrDefault(0) ?? "sqlite";
        var rows = int.Parse(args.ElementAtOrDefault(1) ?? "100000", CultureInfo.InvariantCulture);
        var ratios = new List<double>();
        for (var round = 1; round <= Rounds; round++)
        {
            await using var register = await BenchRegister.OpenAsync(engine);
            await register.RegisterAsync(Math.Max(1, rows / 5));
            var path = register.WriteFile(rows);
            var whole = await register.LoadAsync(path);
            var written = await register.Engine.ReadAsync(session => BareInserts.ReadAsync(session, null));
            var bare = await BareInserts.RunAsync(written, engine, inFileOrder: true);
            var sorted = await BareInserts.RunAsync(written, engine, inFileOrder: false);
            ratios.Add(bare / whole);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"round {round}: {engine}, {rows} rows: whole {whole.TotalSeconds:F2} s ({rows / whole.TotalSeconds:F0}/s), bare inserts {bare.TotalSeconds:F2} s ({rows / bare.TotalSeconds:F0}/s), ratio {bare / whole:F2}; bare inserts of sorted rows {sorted.TotalSeconds:F2} s, ratio {sorted / whole:F2}"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"median ratio {ratios.Order().ElementAt(Rounds / 2):F2} (at least 0.33 wanted)"));
        return 0;
    }
}
