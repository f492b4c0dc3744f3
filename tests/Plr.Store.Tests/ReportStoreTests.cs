using Plr.Core;
using Plr.Core.DataChallenges;
using Plr.Core.Learners;
using Plr.Core.MachineClients;
using Plr.Core.Reports;
using Plr.Core.Responses;
using Plr.Testing;

namespace Plr.Store.Tests;

public abstract class ReportStoreTests(Database database) : RegisterTests(database)
{
    private static readonly Access Officer = new(new Actor(Roles.OfficeAgent, null, "Ffion"), Channel.Office, Purpose.RegisterUpkeep, "test");

    private ReportStore Reports => new(Engine, Trail, Keys, Clock.New());

    [Fact]
    public async Task A_report_is_kept_and_confirmed_and_both_are_in_the_learners_trail()
    {
        var (uln, own) = await LearnerAsync("10990301");

        var made = await new GetReport(Reports).RunAsync(new(uln, ReportFormat.Json, ReportLanguage.Welsh), own);
        var found = (await new ConfirmReport(Reports).RunAsync(made.Report!.Reference.ToString(), Officer)).Found!;

        Assert.Equal((ResponseCodes.ReportMade, uln), (made.Code, made.Record!.Learner.Uln));
        Assert.Equal((made.Report.Reference, uln, Clock.Noon, ReportFormat.Json, ReportLanguage.Welsh, "learner"),
            (found.Report.Reference, found.Report.Uln, found.Report.MadeAt, found.Report.Format, found.Report.Language, found.Report.AskedBy.Kind));
        Assert.False(found.EventsHaveChanged || found.DetailsHaveChanged);
        Assert.Equal(["report-made", "report-confirmed"], (await ActionsAsync(uln.Value))[^2..]);
        Assert.Empty((await Trail.VerifyAsync(null, Office)).Faults);
    }

    [Fact]
    public async Task What_no_report_says_changes_none_and_what_it_says_of_the_learner_does()
    {
        var (uln, own) = await LearnerAsync("10990305");
        var reference = (await new GetReport(Reports).RunAsync(new(uln, ReportFormat.Json, ReportLanguage.English), own)).Report!.Reference;

        await UpdateAsync(uln, 1, held => held with { LastKnownPostCode = "ZZ9 9ZZ", LastKnownAddressTown = "Bangor" });
        Assert.False((await ConfirmAsync(reference)).DetailsHaveChanged);
        await UpdateAsync(uln, 2, held => held with { PreferredGivenName = "Mel" });
        Assert.True((await ConfirmAsync(reference)).DetailsHaveChanged);
        await UpdateAsync(uln, 3, held => held with { PreferredGivenName = null });
        Assert.False((await ConfirmAsync(reference)).DetailsHaveChanged);
    }

    [Fact]
    public async Task A_data_challenge_is_told_apart_from_a_change_of_the_events()
    {
        var learner = A.Learner(familyName: Fresh());
        var uln = await RegisteredAsync(learner);
        var board = await BoardAsync();
        var achievement = A.AchievementOf(uln, learner, await QualificationAsync(board), "2026-08-20", "A");
        await RecordAsync(achievement, board);
        var own = OwnOf(uln);
        var made = await new GetReport(Reports).RunAsync(new(uln, ReportFormat.Json, ReportLanguage.English), own);

        await new RaiseChallenge(new DataChallengeStore(Engine, Trail, Time), new(new(WorkingDays.ByRule)), Time).RunAsync(new(uln, made.Record!.Events[0].Id, ChallengeType.WrongGrade, "It was an A*."), own);
        var challenged = await ConfirmAsync(made.Report!.Reference);
        Assert.Equal((false, true, false), (challenged.EventsHaveChanged, challenged.ChallengesHaveChanged, challenged.DetailsHaveChanged));
        await Engine.WriteAsync(session => session.ExecuteAsync("UPDATE data_challenge SET state = 12 WHERE uln = @uln", new { uln = uln.Value }));
        Assert.False((await ConfirmAsync(made.Report.Reference)).ChallengesHaveChanged);
        await RecordAsync(achievement with { Action = "2", Grade = "B" }, board);
        Assert.True((await ConfirmAsync(made.Report.Reference)).EventsHaveChanged);
    }

