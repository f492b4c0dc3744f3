using Plr.Core;
using Plr.Core.Learners;
using Plr.Core.LearningEvents;
using Plr.Core.Moves;
using Plr.Core.Organisations;
using Plr.Core.Reports;
using Plr.Core.Responses;
using Plr.Testing;

namespace Plr.Store.Tests;

/// <summary>Versions that come from another register: kept as they are given, and held by the trail like any other.</summary>
public abstract class MoveStoreTests(Database database) : RegisterTests(database)
{
    private static readonly Access Upkeep = Access.Upkeep("move");
    private static int _id = 1_000_000;

    private MoveStore Moves => new(Engine, Trail);

    [Fact]
    public async Task A_learner_comes_with_every_version_and_its_own_dates_and_the_trail_is_whole()
    {
        var college = await CollegeAsync();
        var first = Version(await FreshUlnAsync()) with { RecordedAt = Noon.AddYears(-9), RecordedBy = college.Id, Channel = Channel.Batch, Batch = 77, BatchRow = 3 };
        var second = first with { Learner = first.Learner with { Version = 2, Details = first.Learner.Details with { Title = "", Notes = null } }, RecordedAt = Noon.AddYears(-2) };

        var outcomes = await Moves.LoadLearnersAsync([second, first], Upkeep);

        Assert.All(outcomes, outcome => Assert.Equal(MoveOutcome.Added, outcome));
        Assert.Equal([first, second], await Learners.VersionsAsync(first.Learner.Uln, Office));
        Assert.Equal(["learner-loaded", "learner-loaded", "learner-shown"], await ActionsAsync(first.Learner.Uln));
        Assert.Empty(await FaultsAsync());
        Assert.All(await Moves.LoadLearnersAsync([first, second], Upkeep), outcome => Assert.Equal(MoveOutcome.AlreadyThere, outcome));
        Assert.Equal(2, (await Learners.VersionsAsync(first.Learner.Uln, Office)).Count);
    }

    [Fact]
    public async Task A_version_that_differs_from_what_is_held_and_one_after_a_gap_are_refused_and_so_are_those_that_follow()
    {
        var first = Version(await FreshUlnAsync());
        LearnerVersion At(int version) => first with { Learner = first.Learner with { Version = version } };
        await Moves.LoadLearnersAsync([first], Upkeep);

        var other = first with { Batch = 5 };
        var outcomes = await Moves.LoadLearnersAsync([other, At(2)], Upkeep);
        var gap = await Moves.LoadLearnersAsync([At(3), At(4)], Upkeep);

        Assert.Equal([FindingRules.HeldOtherwise, FindingRules.FollowsRefused], outcomes.Select(outcome => outcome.Findings.Single().Rule));
        Assert.Equal([FindingRules.NotTheNextVersion, FindingRules.FollowsRefused], gap.Select(outcome => outcome.Findings.Single().Rule));
        Assert.Single(await Learners.VersionsAsync(first.Learner.Uln, Office));
        Assert.Empty(await FaultsAsync());
    }

    [Fact]
    public async Task A_merged_learner_leads_to_the_master_and_one_without_is_named()
    {
        var master = Version(await FreshUlnAsync());
        var absent = await FreshUlnAsync();
        var merged = MergedInto(master.Learner.Uln, await FreshUlnAsync());
        var stray = MergedInto(absent, await FreshUlnAsync());

        await Moves.LoadLearnersAsync([master, merged, stray], Upkeep);

        Assert.Equal(master.Learner, await Learners.ShowAsync(merged.Learner.Uln, _ => true, null, Office));
        Assert.Null(await Learners.ShowAsync(stray.Learner.Uln, _ => true, null, Office));
        Assert.Contains(stray.Learner.Uln, await Moves.MissingMastersAsync(1000, Upkeep));
        Assert.DoesNotContain(merged.Learner.Uln, await Moves.MissingMastersAsync(1000, Upkeep));
        var registered = await Learners.RegisterAsync([A.Registration(A.Learner() with { Uln = stray.Learner.Uln.ToString(), FamilyName = Fresh() })], null, By(null));
        Assert.Equal(ResponseCodes.UlnNotThisPerson, registered.Single().Code);
    }

