using Plr.Core;
using Plr.Core.Duplicates;
using Plr.Core.Learners;
using Plr.Core.Responses;
using Plr.Testing;

namespace Plr.Store.Tests;

/// <summary>The work list of possible duplicates.</summary>
public abstract class DuplicateStoreTests(Database database) : LinkedRegisterTests(database)
{
    [Fact]
    public async Task A_scans_pairs_are_listed_heaviest_first_page_by_page_and_a_rescan_gives_them_its_weight()
    {
        var ulns = await ManyAsync(5);
        var scan = new AddPossibleDuplicates(Duplicates);
        var first = await scan.RunAsync([new(ulns[0], ulns[1], 9_001.25), new(ulns[2], ulns[1], 9_003), new(ulns[3], ulns[4], 9_002), new(ulns[0], ulns[0], 9_009)], Senior);
        Assert.Equal((ResponseCodes.DuplicatesCounted, new DuplicatesCounted(3, 0, 0)), (first.Code, first.Counts));

        var again = await scan.RunAsync([new(ulns[1], ulns[0], 9_004), new(ulns[3], ulns[4], 9_002)], Access.Upkeep("scan"));
        Assert.Equal(new DuplicatesCounted(0, 2, 0), again.Counts);

        var list = new ListPossibleDuplicates(Duplicates);
        var page = await list.RunAsync(DuplicateState.Open, null, 2, Agent);
        Assert.Equal([9_004, 9_003], page.Pairs.Select(pair => pair.Weight));
        var next = await list.RunAsync(DuplicateState.Open, page.Next, 1, Agent);
        Assert.Equal(9_002, Assert.Single(next.Pairs).Weight);
        Assert.All(page.Pairs, pair => Assert.True(pair.Low < pair.High));
        Assert.Equal(["learner-registered"], await ActionsAsync(ulns[0]));
    }

    [Fact]
    public async Task A_pair_that_was_told_apart_is_not_listed_again_by_a_scan_and_is_by_hand()
    {
        var ulns = await ManyAsync(2);
        var pair = await ListedAsync(ulns[0], ulns[1]);
        Assert.Equal(ResponseCodes.ToldApart, await new MarkNotSamePerson(Duplicates).RunAsync(pair, Agent));
        Assert.Equal(ResponseCodes.PairNotOpen, await new MarkNotSamePerson(Duplicates).RunAsync(pair, Agent));
        Assert.Equal(ResponseCodes.UnknownDuplicate, await new MarkNotSamePerson(Duplicates).RunAsync(Guid.Empty, Agent));

        var counts = (await new AddPossibleDuplicates(Duplicates).RunAsync([new(ulns[0], ulns[1], 30)], Senior)).Counts;

        Assert.Equal(new DuplicatesCounted(0, 0, 1), counts);
        Assert.DoesNotContain(await AllAsync(DuplicateState.Open), found => found.Id == pair);
        Assert.All([await ActionsAsync(ulns[0]), await ActionsAsync(ulns[1])], actions => Assert.Equal(["learner-registered", "told-apart"], actions));
        var named = await new NamePossibleDuplicate(Duplicates, Matcher).RunAsync(new($" {ulns[0].ToDisplayString()} ", ulns[1].ToString()), Agent);
        Assert.Equal((ResponseCodes.PossibleDuplicateAdded, pair), (named.Code, named.Id));
        Assert.Contains(await AllAsync(DuplicateState.Open), found => found.Id == pair);
    }

    [Fact]
    public async Task A_pair_is_added_by_hand_with_what_the_evidence_weighs_or_refused_saying_why()
    {
        var name = new NamePossibleDuplicate(Duplicates, Matcher);
        var family = Fresh();
        var one = await RegisteredAsync(A.Learner("Gwenllian", family));
        var other = await RegisteredAsync(A.Learner("Gwenlian", family));

        var added = await name.RunAsync(new(one.ToString(), other.ToString()), Agent);

        Assert.Equal(ResponseCodes.PossibleDuplicateAdded, added.Code);
        var review = await new ReviewPossibleDuplicate(Duplicates, Matcher).RunAsync(added.Id!.Value, Agent);
        Assert.Equal(review.Judgement!.Weight, review.Pair!.Pair.Weight, 0.01);
        Assert.Equal(ResponseCodes.SamePersonAlready, (await name.RunAsync(new(one.ToString(), one.ToString()), Agent)).Code);
        Assert.Equal(ResponseCodes.UlnNotFound, (await name.RunAsync(new(one.ToString(), "1000000043"), Agent)).Code);
        var wrong = await name.RunAsync(new("123", " "), Agent);
        Assert.Equal([("One", FindingRules.BadUln), ("Other", FindingRules.Missing)], wrong.Findings.Select(finding => (finding.Field, finding.Rule)));
        Assert.Equal(["learner-registered", "learner-matched", "learner-shown"], await ActionsAsync(one));
    }

