using Plr.Core;
using Plr.Core.Learners;
using Plr.Core.Responses;
using Plr.Testing;

namespace Plr.Store.Tests;

/// <summary>Reports of ULNs: whom they lead to, who was merged, unmerged and taken off.</summary>
public abstract class UlnReportTests(Database database) : LinkedRegisterTests(database)
{
    private UlnReports Reports => new(Engine, Trail);

    [Fact]
    public async Task Each_of_many_ULNs_is_said_to_lead_to_somebody_or_nobody_and_whoever_is_shown_has_an_entry()
    {
        var (master, other, _, _) = await PairAsync();
        await LinkAsync(other, master);
        var college = await CollegeAsync();
        var held = (await Learners.VersionsAsync(master, Senior))[^1].Learner.Details;
        var before = (await ActionsAsync(master)).Length;

        var answer = await new RetrieveUlns(Reports).RunAsync([other.ToString(), "1000000043", master.ToString()], By(college));

        Assert.Equal(ResponseCodes.UlnsReported, answer.Code);
        Assert.Equal(
            [
                new(other, master, ResponseCodes.MasterSubstituted, held.FamilyName, held.GivenName, held.DateOfBirth, held.Gender),
                new(Uln.Parse("1000000043"), null, ResponseCodes.NoMatch, null, null, null, null),
                new(master, null, ResponseCodes.ExactMatch, held.FamilyName, held.GivenName, held.DateOfBirth, held.Gender),
            ],
            answer.Ulns);
        Assert.Equal(["learner-shown"], (await ActionsAsync(master)).Skip(before));
        Assert.Equal("searched-without-match", (await ActionsAsync(-college.Number))[^1]);
        Assert.Equal(ResponseCodes.UlnsForReportNotFound, (await new RetrieveUlns(Reports).RunAsync(["1000000043"], By(college))).Code);
    }

    [Fact]
    public async Task No_ULN_or_more_than_200_or_one_that_is_none_is_refused()
    {
        var retrieve = new RetrieveUlns(Reports);
        Assert.Equal(FindingRules.Missing, (await retrieve.RunAsync([], By(null))).Findings.Single().Rule);
        Assert.Equal(FindingRules.TooMany, (await retrieve.RunAsync([.. Enumerable.Repeat("1000000043", 201)], By(null))).Findings.Single().Rule);
        Assert.Equal(200, (await retrieve.RunAsync([.. Enumerable.Repeat("1000000043", 200)], By(null))).Ulns.Count);
        var wrong = await retrieve.RunAsync(["1000000043", "123", null], By(null));
        Assert.Equal((ResponseCodes.IncorrectIdentifier, "ULN 2", "ULN 3"), (wrong.Code, wrong.Findings[0].Field, wrong.Findings[1].Field));
        Assert.Equal(ResponseCodes.NotAllowed, (await retrieve.RunAsync(["1000000043"], By(null, Roles.SuperUser))).Code);
    }

    [Fact]
    public async Task Who_was_merged_and_unmerged_is_reported_with_the_day_to_the_office_and_to_who_registered_them()
    {
        Time.Advance(TimeSpan.FromDays(30));
        var day = DateOnly.FromDateTime(Time.GetUtcNow().UtcDateTime);
        var college = await CollegeAsync();
        var one = Uln.Parse((await RegisterAsync(A.Learner(familyName: Fresh()), By(college))).Uln!);
        var other = await RegisteredAsync(A.Learner(familyName: Fresh()));
        var report = new ReportMergedUlns(Reports, Time);
        await LinkAsync(other, one);

        var merged = Assert.Single((await report.RunAsync(day, day, Senior)).Merged);
        Assert.Equal((one, other, Time.GetUtcNow()), (merged.Master.Uln, merged.Other.Uln, merged.At));
        Assert.Single((await report.RunAsync(day, null, By(college))).Merged);
        Assert.Equal(ResponseCodes.NoUlnsForReport, (await report.RunAsync(day, day, By(await CollegeAsync()))).Code);
        Assert.Equal(ResponseCodes.NoUlnsForReport, (await report.RunAsync(day.AddDays(1), day.AddDays(2), Senior)).Code);
        Assert.Equal(ResponseCodes.DetailsIncorrect, (await report.RunAsync(day, day.AddDays(-1), Senior)).Code);
        Assert.Equal(ResponseCodes.NotAllowed, (await report.RunAsync(day, day, By(college, Roles.AwardingOrganisation))).Code);
        Assert.Null(await Reports.LinkedAsync(ReportSpan.Of(day, day, Time)!, 0, Senior));
        Assert.Equal("learner-shown", (await ActionsAsync(other))[^1]);

        await UnlinkAsync(other);
        var unmerged = await report.RunAsync(day, day, By(college));
        Assert.Equal((0, other), (unmerged.Merged.Count, Assert.Single(unmerged.Unmerged).Other.Uln));
    }

    [Fact]
    public async Task Who_was_taken_off_is_reported_with_the_day()
    {
        Time.Advance(TimeSpan.FromDays(60));
        var day = DateOnly.FromDateTime(Time.GetUtcNow().UtcDateTime);
        var uln = await RegisteredAsync(A.Learner(familyName: Fresh()));
        var report = new ReportDeletedUlns(Reports, Time);
        Assert.Equal(ResponseCodes.NoUlnsForReport, (await report.RunAsync(day, day, Senior)).Code);
        await ExecuteAsync("UPDATE learner SET status = 0 WHERE uln = @uln", new { uln = uln.Value });

        var found = await report.RunAsync(day, day, Senior);

        Assert.Equal((ResponseCodes.UlnsReported, new DeletedUln(uln, Time.GetUtcNow())), (found.Code, Assert.Single(found.Deleted)));
        Assert.Equal(ResponseCodes.NotAllowed, (await report.RunAsync(day, day, Own(uln))).Code);
        await ExecuteAsync("UPDATE learner SET status = 1 WHERE uln = @uln", new { uln = uln.Value });
    }
}

public sealed class UlnReportsOnSqlite(SqliteDatabase d) : UlnReportTests(d), IClassFixture<SqliteDatabase>;

public sealed class UlnReportsOnPostgres(PostgresDatabase d) : UlnReportTests(d), IClassFixture<PostgresDatabase>;