    [Fact]
    public async Task A_chain_of_merges_is_followed_and_named()
    {
        var last = Version(await FreshUlnAsync());
        var chain = new List<LearnerVersion> { last };
        for (var length = 1; length <= 9; length++)
        {
            chain.Add(MergedInto(chain[^1].Learner.Uln, await FreshUlnAsync()));
        }

        Assert.All(await Moves.LoadLearnersAsync(chain, Upkeep), outcome => Assert.Equal(MoveOutcome.Added, outcome));

        var (first, tooFar) = (chain[^2].Learner.Uln, chain[^1].Learner.Uln);
        Assert.Equal(last.Learner, await Learners.ShowAsync(first, _ => true, null, Office));
        Assert.Null(await Learners.ShowAsync(tooFar, _ => true, null, Office));
        var registered = await Learners.RegisterAsync([A.Registration(A.FullLearner() with { Uln = first.ToString() }), A.Registration(A.FullLearner() with { Uln = tooFar.ToString() }, row: 2)], null, By(null));
        Assert.Equal(last.Learner.Uln.ToString(), registered[0].Uln);
        Assert.Equal(ResponseCodes.UlnNotThisPerson, registered[1].Code);
        var board = await BoardAsync();
        var number = await QualificationAsync(board);
        AchievementText Of(Uln uln) => A.AchievementOf(uln, A.FullLearner(), number, "2026-08-20", "A");
        Assert.Empty((await RecordAsync(Of(first), board)).Findings);
        Assert.NotEmpty((await RecordAsync(Of(tooFar), board)).Findings);
        Assert.Single(await EventsOfAsync(last.Learner.Uln));
        var named = await Moves.ChainedMergesAsync(1000, Upkeep);
        Assert.All(chain.Skip(2), version => Assert.Contains(version.Learner.Uln, named));
        Assert.DoesNotContain(chain[1].Learner.Uln, named);
    }

    [Fact]
    public async Task Merges_that_go_round_are_refused_in_one_file_and_in_two()
    {
        var (a, b, c) = (await FreshUlnAsync(), await FreshUlnAsync(), await FreshUlnAsync());
        Assert.Equal([null, FindingRules.MergedInARound], Rules(await Moves.LoadLearnersAsync([.. new[] { MergedInto(b, a), MergedInto(a, b) }.OrderBy(row => row.Learner.Uln)], Upkeep)));

        var (d, e) = (await FreshUlnAsync(), await FreshUlnAsync());
        await Moves.LoadLearnersAsync([Version(c), MergedInto(c, d), MergedInto(d, e)], Upkeep);
        var round = MergedInto(e, c);
        var second = round with { Learner = round.Learner with { Version = 2 } };
        Assert.Equal([FindingRules.MergedInARound], Rules(await Moves.LoadLearnersAsync([second], Upkeep)));
        Assert.Equal(c, (await Learners.ShowAsync(e, _ => true, null, Office))!.Uln);
        Assert.Empty(await FaultsAsync());
    }

    [Fact]
    public async Task Two_learners_who_were_merged_the_one_way_and_later_the_other_are_taken()
    {
        Uln[] ulns = [.. new[] { await FreshUlnAsync(), await FreshUlnAsync() }.Order()];
        var active = Version(ulns[1]);
        var once = MergedInto(ulns[0], ulns[1]);
        LearnerVersion[] rows =
        [
            Version(ulns[0]), MergedInto(ulns[1], ulns[0]) with { Learner = MergedInto(ulns[1], ulns[0]).Learner with { Version = 2 } },
            active, once with { Learner = once.Learner with { Version = 2 } }, active with { Learner = active.Learner with { Version = 3 } },
        ];

        Assert.All(await Moves.LoadLearnersAsync(rows, Upkeep), outcome => Assert.Equal(MoveOutcome.Added, outcome));
        Assert.Equal(ulns[1], (await Learners.ShowAsync(ulns[0], _ => true, null, Office))!.Uln);
    }

