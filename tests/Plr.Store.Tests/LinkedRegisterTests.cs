using Plr.Core;
using Plr.Core.DataChallenges;
using Plr.Core.Duplicates;
using Plr.Core.Learners;
using Plr.Core.LearningEvents;
using Plr.Core.Matching;
using Plr.Core.Responses;
using Plr.Testing;

namespace Plr.Store.Tests;

/// <summary>A register on which officers find and link learners.</summary>
public abstract class LinkedRegisterTests(Database database) : RegisterTests(database)
{
    private static readonly Lazy<Matcher> Shipped = new(() => new Matcher(MatchWeights.Shipped));

    protected static Access Agent { get; } = Officer(Roles.OfficeAgent, 5, "Alun Agent");

    protected static Access Senior { get; } = Officer(Roles.OfficeSenior, 6, "Sara Senior");

    protected static Access OtherSenior { get; } = Officer(Roles.OfficeSenior, 7, "Siôn Senior");

    protected DuplicateStore Duplicates => DuplicatesOn(Engine);

    protected static Matcher Matcher => Shipped.Value;

    protected DataChallengeStore Challenges => new(Engine, Trail, Time);

    protected DuplicateStore DuplicatesOn(Engine engine) => new(engine, new AuditTrail(engine, Keys, Time), Time);

    protected static Access Officer(Roles roles, int number, string name) =>
        new(new Actor(roles, Guid.Parse($"0199aaaa-0000-7000-8000-0000000000{number:00}"), name), Channel.Office, Purpose.RegisterUpkeep, "test");

    /// <summary>A learner with one achievement of the board.</summary>
    protected async Task<(Uln Uln, AchievementText Sent)> AchieverAsync(AchievementUploader board, string number, string? familyName = null)
    {
        var learner = A.Learner(familyName: familyName ?? Fresh());
        var uln = await RegisteredAsync(learner);
        var sent = A.Achievement(uln.ToString(), number) with { FamilyName = learner.FamilyName };
        Assert.Equal(AchievementChange.Created, (await RecordAsync(sent, board)).Change);
        return (uln, sent);
    }

    /// <summary>Two learners with one achievement each, of different qualifications, as a pair on the work list.</summary>
    protected async Task<(Uln Master, Uln Other, Guid Pair, AchievementUploader Board)> PairAsync()
    {
        var board = await BoardAsync();
        var (master, _) = await AchieverAsync(board, await QualificationAsync(board));
        var (other, _) = await AchieverAsync(board, await QualificationAsync(board));
        return (master, other, await ListedAsync(master, other), board);
    }

    /// <summary>Puts two on the work list; the pair's id.</summary>
    protected async Task<Guid> ListedAsync(Uln one, Uln other, double weight = 12.5)
    {
        await new AddPossibleDuplicates(Duplicates).RunAsync([new(one, other, weight)], Senior);
        return (await AllAsync(DuplicateState.Open)).Single(pair => (pair.Low, pair.High) == (Min(one, other), Max(one, other))).Id;
    }

    protected async Task<IReadOnlyList<PossibleDuplicate>> AllAsync(DuplicateState state) => await Duplicates.ListAsync(state, null, 10_000, Agent);

    protected async Task<(ResponseCode Code, Guid? Case)> ProposeAsync(Guid pair, Uln master, Access? by = null)
    {
        var seen = (await new ReviewPossibleDuplicate(Duplicates, Matcher).RunAsync(pair, by ?? Agent)).Pair!;
        var (stays, goes) = seen.Low.Learner.Uln == master ? (seen.Low, seen.High) : (seen.High, seen.Low);
        var answer = await new ProposeLink(Duplicates).RunAsync(new(pair, master, stays.Learner.Version, goes.Learner.Version, " Same school, same day. "), by ?? Agent);
        return (answer.Code, answer.Case);
    }

    protected Task<ResponseCode> ApproveAsync(Guid? proposal, Access? by = null) => new ApproveLink(Duplicates).RunAsync(proposal!.Value, by ?? Senior);

    /// <summary>Links the other to the master: proposed by an agent, approved by a senior officer.</summary>
    protected async Task LinkAsync(Uln other, Uln master)
    {
        var (code, proposal) = await ProposeAsync(await ListedAsync(master, other), master);
        Assert.Equal(ResponseCodes.LinkProposed, code);
        Assert.Equal(ResponseCodes.LearnersLinked, await ApproveAsync(proposal));
    }

    protected async Task<(ResponseCode Code, Guid? Case)> ProposeUnlinkAsync(Uln other)
    {
        var seen = (await new ViewLinks(Duplicates).RunAsync(other.ToString(), Agent)).Found!;
        var learner = seen.Linked.Single(linked => linked.Uln == other);
        var answer = await new ProposeUnlink(Duplicates).RunAsync(new(other, learner.Version, seen.Master.Version, "Two persons after all."), Agent);
        return (answer.Code, answer.Case);
    }

    protected async Task UnlinkAsync(Uln other)
    {
        var (code, proposal) = await ProposeUnlinkAsync(other);
        Assert.Equal(ResponseCodes.UnlinkProposed, code);
        Assert.Equal(ResponseCodes.LearnersUnlinked, await ApproveAsync(proposal));
    }

    /// <summary>What the row of a learner says, not followed to anybody.</summary>
    protected async Task<(LearnerStatus Status, Uln? Master, int Version)> RowAsync(Uln uln)
    {
        var learner = (await Learners.VersionsAsync(uln, Senior))[^1].Learner;
        return (learner.Status, learner.MasterUln, learner.Version);
    }

    protected async Task<int[]> EventIdsAsync(Uln uln) => [.. (await EventsOfAsync(uln)).Select(found => found.Id).Order()];

    private static Uln Min(Uln one, Uln other) => one < other ? one : other;

    private static Uln Max(Uln one, Uln other) => one < other ? other : one;
}
