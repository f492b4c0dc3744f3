using System.Globalization;
using Plr.Core;
using Plr.Core.Accounts;
using Plr.Core.Learners;
using Plr.Core.LearningEvents;
using Plr.Core.Mail;
using Plr.Core.Responses;
using Plr.Core.Sharing;
using Plr.Testing;

namespace Plr.Store.Tests;

public abstract class ShareStoreTests(Database database) : RegisterTests(database)
{
    private const string Place = "192.0.2.7";
    private static readonly ShareTries Tries = new(5, 20, TimeSpan.FromMinutes(15));
    private static readonly DateOnly Born = new(2008, 2, 29);

    private static Access Checker => Access.OfChecker("test");

    private ShareStore Shares => new(Engine, Trail, Keys, Time);

    private ShareChecks Checks => new(Engine, Trail, Keys, Time);

    [Fact]
    public async Task Who_has_the_code_and_the_birth_date_sees_what_was_chosen_and_nothing_else()
    {
        var (uln, events, _) = await LearnerAsync(grades: ["A", "B"]);
        var share = await SharedAsync(uln, new() { Events = [events[0].Id], Fields = ShareFields.Grade, EndsAt = Noon.AddDays(7), ForWhom = "Coleg Menai" });

        var opened = await Checks.OpenAsync(await CodeAsync(share), Tries, Checker);
        var seen = await Checks.ReadAsync(opened.Token!, Checker);

        Assert.Equal(ResponseCodes.ShareOpened, opened.Code);
        var award = Assert.Single(seen!.Awards);
        Assert.Equal((events[0].Id, events[0].Facts.Grade, AwardState.Current, (string?)null), (award.EventId, award.Grade, award.State, award.Provider));
        Assert.Equal((null, null), (seen.Uln, seen.DateOfBirth));
        Assert.Equal(["share-made", "share-seen"], (await ActionsAsync(uln))[^2..]);
        Assert.Empty(await FaultsAsync());
    }

    [Fact]
    public async Task A_wrong_code_and_a_wrong_birth_date_are_answered_alike()
    {
        var (uln, _, _) = await LearnerAsync();
        var right = await CodeAsync(await SharedAsync(uln));

        var wrongDate = await Checks.OpenAsync(right with { DateOfBirth = Born.AddDays(1) }, Tries, Checker);
        var wrongCode = await Checks.OpenAsync(right with { Code = ShareCode.Of(new byte[16]) }, Tries, Checker);

        Assert.Equal(wrongDate, wrongCode);
        Assert.Equal(ResponseCodes.ShareRefused, wrongCode.Code);
    }

    [Fact]
    public async Task A_code_waits_after_five_wrong_dates_whatever_comes_then_and_opens_again_later()
    {
        var (uln, _, _) = await LearnerAsync();
        var right = await CodeAsync(await SharedAsync(uln));
        for (var tried = 0; tried < 5; tried++)
        {
            Assert.Equal(ResponseCodes.ShareRefused, (await Checks.OpenAsync(right with { DateOfBirth = Born.AddDays(-1 - tried), Place = $"198.51.100.{tried}" }, Tries, Checker)).Code);
        }

        Assert.Equal(ResponseCodes.ShareRefused, (await Checks.OpenAsync(right, Tries, Checker)).Code);
        Time.Advance(TimeSpan.FromMinutes(16));
        Assert.Equal(ResponseCodes.ShareOpened, (await Checks.OpenAsync(right, Tries, Checker)).Code);
    }

    [Fact]
    public async Task A_right_try_forgets_the_wrong_ones_of_its_code()
    {
        var (uln, _, _) = await LearnerAsync();
        var right = await CodeAsync(await SharedAsync(uln)) with { Place = "203.0.113.1" };
        for (var round = 0; round < 2; round++)
        {
            for (var tried = 0; tried < 4; tried++)
            {
                await Checks.OpenAsync(right with { DateOfBirth = Born.AddDays(1) }, Tries, Checker);
            }

            Assert.Equal(ResponseCodes.ShareOpened, (await Checks.OpenAsync(right, Tries, Checker)).Code);
        }
    }

