using Plr.Core;
using Plr.Core.Learners;
using Plr.Core.Responses;
using Plr.Testing;

namespace Plr.Store.Tests;

/// <summary>ULNs are verified as the operation does it: what it answers, and the one entry that it leaves.</summary>
public abstract class VerifyingTests(Database database) : LinkedRegisterTests(database)
{
    private VerifyLearner Verify => new(Learners);

    [Theory]
    [InlineData("1")]
    [InlineData("0")]
    [InlineData("2")]
    public async Task Whoever_has_a_ULN_is_verified_whether_they_share_or_not_with_one_entry_in_their_trail(string abilityToShare)
    {
        var (college, person) = (await CollegeAsync(), Person() with { AbilityToShare = abilityToShare });
        var uln = await RegisteredAsync(person);
        var before = (await ActionsAsync(uln)).Length;

        Assert.Equal("WSVRC001 ", await AskAsync(uln, person.GivenName, person.FamilyName, person.DateOfBirth, "2", By(college)));
        Assert.Equal("WSVRC003 ", await AskAsync(uln, "Sian", person.FamilyName, null, null, By(college)));
        Assert.Equal("WSVRC005 VRF7", await AskAsync(uln, "Siân", person.FamilyName, "2008-02-28", null, By(college)));

        Assert.Equal(["uln-verified", "uln-verified", "uln-not-verified"], (await ActionsAsync(uln)).Skip(before));
        Assert.Equal(0, await SearchesAsync(college));
    }

    [Fact]
    public async Task A_ULN_that_nobody_has_or_whose_learner_was_taken_off_is_not_found_with_one_entry_in_the_organisations_trail()
    {
        var college = await CollegeAsync();
        Assert.Equal("WSVRC006 ", await AskAsync(Uln.Parse("1000000043"), "Siân", "Pritchard", null, null, By(college)));
        Assert.Equal(1, await SearchesAsync(college));

        var uln = await RegisteredAsync(Person());
        var before = (await ActionsAsync(uln)).Length;
        await ExecuteAsync("UPDATE learner SET status = 0 WHERE uln = @uln", new { uln = uln.Value });
        Assert.Equal("WSVRC006 ", await AskAsync(uln, "Siân", "Pritchard", null, null, By(college)));
        Assert.Equal((2, before), (await SearchesAsync(college), (await ActionsAsync(uln)).Length));
        await ExecuteAsync("UPDATE learner SET status = 1 WHERE uln = @uln", new { uln = uln.Value });
    }

    [Fact]
    public async Task A_merged_ULN_is_verified_by_its_own_record_and_by_its_masters_and_the_entry_is_the_masters()
    {
        var (college, own, master, top) = (await CollegeAsync(), Person(), Person("Sioned"), Person("Heledd"));
        var (uln, masterUln, topUln) = (await RegisteredAsync(own), await RegisteredAsync(master), await RegisteredAsync(top));
        await LinkAsync(uln, masterUln);
        var (before, owns) = ((await ActionsAsync(masterUln)).Length, (await ActionsAsync(uln)).Length);

        Assert.Equal("WSVRC002 ", await AskAsync(uln, own.GivenName, own.FamilyName, null, null, By(college)));
        Assert.Equal("WSVRC002 ", await AskAsync(uln, master.GivenName, master.FamilyName, null, null, By(college)));
        Assert.Equal("WSVRC004 ", await AskAsync(uln, "Sionedd", master.FamilyName, null, null, By(college)));
        Assert.Equal("WSVRC001 ", await AskAsync(masterUln, master.GivenName, master.FamilyName, null, null, By(college)));
        Assert.Equal(["uln-verified", "uln-verified", "uln-verified", "uln-verified"], (await ActionsAsync(masterUln)).Skip(before));
        Assert.Equal(owns, (await ActionsAsync(uln)).Length);

        // What another register gave may lead over several.
        await ExecuteAsync("UPDATE learner SET status = 2, master_uln = @top WHERE uln = @master", new { top = topUln.Value, master = masterUln.Value });
        Assert.Equal("WSVRC002 ", await AskAsync(uln, top.GivenName, top.FamilyName, null, null, By(college)));
        Assert.Equal("uln-verified", (await ActionsAsync(topUln))[^1]);
        await ExecuteAsync("UPDATE learner SET status = 2, master_uln = @uln WHERE uln = @top", new { uln = uln.Value, top = topUln.Value });
        Assert.Equal("WSVRC006 ", await AskAsync(uln, own.GivenName, own.FamilyName, null, null, By(college)));
        await ExecuteAsync("UPDATE learner SET status = 1, master_uln = NULL WHERE uln = @top", new { top = topUln.Value });
    }

