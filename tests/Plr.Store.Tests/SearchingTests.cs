using Plr.Core;
using Plr.Core.Learners;
using Plr.Core.Matching;
using Plr.Core.Organisations;
using Plr.Core.Responses;
using Plr.Testing;

namespace Plr.Store.Tests;

/// <summary>People are searched for and registered as the operations do it, with an index that follows the register.</summary>
public abstract class SearchingTests(Database database) : RegisterTests(database)
{
    private static int _person;

    protected static SearchRules Rules { get; } = new(FindIndex.Possible, TimeSpan.FromMinutes(120), TimeSpan.FromSeconds(5));

    [Fact]
    public async Task Who_is_equal_in_all_five_is_exact_whatever_the_case_and_the_blank_of_the_postcode()
    {
        var (server, college) = (await ServerAsync(), await CollegeAsync());
        var (uln, person) = await PersonAsync();
        var answer = await server.SearchAsync(person with { GivenName = person.GivenName!.ToUpperInvariant(), LastKnownPostCode = person.LastKnownPostCode!.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant() }, By(college));
        Assert.Equal((ResponseCodes.ExactMatch, uln), (answer.Code, Assert.Single(answer.Found).Learner.Uln));
        Assert.Equal(1, (await ActionsAsync(uln)).Count(action => action == "learner-shown"));
    }

    [Fact]
    public async Task Who_differs_in_one_thing_is_possible_and_in_the_trail()
    {
        var (server, college) = (await ServerAsync(), await CollegeAsync());
        var (uln, person) = await PersonAsync();
        await server.Follower.FollowAsync(default);
        foreach (var asked in new[]
        {
            person with { Gender = "9" },
            person with { LastKnownPostCode = "ZE1 0AA" },
            person with { DateOfBirth = Swapped(person.DateOfBirth!) },
            person with { GivenName = person.FamilyName, FamilyName = person.GivenName },
            person with { FamilyName = person.FamilyName![..^1] + "q" },
        })
        {
            var answer = await server.SearchAsync(asked, By(college));
            Assert.Equal(ResponseCodes.PossibleMatches, answer.Code);
            Assert.Equal(uln, answer.Found[0].Learner.Uln);
            Assert.NotEmpty(answer.Found[0].Judgement.Lines);
        }

        Assert.Equal(5, (await ActionsAsync(uln)).Count(action => action == "learner-shown"));
        Assert.DoesNotContain(await FaultsAsync(), fault => !IsOurs(fault));
    }

    [Fact]
    public async Task Nobody_is_no_match_with_one_entry_of_the_organisation_and_a_check_shows_nobody()
    {
        var (server, college) = (await ServerAsync(), await CollegeAsync());
        var (uln, person) = await PersonAsync();
        var none = await server.SearchAsync(Next(), By(college));
        Assert.Equal(ResponseCodes.NoMatch, none.Code);
        Assert.Equal(1, await SearchesAsync(college));
        var check = await server.SearchAsync(person, By(college), "CHK");
        Assert.Equal((ResponseCodes.ExactMatch, 0), (check.Code, check.Found.Count));
        Assert.DoesNotContain("learner-shown", await ActionsAsync(uln));
        Assert.Contains("learner-matched", await ActionsAsync(uln));
    }

    [Fact]
    public async Task More_than_ten_are_too_many_and_nobody_is_shown()
    {
        var (server, college) = (await ServerAsync(), await CollegeAsync());
        var person = Next();
        var ulns = new List<Uln>();
        for (var i = 0; i < 11; i++)
        {
            ulns.Add(await RegisteredAsync(person with { LastKnownPostCode = $"CF{i + 1} 1AA" }));
        }

        await server.Follower.FollowAsync(default);
        var answer = await server.SearchAsync(person with { LastKnownPostCode = "CF40 1AB" }, By(college));
        Assert.Equal((ResponseCodes.TooManyMatches, 0), (answer.Code, answer.Found.Count));
        Assert.DoesNotContain("learner-shown", await ActionsAsync(ulns[0]));
        var refused = await server.RegisterAsync(person with { LastKnownPostCode = "CF40 1AB" }, By(college));
        Assert.Equal((ResponseCodes.SearchFirst, FindingRules.SearchedTooMany), (refused.Code, refused.Findings[0].Rule));
    }

    [Fact]
    public async Task Several_who_are_equal_are_possible_and_never_exact()
    {
        var (server, college) = (await ServerAsync(), await CollegeAsync());
        var (one, person) = await PersonAsync();
        var two = await RegisteredAsync(Next());
        await Engine.WriteAsync(session => session.ExecuteAsync(
            """
            UPDATE learner SET given_name = o.given_name, family_name = o.family_name, date_of_birth = o.date_of_birth, gender = o.gender,
                last_known_post_code = o.last_known_post_code, person_key = o.person_key FROM learner o WHERE o.uln = @one AND learner.uln = @two
            """,
            new { one = one.Value, two = two.Value }));
        await server.Follower.FollowAsync(default);
        var answer = await server.SearchAsync(person, By(college));
        Assert.Equal(ResponseCodes.PossibleMatches, answer.Code);
        Assert.Equal(new[] { one, two }.Order(), answer.Found.Select(found => found.Learner.Uln).Order());
    }

