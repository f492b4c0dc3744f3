using Plr.Core;
using Plr.Core.Batches;
using Plr.Core.Learners;
using Plr.Core.LearningEvents;
using Plr.Core.Responses;
using Plr.Testing;

namespace Plr.Store.Tests;

public abstract class LearningEventStoreTests(Database database) : RegisterTests(database)
{
    [Fact]
    public async Task Every_action_adds_a_version_that_says_who_when_and_why()
    {
        var (board, uln, text) = await ReadyAsync();
        Assert.Equal(AchievementChange.Created, await DoAsync(text with { SubmissionType = "P", ActionReason = "Sessiwn yr haf" }, board));
        Assert.Equal(AchievementChange.Updated, await DoAsync(text with { Action = "2", SubmissionType = "P", Grade = "A*" }, board));
        Assert.Equal(AchievementChange.PromotedToFinal, await DoAsync(text with { Action = "5" }, board));
        Assert.Equal(AchievementChange.Withdrawn, await DoAsync(text with { Action = "3" }, board));
        Assert.Equal(AchievementChange.Reinstated, await DoAsync(text with { Action = "4" }, board));
        var now = (await EventsOfAsync(uln)).Single();
        Assert.Equal((5, EventStatus.Final, "A*", Noon), (now.Version, now.Facts.Status, now.Facts.Grade, now.DateLoaded));
        var history = (await Events.ReadEventAsync(uln, now.Id, _ => new(null, true), Own(uln)))!;
        Assert.Equal(now, history.Event);
        Assert.Equal(
            [EventStatus.Provisional, EventStatus.Provisional, EventStatus.Final, EventStatus.Withdrawn, EventStatus.Final], history.Versions.Select(version => version.Facts.Status));
        Assert.Equal(["A", "A*", "A*", "A*", "A*"], history.Versions.Select(version => version.Facts.Grade));
        Assert.Equal(
            new Provenance(Noon, board.OrganisationId, board.Name, Channel.Portal, null, null, AchievementAction.Create, A.Today, "Sessiwn yr haf"), history.Versions[0].Provenance);
        Assert.Equal(Noon.AddDays(4), history.Versions[4].Provenance.RecordedAt);
        Assert.Equal(
            ["learner-registered", "event-created", "event-updated", "event-promoted", "event-withdrawn", "event-reinstated", "record-shown", "event-shown"],
            await ActionsAsync(uln));
        var (lines, _) = await Trail.ReadAsync(uln, 0, 2, Office);
        Assert.Equal([now.Id, null], lines.Select(line => line.EventId));
        Assert.Empty(await FaultsAsync());
    }

    [Fact]
    public async Task A_reinstated_event_is_what_it_was_before_in_the_next_call_and_in_the_next_row()
    {
        var (board, uln, text) = await ReadyAsync();
        string[] actions = ["1", "3", "4", "3"];
        var rows = actions.Select((action, i) => Achievement.Check(i + 1, text with { Action = action, SubmissionType = "P" }));
        await Events.RecordAchievementsAsync([.. rows], board, null, ByBoard(board));
        Assert.Equal(AchievementChange.Reinstated, await DoAsync(text with { Action = "4" }, board));
        Assert.Equal((5, EventStatus.Provisional), ((await EventsOfAsync(uln)).Single() is var now ? (now.Version, now.Facts.Status) : default));
    }

    [Fact]
    public async Task The_facts_come_from_the_file_and_the_register_of_qualifications()
    {
        var college = await CollegeAsync();
        var (board, uln, text) = await ReadyAsync();
        await DoAsync(text with { ProviderUkprn = college.Ukprn }, board);
        var facts = (await EventsOfAsync(uln)).Single().Facts;
        var expected = new LearningEventFacts
        {
            Source = EventSource.AO,
            Status = EventStatus.Final,
            Subject = "Test Board Level 3 GCE A Level in Mathematics",
            SubjectCode = text.UnitOrQualificationReferenceNumber!,
            QualificationType = "GCE A Level",
            Level = "Level 3",
            Grade = "A",
            AchievementAwardDate = new(2026, 8, 20),
            AchievementProviderUkprn = college.Ukprn,
            AchievementProviderName = college.Name,
            AwardingOrganisationName = board.Name,
            AwardingOrganisationUkprn = board.OrganisationRef,
            Credits = 12,
            LanguageForAssessment = "Welsh",
        };
        Assert.Equal(expected, facts);
    }

    [Fact]
    public async Task The_record_of_any_day_can_be_read()
    {
        var (board, uln, text) = await ReadyAsync();
        await DoAsync(text, board);
        await DoAsync(text with { Action = "2", Grade = "B" }, board);
        Assert.Empty(await EventsOfAsync(uln, Noon.AddMicroseconds(-1)));
        Assert.Equal("A", (await EventsOfAsync(uln, Noon)).Single().Facts.Grade);
        Assert.Equal("A", (await EventsOfAsync(uln, Noon.AddDays(1).AddMicroseconds(-1))).Single().Facts.Grade);
        Assert.Equal("B", (await EventsOfAsync(uln, Noon.AddDays(1))).Single().Facts.Grade);
    }

