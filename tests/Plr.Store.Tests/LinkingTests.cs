using Plr.Core;
using Plr.Core.Audit;
using Plr.Core.DataChallenges;
using Plr.Core.Duplicates;
using Plr.Core.Learners;
using Plr.Core.LearningEvents;
using Plr.Core.Responses;
using Plr.Testing;

namespace Plr.Store.Tests;

/// <summary>Linking and unlinking, and what each lookup answers for linked learners.</summary>
public abstract class LinkingTests(Database database) : LinkedRegisterTests(database)
{
    [Fact]
    public async Task What_one_officer_proposes_another_approves_and_both_trails_say_so()
    {
        var (master, other, pair, _) = await PairAsync();

        var (code, proposal) = await ProposeAsync(pair, master);
        Assert.Equal(ResponseCodes.LinkProposed, code);
        Assert.Equal((LearnerStatus.Active, null, 1), await RowAsync(other));
        Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(ResponseCodes.LearnersLinked, await ApproveAsync(proposal));

        Assert.Equal((LearnerStatus.Merged, master, 2), await RowAsync(other));
        Assert.Equal((LearnerStatus.Active, null, 1), await RowAsync(master));
        Assert.Equal(Noon.AddHours(1), (await Learners.VersionsAsync(other, Senior))[^1].RecordedAt);
        foreach (var uln in new[] { master, other })
        {
            Assert.Equal(["learner-registered", "event-created", "link-proposed", "learner-linked"], (await ActionsAsync(uln)).Where(action => action != "learner-shown"));
        }

        var done = (await new ReviewLink(Duplicates, Matcher).RunAsync(proposal!.Value, Agent)).Case!;
        Assert.Equal((LinkState.CarriedOut, "Same school, same day.", Noon.AddHours(1)), (done.Case.State, done.Case.Reason, done.Case.DecidedAt));
        Assert.Equal(DuplicateState.Linked, (await AllAsync(DuplicateState.Linked)).Single(found => found.Id == pair).State);
        Assert.Empty(await FaultsAsync());
    }

    [Fact]
    public async Task Whoever_proposed_cannot_decide_and_only_they_withdraw()
    {
        var (master, other, pair, _) = await PairAsync();
        var (_, proposal) = await ProposeAsync(pair, master, Senior);

        Assert.Equal(ResponseCodes.OwnProposal, await ApproveAsync(proposal, Senior));
        Assert.Equal(ResponseCodes.OwnProposal, (await new RefuseLink(Duplicates).RunAsync(proposal!.Value, "No.", Senior)).Code);
        Assert.Equal(ResponseCodes.NotOwnProposal, await new WithdrawLink(Duplicates).RunAsync(proposal.Value, OtherSenior));
        Assert.Equal(LearnerStatus.Active, (await RowAsync(other)).Status);
        Assert.Equal(ResponseCodes.LinkWithdrawn, await new WithdrawLink(Duplicates).RunAsync(proposal.Value, Senior));
        Assert.Equal(ResponseCodes.LinkDecided, await ApproveAsync(proposal, OtherSenior));
        Assert.Equal(ResponseCodes.UnknownLink, await ApproveAsync(Guid.Empty, OtherSenior));
        Assert.Contains(await AllAsync(DuplicateState.Open), found => found.Id == pair);
        Assert.Equal("link-withdrawn", (await ActionsAsync(other)).Last(action => action != "learner-shown"));
    }

    [Fact]
    public async Task A_refusal_says_why_and_the_pair_is_open_again()
    {
        var (master, other, pair, _) = await PairAsync();
        var (_, proposal) = await ProposeAsync(pair, master);
        Assert.Equal(ResponseCodes.LinkWaits, (await ProposeAsync(pair, other)).Code);

        Assert.Equal(ResponseCodes.DetailsIncorrect, (await new RefuseLink(Duplicates).RunAsync(proposal!.Value, " ", Senior)).Code);
        Assert.Equal(ResponseCodes.LinkRefused, (await new RefuseLink(Duplicates).RunAsync(proposal.Value, " Twins. ", Senior)).Code);

        Assert.Equal("Twins.", (await Duplicates.ReviewCaseAsync(proposal.Value, Senior))!.Case.Answer);
        Assert.Equal(ResponseCodes.LinkProposed, (await ProposeAsync(pair, other)).Code);
    }