    [Fact]
    public async Task A_learning_event_keeps_its_id_source_dates_and_stored_blanks_and_later_ids_begin_beyond_it()
    {
        var board = await BoardAsync();
        var uln = await RegisteredAsync(A.Learner(familyName: Fresh()));
        var first = Event(uln, NextId());
        var second = first with { Version = first.Version with { Version = 2, Facts = first.Version.Facts with { Status = EventStatus.Withdrawn } } };

        Assert.All(await Moves.LoadLearningEventsAsync([first, second], Upkeep), outcome => Assert.Equal(MoveOutcome.Added, outcome));

        var history = await Events.ReadEventAsync(uln, first.Version.Id, _ => new RecordDecision(null, true), Own(uln));
        Assert.Equal([first.Version, second.Version], history!.Versions);
        Assert.Equal(first.Version.Provenance.RecordedAt, history.Event.DateLoaded);
        var number = await QualificationAsync(board);
        var learner = A.Learner(familyName: Fresh());
        var later = await RegisteredAsync(learner);
        Assert.Empty((await RecordAsync(A.Achievement(later.ToString(), number) with { FamilyName = learner.FamilyName }, board)).Findings);
        Assert.True((await EventsOfAsync(later)).Single().Id > first.Version.Id);
        Assert.All(await Moves.LoadLearningEventsAsync([second, first], Upkeep), outcome => Assert.Equal(MoveOutcome.AlreadyThere, outcome));
        Assert.Empty(await FaultsAsync());
    }

    [Fact]
    public async Task An_id_of_another_learner_an_unknown_learner_and_an_achievement_that_is_held_are_refused()
    {
        var board = await BoardAsync();
        var (mine, yours) = (await RegisteredAsync(A.Learner(familyName: Fresh())), await RegisteredAsync(A.Learner(familyName: Fresh())));
        var held = Event(mine, NextId());
        var award = Event(mine, NextId());
        award = award with
        {
            Version = award.Version with
            {
                Facts = award.Version.Facts with { Source = EventSource.AO, AchievementAwardDate = A.Today },
                Provenance = award.Version.Provenance with { OrganisationId = board.OrganisationId },
            },
        };
        await Moves.LoadLearningEventsAsync([held, award], Upkeep);

        var outcomes = await Moves.LoadLearningEventsAsync(
            [
                held with { Uln = yours },
                Event(await FreshUlnAsync(), NextId()),
                award with { Version = award.Version with { Id = NextId() } },
                Event(mine, NextId()) with { Version = Event(mine, NextId()).Version with { Version = 2 } },
            ],
            Upkeep);

        Assert.Equal(
            [FindingRules.IdIsAnothers, FindingRules.NotOnRegister, FindingRules.AchievementHeldAs, FindingRules.NotTheNextVersion],
            outcomes.Select(outcome => outcome.Findings.Single().Rule));
        Assert.Equal(2, (await EventsOfAsync(mine)).Count);
        Assert.Empty(await FaultsAsync());
    }

    [Fact]
    public async Task What_somebody_changes_about_a_loaded_version_shows_in_the_walk()
    {
        var version = Version(await FreshUlnAsync()) with { Batch = 1, BatchRow = 1 };
        await Moves.LoadLearnersAsync([version], Upkeep);
        var uln = version.Learner.Uln.Value;
        var guard = Engine.Kind == EngineKind.Sqlite
            ? ("DROP TRIGGER learner_version_is_never_changed", "CREATE TRIGGER learner_version_is_never_changed BEFORE UPDATE ON learner_version BEGIN SELECT RAISE(ABORT, 'learner_version is append-only'); END")
            : ("ALTER TABLE learner_version DISABLE TRIGGER USER", "ALTER TABLE learner_version ENABLE TRIGGER USER");

        await ExecuteAsync(guard.Item1);
        await ExecuteAsync("UPDATE learner_version SET batch_row = 2 WHERE uln = @uln", new { uln });
        var faults = await FaultsAsync();
        await ExecuteAsync("UPDATE learner_version SET batch_row = 1 WHERE uln = @uln", new { uln });
        await ExecuteAsync(guard.Item2);

        Assert.Equal([$"version-altered {uln} 0"], faults);
        Assert.Empty(await FaultsAsync());
    }

