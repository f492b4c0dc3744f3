// Writes for ever, or until its batch is done, and prints each thing after the store has acknowledged it. A test kills it in the middle and
// looks whether all that was printed is there. Arguments: engine, data folder, connection string, and for a batch: its number and a file
// with the organisation and the rows as JSON; without, numbers go into the table acknowledged, eight at a time.
using System.Globalization;
using System.Text.Json;
using Plr.Core.LearningEvents;
using Plr.Store;
using Plr.Store.Writer;

await using var engine = Engine.Open(new StoreOptions(Enum.Parse<EngineKind>(args[0]), args[1], args[2]));
await engine.AssertFitAsync();
var printed = new Lock();
var last = 0L;
if (args.Length > 3)
{
    var (board, texts) = JsonSerializer.Deserialize<Work>(await File.ReadAllTextAsync(args[4]))!;
    await AchievementFile.RunAsync(engine, int.Parse(args[3], CultureInfo.InvariantCulture), board, texts, Print);
    return;
}

await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => WriteForEverAsync()));

void Print(int number)
{
    lock (printed)
    {
        Console.Out.WriteLine(number.ToString(CultureInfo.InvariantCulture));
        Console.Out.Flush();
    }
}

async Task WriteForEverAsync()
{
    while (true)
    {
        var number = Interlocked.Increment(ref last);
        await engine.WriteAsync(s => s.ExecuteAsync("INSERT INTO acknowledged (number) VALUES (@number)", new { number }));
        Print((int)number);
    }
}