    [Fact]
    public async Task A_learner_who_was_changed_since_they_were_seen_is_not_linked()
    {
        var (master, other, pair, _) = await PairAsync();
        var propose = new ProposeLink(Duplicates);
        Assert.Equal(ResponseCodes.StaleVersion, (await propose.RunAsync(new(pair, master, 1, 2, "x"), Agent)).Code);
        Assert.Equal(ResponseCodes.StaleVersion, (await propose.RunAsync(new(pair, Uln.Parse("1000000043"), 1, 1, "x"), Agent)).Code);
        Assert.Equal(ResponseCodes.DetailsIncorrect, (await propose.RunAsync(new(pair, master, 1, 1, new string('x', 501)), Agent)).Code);
        var (_, proposal) = await ProposeAsync(pair, master);
        await Learners.UpdateAsync(master, 1, held => (held.Details with { Title = "Ms" }, []), Senior);

        Assert.True((await Duplicates.ReviewCaseAsync(proposal!.Value, Senior))!.IsStale);
        Assert.Equal(ResponseCodes.StaleVersion, await ApproveAsync(proposal));

        Assert.Equal((LearnerStatus.Active, null, 1), await RowAsync(other));
        Assert.Equal(LinkState.Proposed, (await Duplicates.ReviewCaseAsync(proposal.Value, Senior))!.Case.State);
    }

    [Fact]
    public async Task The_events_of_both_are_one_record_and_after_unlinking_each_has_exactly_its_own()
    {
        var (master, other, _, board) = await PairAsync();
        var (ofMaster, ofOther) = (await EventIdsAsync(master), await EventIdsAsync(other));
        await LinkAsync(other, master);
        int[] both = [.. ofMaster.Concat(ofOther).Order()];

        Assert.Equal(both, await EventIdsAsync(master));
        Assert.Equal(both, await EventIdsAsync(other));
        Assert.Equal(master, (await Events.ReadRecordAsync(other, null, _ => new(null, true), Own(other)))!.Record!.Learner.Uln);
        Assert.Equal(ofOther[0], (await Events.ReadEventAsync(master, ofOther[0], _ => new(null, true), Own(master)))!.Event.Id);
        Assert.Equal(ofMaster[0], (await Events.ReadEventAsync(other, ofMaster[0], _ => new(null, true), Own(other)))!.Event.Id);

        // What comes for either while they are linked stays with the ULN that it came for.
        var family = (await Learners.VersionsAsync(master, Senior))[^1].Learner.Details.FamilyName;
        var sent = A.Achievement(other.ToString(), await QualificationAsync(board)) with { FamilyName = family };
        Assert.Equal(AchievementChange.Created, (await RecordAsync(sent, board)).Change);
        Assert.Equal(AchievementChange.Unchanged, (await RecordAsync(sent with { Uln = master.ToString() }, board)).Change);
        var late = (await EventIdsAsync(master)).Except(both).Single();
        await UnlinkAsync(other);

        Assert.Equal((LearnerStatus.Active, null, 3), await RowAsync(other));
        Assert.Equal(ofMaster, await EventIdsAsync(master));
        Assert.Equal(ofOther.Append(late), await EventIdsAsync(other));
        Assert.Equal("learner-unlinked", (await ActionsAsync(other)).Last(action => action.StartsWith("learner-un", StringComparison.Ordinal)));
        Assert.Equal(new DuplicatesCounted(0, 0, 1), (await new AddPossibleDuplicates(Duplicates).RunAsync([new(master, other, 30)], Senior)).Counts);
        Assert.Empty(await FaultsAsync());
    }

    [Fact]
    public async Task The_same_achievement_of_either_ULN_is_one_and_a_later_version_stays_where_it_is()
    {
        var board = await BoardAsync();
        var number = await QualificationAsync(board);
        var family = Fresh();
        var (master, _) = await AchieverAsync(board, await QualificationAsync(board), family);
        var (other, sent) = await AchieverAsync(board, number, family + "s");
        await LinkAsync(other, master);
        var named = sent with { FamilyName = family, Uln = master.ToString() };

        Assert.Equal(AchievementChange.Unchanged, (await RecordAsync(named, board)).Change);
        Assert.Equal(AchievementChange.Updated, (await RecordAsync(named with { Action = "2", Grade = "B" }, board)).Change);
        Assert.Equal(AchievementChange.Withdrawn, (await RecordAsync(named with { Action = "3", Grade = "B" }, board)).Change);
        Assert.Equal(AchievementChange.Reinstated, (await RecordAsync(named with { Action = "4", Grade = "B" }, board)).Change);
        await UnlinkAsync(other);

        Assert.Equal(("B", 4), (await EventsOfAsync(other)).Single() is var kept ? (kept.Facts.Grade, kept.Version) : default);
        Assert.Single(await EventsOfAsync(master));
        Assert.Empty(await FaultsAsync());
    }