    [Fact]
    public async Task A_thousand_wrong_codes_from_one_address_find_nothing_and_others_go_on()
    {
        var (uln, _, _) = await LearnerAsync();
        var right = await CodeAsync(await SharedAsync(uln));
        var place = "203.0.113.99";
        await Checks.ForgetTriesAsync(DateTimeOffset.MaxValue);
        for (var tried = 0; tried < 1_000; tried++)
        {
            var code = ShareCode.Of(BitConverter.GetBytes((long)tried).Concat(new byte[8]).ToArray());
            Assert.Equal(ResponseCodes.ShareRefused, (await Checks.OpenAsync(new(code, Born, null, place), Tries, Checker)).Code);
        }

        Assert.Equal(ResponseCodes.ShareRefused, (await Checks.OpenAsync(right with { Place = place }, Tries, Checker)).Code);
        Assert.Equal(ResponseCodes.ShareOpened, (await Checks.OpenAsync(right with { Place = "203.0.113.98" }, Tries, Checker)).Code);

        // Each that was looked up left a row, and the place has one; the others left none.
        Assert.Equal(Tries.WrongOfAPlace + 1, await Checks.ForgetTriesAsync(DateTimeOffset.MaxValue));
    }

    [Fact]
    public async Task A_wrong_link_ends_no_wait_of_its_place()
    {
        var (uln, _, _) = await LearnerAsync();
        var right = await CodeAsync(await SharedAsync(uln)) with { Place = "203.0.113.77" };
        for (var tried = 0; tried < Tries.WrongOfAPlace; tried++)
        {
            await Checks.OpenAsync(new(ShareCode.Of(BitConverter.GetBytes(1_000_000L + tried).Concat(new byte[8]).ToArray()), Born, null, right.Place), Tries, Checker);
        }

        await Checks.OpenAsync(new(null, null, "no-such-link", right.Place), Tries, Checker);

        Assert.Equal(ResponseCodes.ShareRefused, (await Checks.OpenAsync(right, Tries, Checker)).Code);
    }

    [Fact]
    public async Task Who_left_one_address_for_two_learners_is_told_of_both_and_forgotten_after_a_year()
    {
        var board = await BoardAsync();
        var number = await QualificationAsync(board);
        LearnerText[] texts = [A.Learner(familyName: Fresh()), A.Learner(familyName: Fresh())];
        var ulns = new List<Uln>();
        foreach (var text in texts)
        {
            ulns.Add(await RegisteredAsync(text));
            await RecordAsync(A.AchievementOf(ulns[^1], text, number, "2026-08-20", "A"), board);
            var token = (await Checks.OpenAsync(await CodeAsync(await SharedAsync(ulns[^1])), Tries, Checker)).Token!;
            await Checks.TellAsync(token, null, "both@example.org", isWelsh: false, Checker);
        }

        var rows = texts.Select((text, i) => Achievement.Check(i + 1, A.AchievementOf(ulns[i], text, number, "2026-08-20", "B") with { Action = "2" })).ToList();
        await Events.RecordAchievementsAsync(rows, board, null, ByBoard(board));

        Assert.Equal(2, await Engine.ReadAsync(session => session.SingleOrDefaultAsync<int>("SELECT count(*) FROM mail WHERE email_address = 'both@example.org'")));
        Assert.True(await Checks.ForgetAddressesAsync(Time.GetUtcNow().AddMinutes(1)) >= 2);
        Assert.Equal(0, await Engine.ReadAsync(session => session.SingleOrDefaultAsync<int>("SELECT count(*) FROM share_view WHERE email_address IS NOT NULL OR organisation IS NOT NULL")));
        await ExecuteAsync("DELETE FROM mail WHERE email_address = 'both@example.org'");
    }

    [Fact]
    public async Task A_link_opens_without_a_birth_date_and_looking_where_it_leads_counts_as_nothing()
    {
        var (uln, _, _) = await LearnerAsync();
        var share = await SharedAsync(uln, new() { Fields = ShareFields.Uln | ShareFields.DateOfBirth, EndsAt = Noon.AddDays(1), MostViews = 1 });
        var link = (await Shares.GetAsync(share.Id, uln, Own(uln)))!.Secrets.Link;

        Assert.Equal(share.Id, (await Checks.PeekAsync(link, Checker))!.Id);
        var opened = await Checks.OpenAsync(new(null, null, link, Place), Tries, Checker);
        var seen = await Checks.ReadAsync(opened.Token!, Checker);
        var again = await Checks.OpenAsync(new(null, null, link, Place), Tries, Checker);

        Assert.Equal((uln, Born), (seen!.Uln, seen.DateOfBirth));
        Assert.Equal((ResponseCodes.ShareOver, ShareState.UsedUp), (again.Code, again.State));
        Assert.Null(await Checks.PeekAsync(link[1..] + "A", Checker));
        Assert.True(link.Length * 6 >= 130);
    }