    [Fact]
    public async Task A_learner_who_is_not_active_has_the_entry_in_their_own_chain_and_only_the_office_hears_why()
    {
        var (uln, own) = await LearnerAsync("10990306");
        var (merged, _) = await LearnerAsync("10990307");
        var college = By(await CollegeAsync());
        await ExecuteAsync("UPDATE learner SET status = 0 WHERE uln = @uln", new { uln = uln.Value });
        await ExecuteAsync("UPDATE learner SET status = 2, master_uln = 1000000078 WHERE uln = @uln", new { uln = merged.Value });
        async Task<ResponseCode> MakeAsync(Uln asked, Access access) => (await new GetReport(Reports).RunAsync(new(asked, ReportFormat.Pdf, ReportLanguage.English, "Called."), access)).Code;

        Assert.Equal(ResponseCodes.LearnerNotActive, await MakeAsync(uln, Officer));
        Assert.Equal(ResponseCodes.LearnerNotActive, await MakeAsync(uln, own));
        Assert.Equal(ResponseCodes.LearnerNotActive, await MakeAsync(merged, Officer));
        Assert.Equal(ResponseCodes.UlnNotFound, await MakeAsync(uln, college));
        Assert.Equal(ResponseCodes.UlnNotFound, await MakeAsync(Uln.Parse("1000000078"), Officer));

        Assert.Equal(["learner-registered", "report-refused", "report-refused", "report-refused"], await ActionsAsync(uln));
        Assert.Equal(["learner-registered", "report-refused"], await ActionsAsync(merged));
        Assert.Equal(0, await CountAsync(uln));
        await ExecuteAsync("UPDATE learner SET status = 1, master_uln = NULL WHERE uln IN (@first, @second)", new { first = uln.Value, second = merged.Value });
    }

    [Fact]
    public async Task What_the_format_cannot_print_makes_no_report_and_the_trail_says_so()
    {
        var (uln, own) = await LearnerAsync("10990302");

        var answer = await new GetReport(Reports).RunAsync(new(uln, ReportFormat.Pdf, ReportLanguage.English, null, (_, _) => [new("Given name", "美")]), own);

        Assert.Equal((ResponseCodes.NotPrintable, null, "美"), (answer.Code, answer.Report, Assert.Single(answer.Unprintable).Characters));
        Assert.Equal("report-refused", (await ActionsAsync(uln.Value))[^1]);
        Assert.Equal(0, await CountAsync(uln));
    }

    [Fact]
    public async Task An_officer_says_why_and_an_auditor_makes_none()
    {
        var (uln, _) = await LearnerAsync("10990303");
        var auditor = Officer with { Actor = new Actor(Roles.Auditor) };

        Assert.Equal("Reason", Assert.Single((await new GetReport(Reports).RunAsync(new(uln, ReportFormat.Pdf, ReportLanguage.English, " "), Officer)).Findings).Field);
        Assert.Equal(ResponseCodes.NotAllowed, (await new GetReport(Reports).RunAsync(new(uln, ReportFormat.Pdf, ReportLanguage.English, "x"), auditor)).Code);
        Assert.Equal(ResponseCodes.NotAllowed, (await new ConfirmReport(Reports).RunAsync(ReportReference.New().ToString(), auditor)).Code);
        Assert.Equal(0, await CountAsync(uln));
    }

    [Fact]
    public async Task A_report_that_was_made_is_neither_changed_nor_removed()
    {
        var (uln, own) = await LearnerAsync("10990304");
        await new GetReport(Reports).RunAsync(new(uln, ReportFormat.Csv, ReportLanguage.English), own);

        foreach (var sql in new[] { "UPDATE report SET events = 9 WHERE uln = @uln", "UPDATE report SET machine_client_id = NULL WHERE uln = @uln", "DELETE FROM report WHERE uln = @uln" })
        {
            var refusal = await Assert.ThrowsAnyAsync<Exception>(() => Engine.WriteAsync(session => session.ExecuteAsync(sql, new { uln = uln.Value })));
            Assert.Contains("append-only", refusal.Message, StringComparison.Ordinal);
        }

        Assert.Equal(1, await CountAsync(uln));
    }