    [Fact]
    public async Task Every_lookup_of_a_merged_ULN_answers_the_master()
    {
        var (master, other, _, _) = await PairAsync();
        var names = (await Learners.VersionsAsync(master, Senior))[^1].Learner.Details;
        await LinkAsync(other, master);

        var found = await new FindLearner(Learners).RunAsync(new(other.ToString(), names.GivenName, names.FamilyName), By(null));
        Assert.Equal((ResponseCodes.MasterSubstituted, master), (found.Code, found.Learner!.Uln));
        var record = await new GetLearningEvents(Events).RunAsync(other, null, By(null));
        Assert.Equal((ResponseCodes.MasterSubstituted, 2), (record.Code, record.Record!.Events.Count));
        Assert.Equal(2, (await new GetLearningEvents(Events).RunAsync(other, Noon, Own(other))).Record!.Events.Count);
        var update = new UpdateLearner(Learners, Time);
        var text = LearnerText.Of(names) with { Uln = other.ToString(), Title = "Dr" };
        Assert.Equal((ResponseCodes.LearnerUpdated, 2), (await update.RunAsync(new(text, 1), By(null))) is var updated ? (updated.Code, updated.Version) : default);
        Assert.Equal("Dr", (await Learners.ShowAsync(master, _ => true, null, Senior))!.Details.Title);
        Assert.Equal(ResponseCodes.MasterSubstituted, (await RegisterAsync(LearnerText.Of(names) with { Uln = other.ToString(), Title = "Dr" })).Code);
    }

    /// <summary>Whom verifying confirms is refused nowhere else: rows of achievements and of registrations, and finding, compare as it does.</summary>
    [Fact]
    public async Task A_merged_ULN_may_come_with_the_names_of_its_own_record_or_with_its_masters()
    {
        var board = await BoardAsync();
        var (own, names) = (A.Learner("Ceridwen", "Abernathy"), A.Learner("Gwladys", "Hopkin"));
        var (other, master) = (await RegisteredAsync(own), await RegisteredAsync(names));
        await LinkAsync(other, master);

        foreach (var said in new[] { own, names, own with { GivenName = "Ceridwenn" } })
        {
            var verified = await new VerifyLearner(Learners).RunAsync(new() { Uln = other.ToString(), GivenName = said.GivenName, FamilyName = said.FamilyName }, By(null));
            Assert.Contains(verified.Code, new[] { ResponseCodes.LinkedUlnVerified, ResponseCodes.LinkedUlnSimilar });
            var found = await new FindLearner(Learners).RunAsync(new(other.ToString(), said.GivenName, said.FamilyName), By(null));
            Assert.Equal((ResponseCodes.MasterSubstituted, master), (found.Code, found.Learner!.Uln));
            var row = A.Achievement(other.ToString(), await QualificationAsync(board)) with { GivenName = said.GivenName!, FamilyName = said.FamilyName! };
            Assert.Equal(AchievementChange.Created, (await RecordAsync(row, board)).Change);
            var registered = await RegisterAsync(said with { Uln = other.ToString(), PlaceOfBirth = said.GivenName });
            Assert.Equal((ResponseCodes.MasterSubstituted, master.ToString()), (registered.Code, registered.Uln));
        }

        Assert.Equal(3, (await EventsOfAsync(master)).Count);
        var held = (await Learners.ShowAsync(other, _ => true, null, Senior))!.Details;
        Assert.Equal((names.GivenName, names.FamilyName, "Ceridwenn"), (held.GivenName, held.FamilyName, held.PlaceOfBirth));

        // The master's own ULN is the master's alone, and what agrees by half with each agrees with neither.
        var mixed = own with { GivenName = names.GivenName };
        foreach (var (uln, said) in new[] { (master, own), (other, mixed) })
        {
            Assert.Equal(ResponseCodes.NoMatch, (await new FindLearner(Learners).RunAsync(new(uln.ToString(), said.GivenName, said.FamilyName), By(null))).Code);
            var refused = await RecordAsync(A.Achievement(uln.ToString(), await QualificationAsync(board)) with { GivenName = said.GivenName!, FamilyName = said.FamilyName! }, board);
            Assert.Equal(["AC103"], refused.Findings.Select(finding => finding.Code.Row));
            Assert.Equal(ResponseCodes.UlnNotThisPerson, (await RegisterAsync(said with { Uln = uln.ToString() })).Code);
        }
    }