    [Fact]
    public async Task A_match_on_a_merged_record_shows_its_master()
    {
        var (server, college) = (await ServerAsync(), await CollegeAsync());
        var (merged, person) = await PersonAsync();
        var master = await RegisteredAsync(Next());
        await Engine.WriteAsync(session => session.ExecuteAsync("UPDATE learner SET status = 2, master_uln = @master WHERE uln = @merged", new { master = master.Value, merged = merged.Value }));
        await server.Follower.FollowAsync(default);
        var answer = await server.SearchAsync(person, By(college));
        Assert.Equal((ResponseCodes.MasterSubstituted, master, merged), (answer.Code, Assert.Single(answer.Found).Learner.Uln, answer.Found[0].By));
        answer = await server.SearchAsync(person with { Gender = "9" }, By(college));
        Assert.Equal((ResponseCodes.PossibleMatches, master, merged), (answer.Code, Assert.Single(answer.Found).Learner.Uln, answer.Found[0].By));
    }

    [Fact]
    public async Task A_new_learner_needs_a_search_by_the_same_organisation_that_is_not_too_old()
    {
        var (server, college, other) = (await ServerAsync(), await CollegeAsync(), await CollegeAsync());
        var person = Next();
        async Task<FindingRule?> Refused(Organisation by)
        {
            var answer = await server.RegisterAsync(person, By(by));
            return answer.Code == ResponseCodes.SearchFirst ? answer.Findings[0].Rule : null;
        }

        Assert.Equal(FindingRules.NotSearched, await Refused(college));
        await server.SearchAsync(person, By(other));
        Assert.Equal(FindingRules.NotSearched, await Refused(college));
        await server.SearchAsync(person, By(college));
        Time.Advance(TimeSpan.FromMinutes(121));
        Assert.Equal(FindingRules.NotSearched, await Refused(college));
        await server.SearchAsync(person, By(college));
        Assert.Equal(ResponseCodes.LearnerRegistered, (await server.RegisterAsync(person, By(college))).Code);
        Assert.Equal(ResponseCodes.ExactMatch, (await server.RegisterAsync(person, By(other))).Code);
    }

    [Fact]
    public async Task Possible_matches_must_be_looked_at_and_one_who_came_since_comes_first()
    {
        var (server, college) = (await ServerAsync(), await CollegeAsync());
        var (_, person) = await PersonAsync();
        await server.Follower.FollowAsync(default);
        var asked = person with { GivenName = person.GivenName![..^1] + "x" };
        Assert.Equal(ResponseCodes.PossibleMatches, (await server.SearchAsync(asked, By(college))).Code);
        Assert.Equal(FindingRules.SearchedJustNow, (await server.RegisterAsync(asked, By(college))).Findings[0].Rule);
        Time.Advance(TimeSpan.FromSeconds(6));

        // Not in the index yet: the transaction looks at what changed since.
        var since = await RegisteredAsync(person with { LastKnownPostCode = "ZE1 0AA" });
        Assert.Equal(ResponseCodes.PossibleMatches, (await server.RegisterAsync(asked, By(college))).Code);
        await server.Follower.FollowAsync(default);
        var found = await server.SearchAsync(asked, By(college));
        Assert.Contains(since, found.Found.Select(one => one.Learner.Uln));
        Time.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(ResponseCodes.LearnerRegistered, (await server.RegisterAsync(asked, By(college))).Code);
    }

    [Fact]
    public async Task Before_the_index_is_loaded_a_search_finds_the_equal_and_those_of_the_birth_date_and_says_so()
    {
        var (server, college) = (await ServerAsync(isLoaded: false), await CollegeAsync());
        var (uln, person) = await PersonAsync();
        Assert.Equal(ResponseCodes.ExactMatch, (await server.SearchAsync(person, By(college))).Code);
        foreach (var asked in new[] { person with { FamilyName = person.FamilyName![..^1] + "q" }, person with { DateOfBirth = Swapped(person.DateOfBirth!) } })
        {
            var answer = await server.SearchAsync(asked, By(college));
            Assert.Equal((ResponseCodes.PossibleMatches, uln, null), (answer.Code, answer.Found[0].Learner.Uln, answer.Position));
        }
    }

