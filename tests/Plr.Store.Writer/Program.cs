// Writes numbers into the table acknowledged, eight at a time and for ever, and prints each one after the store has acknowledged it.
// A test kills it in the middle and looks whether all that was printed is there. Arguments: engine, data folder, connection string.
using System.Globalization;
using Plr.Store;

await using var engine = Engine.Open(new StoreOptions(Enum.Parse<EngineKind>(args[0]), args[1], args[2]));
await engine.AssertFitAsync();
var printed = new Lock();
var last = 0L;
await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => WriteForEverAsync()));

async Task WriteForEverAsync()
{
    while (true)
    {
        var number = Interlocked.Increment(ref last);
        await engine.WriteAsync(s => s.ExecuteAsync("INSERT INTO acknowledged (number) VALUES (@number)", new { number }));
        lock (printed)
        {
            Console.Out.WriteLine(number.ToString(CultureInfo.InvariantCulture));
            Console.Out.Flush();
        }
    }
}