    [Fact]
    public async Task An_organisation_is_taken_once_and_one_with_anothers_number_is_refused()
    {
        var college = await CollegeAsync();
        var fresh = new Organisation { Id = Guid.CreateVersion7(), Number = 0, Name = "Coleg Newydd", Status = OrganisationStatus.Closed, Ukprn = Fresh("")[1..], Website = "" };

        Assert.Equal(MoveOutcome.Added, (await Moves.LoadOrganisationsAsync([fresh], Upkeep)).Single());
        Assert.Equal(MoveOutcome.AlreadyThere, (await Moves.LoadOrganisationsAsync([fresh], Upkeep)).Single());
        Assert.Equal(FindingRules.HeldOtherwise, (await Moves.LoadOrganisationsAsync([fresh with { Ukprn = college.Ukprn }], Upkeep)).Single().Findings.Single().Rule);

        var held = (await Organisations.FindAsync(fresh.Ukprn!))!;
        Assert.Equal(fresh with { Id = held.Id, Number = held.Number }, held);
        Assert.Empty(await FaultsAsync());
    }

    [Fact]
    public async Task A_report_of_another_register_is_confirmed_as_it_was_made_and_taken_once()
    {
        var college = await CollegeAsync();
        var uln = await RegisteredAsync(A.Learner(familyName: Fresh()));
        var report = new MovedReport(
            ReportReference.New(), uln, Noon.AddYears(-2), "organisation-user", college.Id, Channel.Portal, Purpose.Enrolment, null, ReportFormat.Pdf, ReportLanguage.Welsh, 1, 0, false,
            Convert.ToHexStringLower(ReportContents.Of(new(A.Registered(A.FullLearner(), uln.ToString()), []), withWithdrawn: false).Digest.Span));

        Assert.Equal(MoveOutcome.Added, (await Moves.LoadReportsAsync([report], Upkeep)).Single());
        Assert.Equal(MoveOutcome.AlreadyThere, (await Moves.LoadReportsAsync([report], Upkeep)).Single());
        Assert.Equal(
            [FindingRules.HeldOtherwise, FindingRules.NotOnRegister],
            Rules(await Moves.LoadReportsAsync([report with { Events = 1 }, report with { Reference = ReportReference.New(), Uln = await FreshUlnAsync() }], Upkeep)));

        var found = await new ReportStore(Engine, Trail, Keys, Clock.New()).ConfirmAsync(report.Reference, Upkeep);
        Assert.Equal((false, false, "organisation-user", null), (found!.EventsHaveChanged, found.DetailsHaveChanged, found.Report.AskedBy.Kind, found.Report.AskedBy.Person));
        Assert.Equal(college.Name, found.Report.AskedBy.Organisation);
        Assert.Equal(["report-loaded", "report-confirmed"], (await ActionsAsync(uln)).Skip(1));
        Assert.Empty(await FaultsAsync());
    }

    private static IEnumerable<FindingRule?> Rules(IReadOnlyList<MoveOutcome> outcomes) => outcomes.Select(outcome => outcome.Findings.SingleOrDefault()?.Rule);

    private static LearnerVersion MergedInto(Uln master, Uln uln) => Version(uln) with { Learner = Version(uln).Learner with { Status = LearnerStatus.Merged, MasterUln = master } };

    private static int NextId() => Interlocked.Add(ref _id, 10);

    private static LearnerVersion Version(Uln uln)
    {
        var learner = A.Registered(A.FullLearner(), uln.ToString());
        return new(learner with { CreatedAt = Noon.AddYears(-9), LastUpdatedAt = Noon.AddYears(-9), TierLevel = 3 }, Noon.AddYears(-9), null, Channel.Soap, null, null);
    }

    private static MovedLearningEvent Event(Uln uln, int id) => new(uln, new(
        id,
        1,
        new() { Source = EventSource.NPD, Status = EventStatus.Final, Subject = "", SubjectCode = "10012345", Grade = " A ", Level = "", Credits = -1 },
        new(Noon.AddYears(-8).AddMicroseconds(7), null, null, Channel.Batch, 12, 1, AchievementAction.Create, null, "")));

    private Task<Uln> FreshUlnAsync() => Engine.WriteAsync(async session => (await new UlnIssuer(Keys).IssueAsync(session, 1)).Single());
}

public sealed class MoveStoreOnSqlite(SqliteDatabase d) : MoveStoreTests(d), IClassFixture<SqliteDatabase>;

public sealed class MoveStoreOnPostgres(PostgresDatabase d) : MoveStoreTests(d), IClassFixture<PostgresDatabase>;