    [Fact]
    public async Task A_refused_reading_gives_no_events_and_is_written_down()
    {
        var (board, uln, text) = await ReadyAsync();
        await DoAsync(text, board);
        var id = (await EventsOfAsync(uln)).Single().Id;
        var answer = await Events.ReadRecordAsync(uln, null, _ => new(ResponseCodes.NotShared, false), By(null));
        Assert.Equal((ResponseCodes.NotShared, null), (answer!.Refusal, answer.Record));
        Assert.Null(await Events.ReadEventAsync(uln, id, _ => new(ResponseCodes.NotShared, false), By(null)));
        Assert.Equal(["record-shown", "record-refused", "record-refused"], (await ActionsAsync(uln))[2..]);
    }

    [Fact]
    public async Task A_reading_of_a_ULN_that_nobody_has_is_written_in_the_organisations_chain()
    {
        var college = await CollegeAsync();
        Assert.Null(await Events.ReadRecordAsync(Uln.Parse("1000000043"), null, _ => new(null, false), By(college)));
        Assert.Equal(["organisation-added", "searched-without-match"], await ActionsAsync(-college.Number));
    }

    [Fact]
    public async Task A_withdrawn_event_is_shown_to_the_learner_and_not_to_organisations()
    {
        var (board, uln, text) = await ReadyAsync();
        await DoAsync(text, board);
        await DoAsync(text with { Action = "3" }, board);
        var id = (await EventsOfAsync(uln)).Single().Id;
        Assert.Empty(await EventsOfAsync(uln, withWithdrawn: false));
        Assert.Null(await Events.ReadEventAsync(uln, id, _ => new(null, false), By(null)));
        Assert.NotNull(await Events.ReadEventAsync(uln, id, _ => new(null, true), Own(uln)));
        Assert.Single(await EventsOfAsync(uln, Noon, withWithdrawn: false));
        Assert.Null(await Events.ReadEventAsync(uln, id + 1_000_000, _ => new(null, true), Own(uln)));
    }

    [Fact]
    public async Task An_event_under_an_open_challenge_says_so()
    {
        var (board, uln, text) = await ReadyAsync();
        await DoAsync(text, board);
        var id = (await EventsOfAsync(uln)).Single().Id;
        Assert.False((await EventsOfAsync(uln)).Single().UnderDataChallenge);
        await ExecuteAsync(
            "INSERT INTO data_challenge (id, uln, event_id, type, state, raised_at, said) VALUES (@key, @uln, @id, 1, 1, @at, 'wrong')",
            new { key = Guid.CreateVersion7(), uln = uln.Value, id, at = Noon });
        Assert.True((await EventsOfAsync(uln)).Single().UnderDataChallenge);
        await ExecuteAsync("UPDATE data_challenge SET state = 10 WHERE uln = @uln", new { uln = uln.Value });
        Assert.False((await EventsOfAsync(uln)).Single().UnderDataChallenge);
    }

    [Fact]
    public async Task The_same_achievement_of_another_organisation_and_of_another_day_are_other_events()
    {
        var (board, uln, text) = await ReadyAsync();
        await DoAsync(text, board);
        Assert.Equal(AchievementChange.Unchanged, await DoAsync(text, board));
        Assert.Equal(AchievementChange.Created, await DoAsync(text with { AchievementAwardDate = "2026-08-21" }, board));
        var other = await BoardAsync();
        await Qualifications.ImportAsync([A.Qualification(text.UnitOrQualificationReferenceNumber!, other.RecognitionNumber)], Office);
        Assert.Equal(AchievementChange.Created, await DoAsync(text, other));
        var events = await EventsOfAsync(uln);
        Assert.Equal(3, events.Select(found => found.Id).Distinct().Count());
        Assert.Equal(new DateOnly(2026, 8, 21), events[0].Facts.AchievementAwardDate);
    }

    [Fact]
    public async Task An_achievement_of_a_merged_ULN_is_the_masters()
    {
        var (board, uln, text) = await ReadyAsync();
        var merged = await RegisteredAsync(A.Learner("Merged", Fresh()));
        await ExecuteAsync("UPDATE learner SET status = 2, master_uln = @uln WHERE uln = @merged", new { uln = uln.Value, merged = merged.Value });
        Assert.Equal(AchievementChange.Created, await DoAsync(text with { Uln = merged.ToString() }, board));
        Assert.Equal(AchievementChange.Unchanged, await DoAsync(text, board));
        Assert.Equal(uln, (await Events.ReadRecordAsync(merged, null, _ => new(null, true), Own(uln)))!.Record!.Learner.Uln);
        await ExecuteAsync("UPDATE learner SET status = 1, master_uln = NULL WHERE uln = @merged", new { merged = merged.Value });
    }