    [Fact]
    public async Task A_report_made_again_is_the_same_and_in_the_trail_and_is_refused_when_the_record_or_the_learners_mind_has_changed()
    {
        var college = await CollegeAsync("10990315");
        var uln = await RegisteredAsync(A.Learner(familyName: Fresh()));
        var made = await new GetReport(Reports).RunAsync(new(uln, ReportFormat.Json, ReportLanguage.English), By(college));
        Task<GetReport.Answer> Again() => new RepeatReport(Reports).RunAsync(made.Report!.Reference, By(college));

        var again = await Again();
        Assert.Equal((ResponseCodes.ReportMade, made.Report!.Reference, made.Report.MadeAt), (again.Code, again.Report!.Reference, again.Report.MadeAt));
        Assert.Equal(made.Report.Contents.Digest.ToArray(), again.Report.Contents.Digest.ToArray());
        Assert.Equal(["report-made", "record-shown"], (await ActionsAsync(uln))[^2..]);
        Assert.Equal(1, await CountAsync(uln));

        await Learners.UpdateAsync(uln, 1, held => (held.Details with { GivenName = "Sioned" }, []), Office);
        Assert.Equal((ResponseCodes.RecordChanged, null, null), ((await Again()) is var changed ? (changed.Code, changed.Report, changed.Record) : default));
        await Learners.UpdateAsync(uln, 2, held => (held.Details with { AbilityToShare = 2 }, []), Office);
        Assert.Equal(ResponseCodes.NotShared, (await Again()).Code);
        Assert.Equal("report-refused", (await ActionsAsync(uln))[^1]);
        Assert.Equal(ResponseCodes.NotAllowed, (await new RepeatReport(Reports).RunAsync(made.Report.Reference, By(college) with { Purpose = Purpose.Award })).Code);
        Assert.Equal(ResponseCodes.UlnNotFound, (await new RepeatReport(Reports).RunAsync(ReportReference.New(), By(college))).Code);
    }

    [Fact]
    public async Task A_report_that_software_asked_for_is_confirmed_with_its_name()
    {
        var college = await CollegeAsync("10990316");
        var uln = await RegisteredAsync(A.Learner(familyName: Fresh()));
        var client = new MachineClient
        {
            Id = Guid.CreateVersion7(),
            Name = "Student records",
            OrganisationId = college.Id,
            Roles = Roles.LrbOnline,
            Status = MachineClientStatus.Active,
            CreatedAt = Clock.Noon,
        };
        await new MachineClientStore(Engine, Trail).AddAsync(client, Office);

        var made = await new GetReport(Reports).RunAsync(new(uln, ReportFormat.Csv, ReportLanguage.English), By(college) with { Actor = client.Actor });
        var found = (await new ConfirmReport(Reports).RunAsync(made.Report!.Reference.ToString(), Officer)).Found!;

        Assert.Equal(made.Report.AskedBy, found.Report.AskedBy);
        Assert.Equal(("Student records", college.Name, true), (found.Report.AskedBy.Person, found.Report.AskedBy.Organisation, found.Report.AskedBy.IsSoftware));
    }

    private Task<long> CountAsync(Uln uln) => Engine.ReadAsync(session => session.SingleOrDefaultAsync<long>("SELECT count(*) FROM report WHERE uln = @uln", new { uln = uln.Value }));

    private async Task<ReportConfirmation> ConfirmAsync(ReportReference reference) => (await new ConfirmReport(Reports).RunAsync(reference.ToString(), Officer)).Found!;

    private async Task UpdateAsync(Uln uln, int version, Func<LearnerDetails, LearnerDetails> change) =>
        Assert.IsType<UpdateOutcome.Updated>(await Learners.UpdateAsync(uln, version, held => (change(held.Details), []), Office));

    private static Access OwnOf(Uln uln) => new(new Actor(Roles.Learner, Guid.CreateVersion7(), "Amelia Hughes", OwnUln: uln), Channel.LearnerSite, Purpose.OwnRecord, "test");

    private async Task<(Uln Uln, Access Own)> LearnerAsync(string ukprn)
    {
        var by = By(await CollegeAsync(ukprn));
        var outcome = Assert.Single(await Learners.RegisterAsync([A.Registration(A.Learner(familyName: Fresh()))], null, by));
        var uln = Uln.Parse(outcome.Uln!);
        return (uln, OwnOf(uln));
    }
}

public sealed class ReportsOnSqlite(SqliteDatabase d) : ReportStoreTests(d), IClassFixture<SqliteDatabase>;

public sealed class ReportsOnPostgres(PostgresDatabase d) : ReportStoreTests(d), IClassFixture<PostgresDatabase>;
