using Microsoft.Extensions.Time.Testing;
using Plr.Core;
using Plr.Core.Learners;
using Plr.Testing;

namespace Plr.Store.Tests;

/// <summary>On a clock that goes on with each look at it, as real ones do.</summary>
public abstract class RunningClockTests(Database database) : RegisterTests(database)
{
    [Fact]
    public async Task An_entry_and_the_version_it_names_carry_the_same_instant()
    {
        var time = new FakeTimeProvider(Noon) { AutoAdvanceAmount = TimeSpan.FromMilliseconds(7) };
        var trail = new AuditTrail(Engine, Keys, time);
        var learners = new LearnerStore(Engine, trail, new UlnIssuer(Keys), time);
        var college = await CollegeAsync("10990201");
        var access = new Access(new Actor(Roles.LrbBatch, OrganisationId: college.Id), Channel.Batch, Purpose.Enrolment, "test");
        var outcome = Assert.Single(await learners.RegisterAsync([A.Registration(A.Learner())], null, access));

        var updated = await learners.UpdateAsync(Uln.Parse(outcome.Uln!), 1, held => (held.Details with { PlaceOfBirth = "Bangor" }, []), access);

        Assert.IsType<UpdateOutcome.Updated>(updated);
        Assert.Empty((await trail.VerifyAsync(null, Office)).Faults);
    }
}

public sealed class RunningClockOnSqlite(SqliteDatabase d) : RunningClockTests(d), IClassFixture<SqliteDatabase>;

public sealed class RunningClockOnPostgres(PostgresDatabase d) : RunningClockTests(d), IClassFixture<PostgresDatabase>;