    [Fact]
    public async Task Only_whose_roles_and_purpose_let_them_verify_and_nobody_is_asked_for_otherwise()
    {
        var person = Person();
        var uln = await RegisteredAsync(person);
        var before = (await ActionsAsync(uln)).Length;
        foreach (var access in new[] { By(null, Roles.SuperUser), By(null, Roles.DataChallenge), By(null, Roles.AwardingOrganisation), By(null, purpose: Purpose.Award), Agent, Senior, Own(uln) })
        {
            Assert.Equal("WSEC0006 ", await AskAsync(uln, person.GivenName, person.FamilyName, null, null, access));
        }

        Assert.Equal("WSEC0001 ", await AskAsync(uln, person.GivenName, " ", null, null, By(null)));
        Assert.Equal(before, (await ActionsAsync(uln)).Length);
        Assert.Equal("WSVRC001 ", await AskAsync(uln, person.GivenName, person.FamilyName, null, null, By(null, Roles.AwardingOrganisation, Purpose.Award)));
        Assert.Equal("WSVRC001 ", await AskAsync(uln, person.GivenName, person.FamilyName, null, null, By(null, Roles.LrbViewOnly, Purpose.AdviceAndGuidance)));
    }

    [Fact]
    public async Task Many_at_once_each_get_their_own_answer_and_leave_their_own_entry()
    {
        var colleges = new[] { await CollegeAsync(), await CollegeAsync() };
        var people = new List<(Uln Uln, LearnerText Person)>();
        for (var i = 0; i < 20; i++)
        {
            var person = Person();
            people.Add((await RegisteredAsync(person), person));
        }

        await LinkAsync(people[0].Uln, people[1].Uln);
        var before = await Task.WhenAll(people.Select(async one => (await ActionsAsync(one.Uln)).Length));
        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(async i =>
        {
            var (uln, person) = people[i % 20];
            return (i % 5) switch
            {
                0 => await AskAsync(uln, person.GivenName, person.FamilyName, null, null, By(colleges[i % 2])),
                1 => await AskAsync(uln, "Sian", person.FamilyName, null, null, By(colleges[i % 2])),
                2 => await AskAsync(uln, person.GivenName, person.FamilyName, "1999-01-01", null, By(colleges[i % 2])),
                3 => await AskAsync(uln, person.FamilyName, person.GivenName, null, null, By(colleges[i % 2])),
                _ => await AskAsync(Uln.Parse("1000000043"), "Siân", "Pritchard", null, null, By(colleges[i % 2])),
            };
        }));

        Assert.All(answers.Index(), answer => Assert.Equal(
            (answer.Index % 5) switch
            {
                0 => answer.Index % 20 == 0 ? "WSVRC002 " : "WSVRC001 ",
                1 => answer.Index % 20 == 0 ? "WSVRC004 " : "WSVRC003 ",
                2 => "WSVRC005 VRF7",
                3 => "WSVRC003 VRF1 VRF3 VRF5 VRF6",
                _ => "WSVRC006 ",
            },
            answer.Item));
        Assert.Equal(40, await SearchesAsync(colleges[0]) + await SearchesAsync(colleges[1]));
        var after = await Task.WhenAll(people.Select(async one => (await ActionsAsync(one.Uln)).Length));
        Assert.Equal(160, after.Sum() - before.Sum());
        Assert.Equal((before[0], before[1] + 20), (after[0], after[1]));
        Assert.DoesNotContain(await FaultsAsync(), fault => people.Any(one => fault.Contains(one.Uln.ToString(), StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_was_said_is_kept_in_the_erasable_details_and_not_in_the_entry()
    {
        var person = Person();
        var uln = await RegisteredAsync(person);
        await AskAsync(uln, "Gwrtheyrn", person.FamilyName, "1999-01-01", "1", By(await CollegeAsync()));
        var (entry, details) = await Engine.ReadAsync(async session => (
            (await session.QueryAsync<string>("SELECT entry FROM audit_entry WHERE chain = @uln ORDER BY sequence", new { uln = uln.Value })).Last(),
            (await session.QueryAsync<string>("SELECT details FROM audit_detail WHERE chain = @uln ORDER BY sequence", new { uln = uln.Value })).Last()));

        Assert.DoesNotContain("Gwrtheyrn", entry, StringComparison.Ordinal);
        Assert.Contains($"{uln} Gwrtheyrn {person.FamilyName} 1999-01-01 1", details, StringComparison.Ordinal);
    }

    private static int _person;

    // Words only: what is a number in a name does not tell people apart.
    private static LearnerText Person(string givenName = "Siân")
    {
        var number = Interlocked.Increment(ref _person);
        return A.Learner(givenName, "Pritch" + string.Concat($"{number:0000}".Select(digit => (char)('k' + (digit - '0')))));
    }

    private async Task<string> AskAsync(Uln uln, string? givenName, string? familyName, string? born, string? gender, Access access)
    {
        var answer = await Verify.RunAsync(new() { Uln = uln.ToString(), GivenName = givenName, FamilyName = familyName, DateOfBirth = born, Gender = gender }, access);
        return $"{answer.Code} {string.Join(' ', answer.Flags)}";
    }
}

public sealed class VerifyingOnSqlite(SqliteDatabase d) : VerifyingTests(d), IClassFixture<SqliteDatabase>;

public sealed class VerifyingOnPostgres(PostgresDatabase d) : VerifyingTests(d), IClassFixture<PostgresDatabase>;