    [Fact]
    public async Task A_review_shows_both_with_versions_and_events_and_leaves_an_entry_on_both()
    {
        var (master, other, pair, _) = await PairAsync();
        await Learners.UpdateAsync(other, 1, held => (held.Details with { Title = "Ms" }, []), Senior);

        var review = await new ReviewPossibleDuplicate(Duplicates, Matcher).RunAsync(pair, Agent);

        LearnerUnderReview[] both = [review.Pair!.Low, review.Pair.High];
        Assert.Equal(new[] { master, other }.Order(), both.Select(one => one.Learner.Uln));
        Assert.Equal([1, 2], both.Single(one => one.Learner.Uln == other).Versions.Select(version => version.Learner.Version));
        Assert.All(both, one => Assert.Equal((1, 0), (one.Events, one.Linked.Count)));
        Assert.NotEmpty(review.Judgement!.Lines);
        Assert.Equal("learner-shown", (await ActionsAsync(master))[^1]);
        Assert.Equal("learner-shown", (await ActionsAsync(other))[^1]);
        Assert.Equal(ResponseCodes.UnknownDuplicate, (await new ReviewPossibleDuplicate(Duplicates, Matcher).RunAsync(Guid.Empty, Agent)).Refusal);
    }

    [Fact]
    public async Task Whoever_is_no_officer_comes_to_none_of_it_and_an_agent_approves_nothing()
    {
        var (master, other, pair, _) = await PairAsync();
        var (_, proposal) = await ProposeAsync(pair, master);
        foreach (var somebody in new[] { By(null), Own(other), Officer(Roles.Auditor, 8, "Aud Auditor"), Officer(Roles.Operator, 9, "Op Operator") })
        {
            Assert.Equal(ResponseCodes.NotAllowed, (await new AddPossibleDuplicates(Duplicates).RunAsync([new(master, other, 1)], somebody)).Code);
            Assert.Equal(ResponseCodes.NotAllowed, (await new NamePossibleDuplicate(Duplicates, Matcher).RunAsync(new("", ""), somebody)).Code);
            Assert.Equal(ResponseCodes.NotAllowed, (await new ListPossibleDuplicates(Duplicates).RunAsync(DuplicateState.Open, null, 1, somebody)).Refusal);
            Assert.Equal(ResponseCodes.NotAllowed, (await new ReviewPossibleDuplicate(Duplicates, Matcher).RunAsync(pair, somebody)).Refusal);
            Assert.Equal(ResponseCodes.NotAllowed, await new MarkNotSamePerson(Duplicates).RunAsync(pair, somebody));
            Assert.Equal(ResponseCodes.NotAllowed, (await new ProposeLink(Duplicates).RunAsync(new(pair, master, 1, 1, "x"), somebody)).Code);
            Assert.Equal(ResponseCodes.NotAllowed, (await new ProposeUnlink(Duplicates).RunAsync(new(other, 1, 1, "x"), somebody)).Code);
            Assert.Equal(ResponseCodes.NotAllowed, await ApproveAsync(proposal, somebody));
            Assert.Equal(ResponseCodes.NotAllowed, await new WithdrawLink(Duplicates).RunAsync(proposal!.Value, somebody));
            Assert.Equal(ResponseCodes.NotAllowed, (await new ReviewLink(Duplicates, Matcher).RunAsync(proposal.Value, somebody)).Refusal);
            Assert.Equal(ResponseCodes.NotAllowed, (await new ViewLinks(Duplicates).RunAsync(other.ToString(), somebody)).Code);
            Assert.Empty(await new ListLinks(Duplicates).RunAsync(LinkState.Proposed, somebody));
        }

        Assert.Equal(ResponseCodes.NotAllowed, await ApproveAsync(proposal, Officer(Roles.OfficeAgent, 10, "Another Agent")));
        Assert.Equal(ResponseCodes.NotAllowed, (await new RefuseLink(Duplicates).RunAsync(proposal!.Value, "no", Officer(Roles.OfficeAgent, 10, "Another Agent"))).Code);
        Assert.Equal(LearnerStatus.Active, (await RowAsync(other)).Status);
    }

    private async Task<Uln[]> ManyAsync(int count)
    {
        var ulns = new Uln[count];
        for (var i = 0; i < count; i++)
        {
            ulns[i] = await RegisteredAsync(A.Learner(familyName: Fresh()));
        }

        return ulns;
    }
}

public sealed class DuplicatesOnSqlite(SqliteDatabase d) : DuplicateStoreTests(d), IClassFixture<SqliteDatabase>;

public sealed class DuplicatesOnPostgres(PostgresDatabase d) : DuplicateStoreTests(d), IClassFixture<PostgresDatabase>;