    [Fact]
    public async Task An_expired_and_an_ended_share_say_so_to_whoever_has_the_code_and_the_birth_date()
    {
        var (uln, _, _) = await LearnerAsync();
        var over = await SharedAsync(uln, new() { Fields = ShareFields.None, EndsAt = Time.GetUtcNow().AddHours(1) });
        var ended = await SharedAsync(uln);
        await Shares.ChangeAsync(ended.Id, uln, 1, null, Own(uln));
        Time.Advance(TimeSpan.FromHours(2));

        Assert.Equal(ShareState.Over, (await Checks.OpenAsync(await CodeAsync(over), Tries, Checker)).State);
        Assert.Equal(ShareState.Ended, (await Checks.OpenAsync(await CodeAsync(ended), Tries, Checker)).State);
        Assert.Equal(ResponseCodes.ShareRefused, (await Checks.OpenAsync(await CodeAsync(ended) with { DateOfBirth = Born.AddDays(1) }, Tries, Checker)).Code);
        Assert.Equal("share-ended", (await ActionsAsync(uln))[^1]);
    }

    [Fact]
    public async Task What_was_opened_stays_as_it_was_for_half_an_hour_and_not_a_moment_once_the_learner_ends_it()
    {
        var (uln, events, board) = await LearnerAsync();
        var share = await SharedAsync(uln);
        var token = (await Checks.OpenAsync(await CodeAsync(share), Tries, Checker)).Token!;
        await CorrectAsync(uln, board, events[0], "B");

        Assert.Equal("A", Assert.Single((await Checks.ReadAsync(token, Checker))!.Awards).Grade);
        await Shares.ChangeAsync(share.Id, uln, 1, null, Own(uln));
        Assert.Null(await Checks.ReadAsync(token, Checker));

        var other = await SharedAsync(uln);
        var later = (await Checks.OpenAsync(await CodeAsync(other), Tries, Checker)).Token!;
        var award = Assert.Single((await Checks.ReadAsync(later, Checker))!.Awards);
        Assert.Equal(("B", AwardState.Corrected), (award.Grade, award.State));
        Time.Advance(TimeSpan.FromMinutes(31));
        Assert.Null(await Checks.ReadAsync(later, Checker));
    }

    [Fact]
    public async Task Of_two_changes_from_the_same_version_one_counts_and_the_other_is_told()
    {
        var (uln, _, _) = await LearnerAsync();
        var share = await SharedAsync(uln);

        var first = await Shares.ChangeAsync(share.Id, uln, 1, share.Terms with { MostViews = 3 }, Own(uln));
        var second = await Shares.ChangeAsync(share.Id, uln, 1, share.Terms with { MayDownload = false }, Own(uln));

        Assert.Equal((2, (int?)3), (first.Changed!.Version, first.Changed.Terms.MostViews));
        Assert.Equal((null, ShareFault.Stale), second);
    }

    [Fact]
    public async Task Nobody_comes_to_another_learners_shares_and_an_event_of_somebody_else_is_not_shared()
    {
        var (uln, _, _) = await LearnerAsync();
        var (other, events, _) = await LearnerAsync();
        var share = await SharedAsync(uln);

        Assert.Null(await Shares.GetAsync(share.Id, other, Own(other)));
        Assert.Empty(await Shares.ListAsync(other, Own(other)));
        Assert.Equal((null, ShareFault.NoLearner), await Shares.ChangeAsync(share.Id, other, 1, null, Own(other)));
        Assert.Equal((null, ShareFault.NotOnTheRecord), await Shares.AddAsync(uln, Terms() with { Events = [events[0].Id] }, Own(uln)));
    }