    [Fact]
    public async Task A_chunk_keeps_what_was_refused_and_counts_and_is_not_done_twice()
    {
        var (board, uln, text) = await ReadyAsync();
        var batch = await ClaimedAsync(BatchKind.Achievements, board.OrganisationId);
        AchievementText[] texts = [text, text, text with { Grade = "B" }, text with { Uln = "1000000043", Grade = "?" }];
        var rows = texts.Select((row, i) => Achievement.Check(i + 1, row)).ToList();
        var (uploader, chunk) = (board with { Batch = batch.Id }, new BatchChunk(batch.Id, 0, 4));
        await Events.RecordAchievementsAsync(rows, uploader, chunk, ByBoard(board));
        await Assert.ThrowsAsync<BatchMovedOnException>(() => Events.RecordAchievementsAsync(rows, uploader, chunk, ByBoard(board)));
        var after = (await Batches.GetAsync(batch.Id, ByBoard(board)))!;
        Assert.Equal(4, after.RowsDone);
        Assert.Equal([("Created", 1), ("GradeFormat", 1), ("SameAchievementEarlier", 1), ("Unchanged", 1)], after.Counts.Select(count => (count.Key, count.Value)).Order());
        var refused = await Batches.RowsAsync(batch.Id, 0, 10, refusedOnly: true, ByBoard(board));
        Assert.Equal([(3, ResponseCodes.SameAchievementEarlier), (4, ResponseCodes.GradeFormat)], refused.Select(row => (row.Row, row.Code)));
        Assert.Equal([ResponseCodes.GradeFormat, ResponseCodes.UlnNotOnRegister], refused[1].Findings.Select(finding => finding.Code));
        Assert.Equal((batch.Id, 1), (await EventsOfAsync(uln)).Single().Latest is var from ? (from.Batch, from.BatchRow) : default);
        Assert.Equal(["learner-registered", "event-created", "record-shown"], await ActionsAsync(uln));
    }

    [Fact]
    public async Task Five_thousand_rows_are_one_transaction()
    {
        var (board, _, text) = await ReadyAsync();
        var names = Enumerable.Range(0, 250).Select(_ => Fresh()).ToList();
        var learners = await Learners.RegisterAsync([.. names.Select((name, i) => A.Registration(A.Learner(familyName: name), i + 1))], null, By(null));
        var rows = learners.Zip(names).SelectMany(pair => Enumerable.Range(1, 20).Select(day => text with { Uln = pair.First.Uln, FamilyName = pair.Second, AchievementAwardDate = $"2026-07-{day:00}" }))
            .Select((row, i) => Achievement.Check(i + 1, row)).ToList();
        var outcomes = await Events.RecordAchievementsAsync(rows, board, null, ByBoard(board));
        Assert.Equal(5000, outcomes.Count(outcome => outcome.Change == AchievementChange.Created));
        Assert.Equal(Enumerable.Range(1, 5000), outcomes.Select(outcome => outcome.Row));
        Assert.Equal(20, (await EventsOfAsync(Uln.Parse(learners[0].Uln!))).Count);
        Assert.Empty(await FaultsAsync());
    }

    [Fact]
    public async Task Uploads_for_the_same_learners_at_the_same_moment_neither_hinder_nor_break_each_other()
    {
        await using var second = Database is PostgresDatabase ? Engine.Open(Database.Options) : null;
        LearningEventStore[] stores = [Events, second is null ? Events : EventsOn(second)];
        var (board, _, text) = await ReadyAsync();
        var names = Enumerable.Range(0, 20).Select(_ => Fresh()).ToList();
        var learners = await Learners.RegisterAsync([.. names.Select((name, i) => A.Registration(A.Learner(familyName: name), i + 1))], null, By(null));
        var texts = learners.Zip(names).Select(pair => text with { Uln = pair.First.Uln, FamilyName = pair.Second }).ToList();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() =>
        {
            var order = i % 2 == 0 ? texts : Enumerable.Reverse(texts);
            return stores[i % 2].RecordAchievementsAsync([.. order.Select((row, at) => Achievement.Check(at + 1, row))], board, null, ByBoard(board));
        })));
        Assert.Equal(20, outcomes.Sum(rows => rows.Count(row => row.Change == AchievementChange.Created)));
        Assert.Equal(140, outcomes.Sum(rows => rows.Count(row => row.Change == AchievementChange.Unchanged)));
        Assert.Empty(await FaultsAsync());
    }

    private async Task<AchievementChange?> DoAsync(AchievementText text, AchievementUploader board)
    {
        var outcome = await RecordAsync(text, board);
        Assert.Empty(outcome.Findings);
        Time.Advance(TimeSpan.FromDays(1));
        return outcome.Change;
    }

    /// <summary>An awarding organisation, a learner, and an achievement that can be recorded.</summary>
    private async Task<(AchievementUploader Board, Uln Uln, AchievementText Text)> ReadyAsync()
    {
        var board = await BoardAsync();
        var learner = A.Learner(familyName: Fresh());
        var uln = await RegisteredAsync(learner);
        return (board, uln, A.Achievement(uln.ToString(), await QualificationAsync(board)) with { FamilyName = learner.FamilyName });
    }
}

public sealed class LearningEventStoreOnSqlite(SqliteDatabase d) : LearningEventStoreTests(d), IClassFixture<SqliteDatabase>;

public sealed class LearningEventStoreOnPostgres(PostgresDatabase d) : LearningEventStoreTests(d), IClassFixture<PostgresDatabase>;
