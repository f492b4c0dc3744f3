using Plr.Core;
using Plr.Core.Organisations;
using Plr.Testing;

namespace Plr.Store.Tests;

/// <summary>A register on a test's database: the stores with fixed keys and the fixed clock.</summary>
public abstract class RegisterTests
{
    protected RegisterTests(Database database)
    {
        Database = database;
        Engine = database.Engine;
        Trail = TrailOn(Engine);
        Organisations = new OrganisationStore(Engine, Trail);
    }

    protected static DateTimeOffset Noon => Clock.Noon;

    protected static Access Office { get; } = new(new Actor(Roles.OfficeSenior, Guid.Parse("0199aaaa-0000-7000-8000-000000000001"), "Olwen Rees"), Channel.Office, Purpose.RegisterUpkeep, "test");

    protected Database Database { get; }

    protected Engine Engine { get; }

    protected AuditTrail Trail { get; }

    protected OrganisationStore Organisations { get; }

    protected static AuditTrail TrailOn(Engine engine) => new(engine, Keys, Clock.New());

    protected static StoreKeys Keys { get; } = new(new byte[32], [.. Enumerable.Range(1, 32).Select(i => (byte)i)]);

    /// <summary>The words of the entries in a chain, oldest first.</summary>
    protected Task<string[]> ActionsAsync(long chain) => Engine.ReadAsync(async session =>
    {
        var entries = await session.QueryAsync<string>("SELECT entry FROM audit_entry WHERE chain = @chain ORDER BY sequence", new { chain });
        return entries.Select(entry => System.Text.Json.JsonDocument.Parse(entry).RootElement.GetProperty("action").GetString()!).ToArray();
    });

    /// <summary>An organisation that no other test has.</summary>
    protected async Task<Organisation> CollegeAsync(string ukprn) =>
        (await Organisations.AddAsync("College " + ukprn, ukprn, null, null, Office)).Added!;
}