    [Fact]
    public async Task A_learner_who_signs_in_with_either_ULN_has_the_whole_record_its_trail_and_its_challenges()
    {
        var (master, other, _, _) = await PairAsync();
        var (ofMaster, ofOther) = (await EventIdsAsync(master), await EventIdsAsync(other));
        await LinkAsync(other, master);
        Time.Advance(TimeSpan.FromMinutes(1));

        foreach (var own in new[] { master, other })
        {
            Assert.Equal(2, (await new GetLearningEvents(Events).RunAsync(own, null, Own(own))).Record!.Events.Count);
            Assert.NotNull(await new GetLearningEvent(Events).RunAsync(own, ofOther[0], Own(own)));
            var (lines, total) = await Trail.ReadAsync(own, 0, 100, Own(own));
            Assert.Equal(total, lines.Count);
            Assert.Equal(2, lines.Count(line => line.Action == "learner-registered"));
            Assert.Equal(lines.Select(line => line.At).OrderDescending(), lines.Select(line => line.At));
        }

        Assert.Equal(ResponseCodes.NotAllowed, (await new GetLearningEvents(Events).RunAsync(master, null, Own(Uln.Parse("1000000043")))).Code);
        var raise = new RaiseChallenge(Challenges, new(new(WorkingDays.ByRule)), Time);
        Assert.Equal(master, (await raise.RunAsync(new(other, ofMaster[0], ChallengeType.WrongGrade, "An 8."), Own(other))).Challenge!.Uln);
        Assert.Equal(other, (await raise.RunAsync(new(master, ofOther[0], ChallengeType.WrongGrade, "A 7."), Own(master))).Challenge!.Uln);
        Assert.All(await EventsOfAsync(master), found => Assert.True(found.UnderDataChallenge));
        Assert.Equal(2, (await Challenges.ListAsync(other, Own(other))).Count);
        await UnlinkAsync(other);
        Assert.Equal(ofOther[0], Assert.Single(await Challenges.ListAsync(other, Own(other))).EventId);
    }

    [Fact]
    public async Task The_trail_of_linked_ULNs_is_read_on_from_any_place_in_it()
    {
        var (master, other, _, _) = await PairAsync();
        await LinkAsync(other, master);
        var all = (await Trail.ReadAsync(other, 0, 100, Own(other))).Lines;

        var read = new List<AuditLine>();
        AuditPlace? place = null;
        while ((await Trail.ReadAsync(other, 0, 3, Own(other), before: place)).Lines is { Count: > 0 } lines)
        {
            read.AddRange(lines);
            Assert.True(AuditPlace.TryParse(AuditPlace.Of(lines[^1]).ToString(), out place));
        }

        Assert.Equal(all, read);
        Assert.True(all.Count > 6);
    }

    [Fact]
    public async Task Whoever_leads_to_the_other_is_led_on_and_goes_back_with_it()
    {
        var board = await BoardAsync();
        var ulns = new List<Uln>();
        for (var i = 0; i < 3; i++)
        {
            ulns.Add((await AchieverAsync(board, await QualificationAsync(board))).Uln);
        }

        await LinkAsync(ulns[0], ulns[1]);
        await LinkAsync(ulns[1], ulns[2]);
        Assert.Equal((LearnerStatus.Merged, ulns[2], 3), await RowAsync(ulns[0]));
        Assert.Equal(3, (await EventIdsAsync(ulns[0])).Length);

        await UnlinkAsync(ulns[1]);
        Assert.Equal((LearnerStatus.Merged, ulns[1], 4), await RowAsync(ulns[0]));
        Assert.Equal(2, (await EventIdsAsync(ulns[1])).Length);
        Assert.Single(await EventIdsAsync(ulns[2]));
        await UnlinkAsync(ulns[0]);
        Assert.Single(await EventIdsAsync(ulns[1]));
        Assert.Equal(ResponseCodes.NotLinked, (await new ProposeUnlink(Duplicates).RunAsync(new(ulns[0], 5, 1, "x"), Agent)).Code);
        Assert.Empty(await FaultsAsync());
    }

    [Fact]
    public async Task Other_pairs_of_the_list_that_are_one_person_by_now_are_linked_too()
    {
        var (master, other, _, board) = await PairAsync();
        var (third, _) = await AchieverAsync(board, await QualificationAsync(board));
        await LinkAsync(third, master);
        var pair = await ListedAsync(other, third);
        await LinkAsync(other, master);

        Assert.Equal(DuplicateState.Linked, (await AllAsync(DuplicateState.Linked)).Single(found => found.Id == pair).State);
        Assert.Equal(new DuplicatesCounted(0, 0, 1), (await new AddPossibleDuplicates(Duplicates).RunAsync([new(other, third, 30)], Senior)).Counts);
        var links = (await new ViewLinks(Duplicates).RunAsync(other.ToDisplayString(), Agent)).Found!;
        Assert.Equal((master, 2), (links.Master.Uln, links.Linked.Count));
    }
}

public sealed class LinkingOnSqlite(SqliteDatabase d) : LinkingTests(d), IClassFixture<SqliteDatabase>;

public sealed class LinkingOnPostgres(PostgresDatabase d) : LinkingTests(d), IClassFixture<PostgresDatabase>;