    [Fact]
    public async Task Of_many_who_take_the_last_look_at_once_one_has_it()
    {
        var (uln, _, _) = await LearnerAsync();
        var share = await SharedAsync(uln, Terms() with { MostViews = 1 });
        var code = await CodeAsync(share);

        var opened = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => Checks.OpenAsync(code with { Place = $"198.51.100.{i}" }, Tries, Checker))));

        Assert.Single(opened, one => one.Code == ResponseCodes.ShareOpened);
        Assert.Equal(7, opened.Count(one => one.State == ShareState.UsedUp));
        Assert.Equal(1, (await Shares.ListAsync(uln, Own(uln))).Single().Views);
    }

    [Fact]
    public async Task Who_left_an_address_is_told_of_a_correction_and_who_did_not_is_not()
    {
        var (uln, events, board) = await LearnerAsync(grades: ["A", "B"]);
        var share = await SharedAsync(uln, Terms() with { Events = [events[0].Id] });
        var told = (await Checks.OpenAsync(await CodeAsync(share), Tries, Checker)).Token!;
        await Checks.OpenAsync(await CodeAsync(share), Tries, Checker);
        Assert.True(await Checks.TellAsync(told, "Cwmni Môn", "hr@example.org", isWelsh: true, Checker));
        var reference = (await Checks.ReceiptAsync(told, Checker))!.Value.Receipt.Reference;

        await CorrectAsync(uln, board, events[1], "C");
        Assert.Null(await new OutboxStore(Engine, Keys).ClaimAsync(Time.GetUtcNow(), TimeSpan.FromMinutes(1)));
        await CorrectAsync(uln, board, events[0], "C");

        var mail = await new OutboxStore(Engine, Keys).ClaimAsync(Time.GetUtcNow(), TimeSpan.FromMinutes(1));
        Assert.Equal((MailKind.ShareCorrected, "hr@example.org", "", true), (mail!.Kind, mail.EmailAddress, mail.Name, mail.IsWelsh));
        Assert.Equal([Noon.ToString("O", CultureInfo.InvariantCulture), reference.ToString()], mail.Values);
        Assert.True(await new OutboxStore(Engine, Keys).SentAsync(mail, Time.GetUtcNow()));
        Assert.Null(await new OutboxStore(Engine, Keys).ClaimAsync(Time.GetUtcNow().AddDays(1), TimeSpan.FromMinutes(1)));
        Assert.Equal(0, await Engine.ReadAsync(session => session.SingleOrDefaultAsync<int>("SELECT count(*) FROM mail WHERE email_address IS NOT NULL")));
    }

    [Fact]
    public async Task A_learner_who_wants_to_know_is_written_to_at_each_look_and_another_is_not()
    {
        var (uln, _, _) = await LearnerAsync();
        var account = (await new AccountStore(Engine, Trail, Keys).AddAsync(
            new() { Id = Guid.CreateVersion7(Noon), Name = "Siân", EmailAddress = $"{uln}@example.org", Roles = Roles.Learner, Uln = uln, Level = ConnectionLevel.L3, Status = AccountStatus.Active, CreatedAt = Noon }, Office))!;
        var own = Own(uln) with { Actor = account.Actor };
        var quiet = (await Shares.AddAsync(uln, Terms(), own)).Added!;
        var told = (await Shares.AddAsync(uln, Terms() with { TellMe = true }, own)).Added!;

        await Checks.OpenAsync(await CodeAsync(quiet), Tries, Checker);
        Assert.Null(await new OutboxStore(Engine, Keys).ClaimAsync(Time.GetUtcNow(), TimeSpan.FromMinutes(1)));
        await Checks.OpenAsync(await CodeAsync(told), Tries, Checker);

        var mail = await new OutboxStore(Engine, Keys).ClaimAsync(Time.GetUtcNow(), TimeSpan.FromMinutes(1));
        Assert.Equal((MailKind.ShareSeen, $"{uln}@example.org"), (mail!.Kind, mail.EmailAddress));
        Assert.True(await new OutboxStore(Engine, Keys).SentAsync(mail, Time.GetUtcNow()));
    }

    [Fact]
    public async Task A_receipt_is_one_for_each_look_and_is_confirmed_later_with_whether_anything_changed()
    {
        var (uln, events, board) = await LearnerAsync();
        var share = await SharedAsync(uln);
        var token = (await Checks.OpenAsync(await CodeAsync(share), Tries, Checker)).Token!;

        var (receipt, seen) = (await Checks.ReceiptAsync(token, Checker))!.Value;
        Assert.Equal(receipt, (await Checks.ReceiptAsync(token, Checker))!.Value.Receipt);
        Assert.Single(seen.Awards);
        Assert.False((await Checks.ConfirmAsync(receipt.Reference, Checker))!.HasChanged);

        await CorrectAsync(uln, board, events[0], "B");
        Time.Advance(TimeSpan.FromDays(8));
        var later = await Checks.ConfirmAsync(receipt.Reference, Checker);
        Assert.Equal((true, ShareState.Over, 1), (later!.HasChanged, later.State, later.Receipt.Awards));
        Assert.Null(await Checks.ConfirmAsync(Core.Reports.ReportReference.New(), Checker));
        Assert.Contains("share-confirmed", await ActionsAsync(uln));
    }

    [Fact]
    public async Task A_share_that_allows_no_receipt_gives_none()
    {
        var (uln, _, _) = await LearnerAsync();
        var share = await SharedAsync(uln, Terms() with { MayDownload = false });
        var token = (await Checks.OpenAsync(await CodeAsync(share), Tries, Checker)).Token!;

        Assert.NotNull(await Checks.ReadAsync(token, Checker));
        Assert.Null(await Checks.ReceiptAsync(token, Checker));
    }

    [Fact]
    public async Task Nothing_that_opens_a_share_or_says_who_tried_is_in_the_database()
    {
        var (uln, _, _) = await LearnerAsync();
        var own = (await Shares.GetAsync((await SharedAsync(uln)).Id, uln, Own(uln)))!;
        await Checks.OpenAsync(new(own.Secrets.Code, Born.AddDays(1), null, Place), Tries, Checker);

        var texts = await Engine.ReadAsync(async session => (await session.QueryAsync<byte[]>("SELECT code_hash FROM share UNION ALL SELECT link_hash FROM share UNION ALL SELECT key FROM share_try"))
            .Select(System.Text.Encoding.Latin1.GetString).ToList());

        Assert.DoesNotContain(texts, text => text.Contains(own.Secrets.Code.Value, StringComparison.Ordinal) || text.Contains(own.Secrets.Link, StringComparison.Ordinal) || text.Contains(Place, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_operation_refuses_what_a_share_may_not_be()
    {
        var (uln, _, _) = await LearnerAsync();
        var create = new CreateShare(Shares, Time);
        var own = OwnAt(uln, ConnectionLevel.L2);

        Assert.Equal(ResponseCodes.DetailsIncorrect, (await create.RunAsync(uln, Terms() with { EndsAt = Noon.AddDays(90) }, own)).Code);
        Assert.Equal(ResponseCodes.ShareMade, (await create.RunAsync(uln, Terms() with { EndsAt = Noon.AddDays(90) }, OwnAt(uln, ConnectionLevel.L3))).Code);
        Assert.Equal("EndsAt", Assert.Single((await create.RunAsync(uln, Terms() with { EndsAt = Noon }, own)).Findings).Field);
        Assert.Equal("Events", Assert.Single((await create.RunAsync(uln, Terms() with { Events = [] }, own)).Findings).Field);
        Assert.Equal("ForWhom", Assert.Single((await create.RunAsync(uln, Terms() with { ForWhom = new string('x', 201) }, own)).Findings).Field);
        Assert.Equal("MostViews", Assert.Single((await create.RunAsync(uln, Terms() with { MostViews = 0 }, own)).Findings).Field);
        Assert.Equal(ResponseCodes.NotAllowed, (await create.RunAsync(uln, Terms(), OwnAt(await RegisteredAsync(A.Learner(familyName: Fresh())), ConnectionLevel.L3))).Code);
    }

    private static Access OwnAt(Uln uln, ConnectionLevel level) => Own(uln) is var own ? own with { Actor = own.Actor with { Level = level } } : own;

    private static ShareTerms Terms() => new() { Fields = ShareFields.Grade, EndsAt = Noon.AddDays(7), MayDownload = true };

    private async Task<Share> SharedAsync(Uln uln, ShareTerms? terms = null) => (await Shares.AddAsync(uln, terms ?? Terms(), Own(uln))).Added!;

    private async Task<ShareAttempt> CodeAsync(Share share) => new((await Shares.GetAsync(share.Id, share.Uln, Own(share.Uln)))!.Secrets.Code, Born, null, Place);

    private async Task<(Uln Uln, IReadOnlyList<LearningEvent> Events, AchievementUploader Board)> LearnerAsync(params string[] grades)
    {
        var text = A.Learner(familyName: Fresh());
        var uln = await RegisteredAsync(text);
        var board = await BoardAsync();
        foreach (var grade in grades.DefaultIfEmpty("A"))
        {
            var outcome = await RecordAsync(A.AchievementOf(uln, text, await QualificationAsync(board), "2026-08-20", grade), board);
            Assert.Equal(AchievementChange.Created, outcome.Change);
        }

        return (uln, [.. (await EventsOfAsync(uln)).OrderBy(learned => learned.Id)], board);
    }

    private async Task CorrectAsync(Uln uln, AchievementUploader board, LearningEvent learned, string grade)
    {
        // A moment later, as it would be.
        Time.Advance(TimeSpan.FromSeconds(1));
        var held = (await Learners.ShowAsync(uln, _ => true, null, By(null)))!.Details;
        var text = A.AchievementOf(uln, A.Learner(held.GivenName, held.FamilyName), learned.Facts.SubjectCode, "2026-08-20", grade) with { Action = "2" };
        Assert.Equal(AchievementChange.Updated, (await RecordAsync(text, board)).Change);
    }
}

public sealed class SharesOnSqlite(SqliteDatabase d) : ShareStoreTests(d), IClassFixture<SqliteDatabase>;

public sealed class SharesOnPostgres(PostgresDatabase d) : ShareStoreTests(d), IClassFixture<PostgresDatabase>;
