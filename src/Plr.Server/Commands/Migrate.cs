using System.CommandLine;
using Plr.Store;

namespace Plr.Server.Commands;

/// <summary><c>plr migrate</c>: brings the database's schema up to date, or shows what it would do.</summary>
internal static class Migrate
{
    public static Command Make(CommandTree tree)
    {
        var dryRun = new Option<bool>("--dry-run") { Description = "Prints the SQL instead of running it." };
        return CommandTree.Command(
            "migrate", "Brings the database's schema up to date.", [dryRun], (parsed, ct) => RunAsync(tree.Settings(parsed), parsed.GetValue(dryRun), tree.Around, ct));
    }

    private static async Task<int> RunAsync(Settings settings, bool isDryRun, Surroundings around, CancellationToken ct)
    {
        await using var parts = OpenRegister.Parts(settings, around.Time);
        var engine = parts.GetRequiredService<Engine>();
        await engine.AssertFitAsync(ct);
        var migrator = new Migrator(engine, around.Time);
        if (isDryRun)
        {
            var sql = await migrator.DryRunAsync(ct);
            around.Say(sql.Length > 0 ? sql.TrimEnd() : "-- The schema is up to date.");
            return ExitCodes.Done;
        }

        var applied = await migrator.ApplyAsync(ct);
        foreach (var migration in applied)
        {
            around.Say($"Applied {migration}.");
        }

        around.Say(applied.Count > 0 ? "The schema is up to date." : "The schema was up to date already.");
        return ExitCodes.Done;
    }
}