    [Fact]
    public async Task Sixty_four_who_register_one_person_at_the_same_moment_on_two_servers_get_one_number()
    {
        await using var second = Database is PostgresDatabase ? Engine.Open(Database.Options) : null;
        var (one, two) = (await ServerAsync(), await ServerAsync(second is null ? null : LearnersOn(second)));
        var colleges = new[] { await CollegeAsync(), await CollegeAsync() };
        for (var round = 0; round < 5; round++)
        {
            var person = Next();
            foreach (var college in colleges)
            {
                await one.SearchAsync(person, By(college));
            }

            var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Task.Run(() => (i % 2 == 0 ? one : two).RegisterAsync(person, By(colleges[i / 2 % 2])))));
            Assert.Single(answers.Select(answer => answer.Uln).Distinct());
            Assert.Single(answers, answer => answer.Code == ResponseCodes.LearnerRegistered);
            Assert.Equal(63, answers.Count(answer => answer.Code == ResponseCodes.ExactMatch));
        }

        Assert.DoesNotContain(await FaultsAsync(), fault => !IsOurs(fault));
    }

    [Fact]
    public async Task Two_spellings_of_one_person_registered_at_the_same_moment_are_never_both_made()
    {
        await using var second = Database is PostgresDatabase ? Engine.Open(Database.Options) : null;
        var (one, two) = (await ServerAsync(), await ServerAsync(second is null ? null : LearnersOn(second)));
        var college = await CollegeAsync();
        for (var round = 0; round < 10; round++)
        {
            var person = Next();
            LearnerText[] spellings = [person, person with { FamilyName = person.FamilyName![..^1] + "q" }, person with { DateOfBirth = Swapped(person.DateOfBirth!) }];
            foreach (var spelling in spellings)
            {
                Assert.Equal(ResponseCodes.NoMatch, (await one.SearchAsync(spelling, By(college))).Code);
            }

            var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(() => (i % 2 == 0 ? one : two).RegisterAsync(spellings[i % 3], By(college)))));
            Assert.Single(answers, answer => answer.Code == ResponseCodes.LearnerRegistered);
        }
    }

    [Fact]
    public async Task A_file_holds_back_who_may_be_somebody_on_the_register_or_in_the_file()
    {
        var (server, college) = (await ServerAsync(), await CollegeAsync());
        var (_, person) = await PersonAsync();
        await server.Follower.FollowAsync(default);
        var (fresh, other) = (Next(), Next());
        LearnerText[] rows = [person with { Gender = "9" }, fresh, fresh with { GivenName = fresh.GivenName![..^1] + "x" }, other];
        var outcomes = await Learners.RegisterAsync([.. rows.Select((row, at) => A.Registration(row, at + 1).LookedUp(server.Lookup))], null, By(college));
        Assert.Equal(["RC007", "RC001", "RC007", "RC001"], outcomes.Select(outcome => outcome.Code.Row));
    }

    protected async Task<OneServer> ServerAsync(ILearnerStore? store = null, bool isLoaded = true)
    {
        var server = new OneServer(store ?? Learners, Engine, Time);
        if (isLoaded)
        {
            await server.Follower.LoadAsync(default);
        }

        return server;
    }

    /// <summary>Somebody who is like nobody else: invented names, a birth date that is another with day and month swapped.</summary>
    protected static LearnerText Next()
    {
        var number = Interlocked.Increment(ref _person) + (Environment.ProcessId % 97 * 50);
        string Letters(int seed) => string.Concat(Enumerable.Range(0, 7).Select(at => "bcdfglmnprst"[(seed / (int)Math.Pow(12, at % 5) + at * 5) % 12].ToString() + "aeiou"[(seed + at * at) % 5]))[..9];
        return A.Learner("A" + Letters(number * 7 + 1), "K" + Letters(number * 131 + 17), $"{1990 + number % 18}-{1 + number % 6:00}-{7 + number % 5:00}") with { LastKnownPostCode = $"B{1 + number % 90} {number % 10}AA", Gender = "1" };
    }

    private async Task<(Uln Uln, LearnerText Person)> PersonAsync()
    {
        var person = Next();
        return (await RegisteredAsync(person), person);
    }

    /// <summary>Two tests here change rows behind the register's back, which the walk of the trail is right to find.</summary>
    private static bool IsOurs(string fault) => fault.StartsWith("row-altered", StringComparison.Ordinal);

    private static string Swapped(string date) => $"{date[..4]}-{date[8..]}-{date[5..7]}";

    /// <summary>What one server has beside the store.</summary>
    protected sealed class OneServer
    {
        private readonly SearchLearners _search;
        private readonly RegisterLearner _register;

        public OneServer(ILearnerStore store, Engine engine, TimeProvider time)
        {
            var index = new LiveIndex(MatchWeights.Shipped);
            Follower = new(new LearnerFeed(engine), index, time);
            Lookup = new(index, Rules);
            _search = new(store, Lookup, time);
            _register = new(store, Lookup, time);
        }

        public LearnerFollower Follower { get; }

        public LearnerLookup Lookup { get; }

        public Task<SearchLearners.Answer> SearchAsync(LearnerText person, Access access, string? findType = null) => _search.RunAsync(
            new()
            {
                GivenName = person.GivenName,
                FamilyName = person.FamilyName,
                DateOfBirth = person.DateOfBirth,
                Gender = person.Gender,
                LastKnownPostCode = person.LastKnownPostCode,
                FindType = findType,
            },
            access);

        public Task<RegisterLearner.Answer> RegisterAsync(LearnerText person, Access access) => _register.RunAsync(person, access);
    }
}

public sealed class SearchingOnSqlite(SqliteDatabase d) : SearchingTests(d), IClassFixture<SqliteDatabase>;

public sealed class SearchingOnPostgres(PostgresDatabase d) : SearchingTests(d), IClassFixture<PostgresDatabase>;
