using System.Security.Cryptography;
using System.Text;
using Plr.Core;
using Plr.Core.Accounts;
using Plr.Core.DataChallenges;
using Plr.Core.Learners;
using Plr.Core.LearningEvents;
using Plr.Core.Mail;
using Plr.Core.Responses;
using Plr.Testing;

namespace Plr.Store.Tests;

public abstract class DataChallengeStoreTests(Database database) : RegisterTests(database)
{
    private static readonly ChallengeClock TheClock = new(new(WorkingDays.ByRule));
    private static readonly EvidenceLimits Limits = new(1, 2);

    private DataChallengeStore Challenges => new(Engine, Trail, Time);

    private EvidenceStore Evidence => new(Engine, Trail, Challenges, Keys, Time);

    [Fact]
    public async Task A_challenge_goes_at_once_to_the_awarding_organisation_with_a_reference_and_days()
    {
        var (own, board, events) = await LearnerAsync();

        var raised = await RaiseAsync(new(own.Actor.OwnUln!.Value, events[0], ChallengeType.WrongGrade, " It was an 8. ") { Wanted = "8" }, own);

        Assert.Equal((ChallengeState.WithOrganisation, board.OrganisationId, board.Name, "It was an 8.", "8"), (raised.State, raised.OrganisationId, raised.OrganisationName, raised.Said, raised.Wanted));
        Assert.Equal((new DateOnly(2026, 12, 21), new DateOnly(2026, 12, 23), new DateOnly(2026, 12, 7)), (raised.DueOn, raised.ExpectedOn, raised.NextOn));
        Assert.Equal("Test Board Level 3 GCE A Level in Mathematics", raised.Subject);
        Assert.NotNull(raised.Reference);
        Assert.Equal([raised], await Challenges.ListAsync(raised.Uln, own));
        var history = await new ViewChallenge(Challenges).RunAsync(raised.Id, own);
        Assert.Equal(raised, history!.Challenge);
        Assert.Equal(
            [(1, ChallengeDeed.Raised, ChallengeParty.Learner, null), (2, ChallengeDeed.SentToOrganisation, ChallengeParty.Learner, board.Name)],
            history.Steps.Select(step => (step.Number, step.Deed, step.By, step.Organisation)));
        Assert.Equal(["challenge-raised", "challenge-sent", "challenge-shown", "challenge-shown"], (await ActionsAsync(raised.Uln))[^4..]);
        Assert.Empty(await FaultsAsync());
    }

    [Fact]
    public async Task Details_a_missing_qualification_and_an_organisation_that_is_not_active_are_the_offices()
    {
        var (own, board, events) = await LearnerAsync();
        var uln = own.Actor.OwnUln!.Value;

        Assert.Equal(ChallengeState.WithOffice, (await RaiseAsync(new(uln, null, ChallengeType.WrongDetails, "My name is Prys."), own)).State);
        Assert.Equal(ChallengeState.WithOffice, (await RaiseAsync(new(uln, null, ChallengeType.DuplicateUln, "I have two."), own)).State);
        var missing = await RaiseAsync(new(uln, null, ChallengeType.Missing, null) { Missing = new("GCSE Welsh", " WJEC ", " ", null) }, own);
        Assert.Equal((ChallengeState.WithOffice, new MissingQualification("GCSE Welsh", "WJEC", null, null), ""), (missing.State, missing.Missing, missing.Said));
        await ExecuteAsync("UPDATE organisation SET status = 2 WHERE id = @id", new { id = board.OrganisationId });
        Assert.Equal((ChallengeState.WithOffice, null), await RaiseAsync(new(uln, events[0], ChallengeType.WrongProvider, "x"), own) is var sent ? (sent.State, sent.DueOn) : default);
        Assert.Equal(4, (await new ListChallengesToAnswer(Challenges).RunAsync(Office)).Count(one => one.Uln == uln));
    }

    [Fact]
    public async Task While_it_is_open_both_events_show_so_and_once_it_is_accepted_neither_does()
    {
        var (own, board, events) = await LearnerAsync(2);
        var raised = await RaiseAsync(new(own.Actor.OwnUln!.Value, events[0], ChallengeType.AppearsMoreThanOnce, "I took it once.") { OtherEventId = events[1] }, own);

        Assert.All(await EventsOfAsync(raised.Uln), found => Assert.True(found.UnderDataChallenge));
        Assert.True((await new GetLearningEvent(Events).RunAsync(raised.Uln, events[1], own))!.Event.UnderDataChallenge);
        Assert.NotNull(raised.OtherSubject);
        var accept = new AcceptChallenge(Challenges);
        Assert.Equal(ResponseCodes.NotCorrectedYet, (await accept.RunAsync(raised.Id, raised.Version, null, ByBoard(board))).Code);
        Time.Advance(TimeSpan.FromMinutes(1));
        await WithdrawEventAsync(raised.Uln, board);
        var accepted = await accept.RunAsync(raised.Id, raised.Version, " One is withdrawn. ", ByBoard(board));

        Assert.Equal((ResponseCodes.ChallengeMoved, ChallengeState.Accepted, null), (accepted.Code, accepted.Challenge!.State, accepted.Challenge.NextOn));
        Assert.All(await EventsOfAsync(raised.Uln), found => Assert.False(found.UnderDataChallenge));
        Assert.Equal((ChallengeDeed.Accepted, ChallengeParty.Organisation, board.Name, "One is withdrawn."), (await HistoryAsync(raised, own)).Steps[^1] is var last ? (last.Deed, last.By, last.Organisation, last.Said) : default);
    }

    [Fact]
    public async Task What_is_not_on_this_learners_record_cannot_be_challenged_and_nobody_elses_can_be_seen_or_touched()
    {
        var (own, _, events) = await LearnerAsync();
        var (stranger, _, theirs) = await LearnerAsync();
        var uln = own.Actor.OwnUln!.Value;
        var raised = await RaiseAsync(new(uln, events[0], ChallengeType.WrongGrade, "x"), own);

        Assert.Equal(ResponseCodes.UnknownEvent, (await Raise.RunAsync(new(uln, theirs[0], ChallengeType.WrongGrade, "x"), own)).Code);
        Assert.Equal(ResponseCodes.UnknownEvent, (await Raise.RunAsync(new(uln, events[0], ChallengeType.NotThisLearners, "x") { OtherEventId = theirs[0] }, own)).Code);
        Assert.Equal(ResponseCodes.NotAllowed, (await Raise.RunAsync(new(uln, events[0], ChallengeType.WrongGrade, "x"), stranger)).Code);
        Assert.Null(await new ViewChallenge(Challenges).RunAsync(raised.Id, stranger));
        Assert.Empty(await new ListOwnChallenges(Challenges).RunAsync(uln, stranger));
        Assert.Equal(ResponseCodes.UnknownChallenge, (await new WithdrawChallenge(Challenges).RunAsync(raised.Id, stranger)).Code);
        Assert.Equal(ResponseCodes.UnknownChallenge, await AddEvidence.RunAsync(new(Pdf("theirs"), Challenge: raised.Id), stranger));
        Assert.Equal(ResponseCodes.UnknownChallenge, (await new WithdrawChallenge(Challenges).RunAsync(Guid.Empty, own)).Code);
        Assert.Equal([raised], await Challenges.ListAsync(uln, own));
    }

    [Fact]
    public async Task Only_people_of_the_organisation_that_has_it_answer_it_and_officers_what_the_office_has()
    {
        var (own, board, events) = await LearnerAsync();
        var other = await BoardAsync();
        var uln = own.Actor.OwnUln!.Value;
        var raised = await RaiseAsync(new(uln, events[0], ChallengeType.WrongGrade, "x"), own);
        var details = await RaiseAsync(new(uln, null, ChallengeType.WrongDetails, "x"), own);
        var reject = new RejectChallenge(Challenges);

        Assert.Equal(ResponseCodes.UnknownChallenge, (await reject.RunAsync(raised.Id, raised.Version, "No.", ByBoard(other))).Code);
        Assert.Equal(ResponseCodes.UnknownChallenge, (await reject.RunAsync(raised.Id, raised.Version, "No.", Office)).Code);
        Assert.Equal(ResponseCodes.UnknownChallenge, (await reject.RunAsync(details.Id, details.Version, "No.", ByBoard(board))).Code);
        Assert.Equal(ResponseCodes.NotAllowed, (await reject.RunAsync(raised.Id, raised.Version, "No.", own)).Code);
        Assert.Equal(ResponseCodes.NotAllowed, (await reject.RunAsync(raised.Id, raised.Version, "No.", By(null, Roles.LrbOnline) with { Actor = By(null).Actor with { OrganisationId = board.OrganisationId, Roles = Roles.LrbOnline } })).Code);
        Assert.Null(await new ViewChallenge(Challenges).RunAsync(raised.Id, Office));
        Assert.Equal([raised.Id], (await new ListChallengesToAnswer(Challenges).RunAsync(ByBoard(board))).Select(one => one.Id));
        Assert.Empty(await new ListChallengesToAnswer(Challenges).RunAsync(ByBoard(other)));
        var desk = ByBoard(board) with { Actor = ByBoard(board).Actor with { Roles = Roles.DataChallenge }, Purpose = Purpose.Enrolment };
        Assert.Equal(ResponseCodes.ChallengeMoved, (await reject.RunAsync(raised.Id, raised.Version, "It is as the examiners marked it.", desk)).Code);
        Assert.Equal(ResponseCodes.ChallengeMoved, (await new AcceptChallenge(Challenges).RunAsync(details.Id, details.Version, null, Office)).Code);
    }

    [Fact]
    public async Task More_is_asked_and_given_and_the_days_move_on()
    {
        var (own, board, events) = await LearnerAsync();
        var raised = await RaiseAsync(new(own.Actor.OwnUln!.Value, events[0], ChallengeType.WrongGrade, "x"), own);
        var ask = new AskForInformation(Challenges, TheClock, Time);
        var give = new GiveInformation(Challenges, TheClock, Time);

        Assert.Equal(ResponseCodes.DetailsIncorrect, (await ask.RunAsync(raised.Id, raised.Version, " ", ByBoard(board))).Code);
        Assert.Equal(ResponseCodes.ChallengeNotInState, (await give.RunAsync(raised.Id, "x", own)).Code);
        var asked = (await ask.RunAsync(raised.Id, raised.Version, "Which series?", ByBoard(board))).Challenge!;
        Assert.Equal(ResponseCodes.ChallengeNotInState, (await new RejectChallenge(Challenges).RunAsync(raised.Id, asked.Version, "No.", ByBoard(board))).Code);
        Time.Advance(TimeSpan.FromDays(7));
        var given = (await give.RunAsync(raised.Id, "Summer 2026.", own)).Challenge!;

        Assert.Equal((ChallengeState.MoreInformationWanted, new DateOnly(2026, 11, 23)), (asked.State, asked.AskedOn));
        Assert.Equal((ChallengeState.WithOrganisation, new DateOnly(2026, 12, 30), null), (given.State, given.DueOn, given.AskedOn));
        Assert.Equal(["Which series?", "Summer 2026."], (await HistoryAsync(raised, own)).Steps.Select(step => step.Said).OfType<string>());
        Assert.Equal(ResponseCodes.ChallengeNotInState, (await give.RunAsync(raised.Id, "Again.", own)).Code);
    }

    [Fact]
    public async Task Of_two_who_answer_at_once_the_second_is_told()
    {
        var (own, board, events) = await LearnerAsync();
        var raised = await RaiseAsync(new(own.Actor.OwnUln!.Value, events[0], ChallengeType.WrongGrade, "x"), own);
        var (reject, ask) = (new RejectChallenge(Challenges), new AskForInformation(Challenges, TheClock, Time));

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(i => i % 2 == 0 ? reject.RunAsync(raised.Id, raised.Version, "No.", ByBoard(board)) : ask.RunAsync(raised.Id, raised.Version, "Why?", ByBoard(board))));

        Assert.Single(answers, answer => answer.Code == ResponseCodes.ChallengeMoved);
        Assert.Equal(3, answers.Count(answer => answer.Code == ResponseCodes.ChallengeMovedMeanwhile));
        Assert.Equal(3, (await HistoryAsync(raised, own)).Steps.Count);
    }

    [Fact]
    public async Task A_rejection_is_reviewed_once_by_the_office_and_not_by_who_rejected_it()
    {
        var (own, board, events) = await LearnerAsync();
        var raised = await RaiseAsync(new(own.Actor.OwnUln!.Value, events[0], ChallengeType.WrongGrade, "x"), own);
        var (reject, review) = (new RejectChallenge(Challenges), new AskForReview(Challenges, TheClock, Time));

        Assert.Equal(ResponseCodes.ChallengeNotInState, (await review.RunAsync(raised.Id, "x", own)).Code);
        await reject.RunAsync(raised.Id, raised.Version, "No.", ByBoard(board));
        Time.Advance(TimeSpan.FromDays(30));
        var asked = (await review.RunAsync(raised.Id, "I have the certificate.", own)).Challenge!;
        Assert.Equal((ChallengeState.WithOffice, null, true, new DateOnly(2027, 1, 25)), (asked.State, asked.OrganisationId, asked.IsReviewed, asked.ExpectedOn));
        Assert.True(Assert.Single(await EventsOfAsync(raised.Uln)).UnderDataChallenge);
        await ExecuteAsync("UPDATE data_challenge SET decided_by = @by WHERE id = @id", new { by = Office.Actor.AccountId, id = raised.Id });
        Assert.Equal(ResponseCodes.OwnDecision, (await reject.RunAsync(raised.Id, asked.Version, "No.", Office)).Code);
        var second = Office with { Actor = Office.Actor with { AccountId = Guid.CreateVersion7() } };
        Assert.Equal(ResponseCodes.ChallengeMoved, (await reject.RunAsync(raised.Id, asked.Version, "No.", second)).Code);
        Assert.Equal(ResponseCodes.ReviewedAlready, (await review.RunAsync(raised.Id, "But.", own)).Code);
    }

    [Fact]
    public async Task A_learner_withdraws_what_is_open_and_nothing_else()
    {
        var (own, board, events) = await LearnerAsync();
        var raised = await RaiseAsync(new(own.Actor.OwnUln!.Value, events[0], ChallengeType.WrongGrade, "x"), own);
        var withdraw = new WithdrawChallenge(Challenges);

        Assert.Equal(ChallengeState.Withdrawn, (await withdraw.RunAsync(raised.Id, own)).Challenge!.State);
        Assert.Equal(ResponseCodes.ChallengeNotInState, (await withdraw.RunAsync(raised.Id, own)).Code);
        Assert.Equal(ResponseCodes.ChallengeMovedMeanwhile, (await new RejectChallenge(Challenges).RunAsync(raised.Id, raised.Version, "No.", ByBoard(board))).Code);
        Assert.False(Assert.Single(await EventsOfAsync(raised.Uln)).UnderDataChallenge);
    }

    [Fact]
    public async Task The_clock_reminds_hands_over_and_closes_by_itself_and_on_several_servers_once()
    {
        var (own, board, events) = await LearnerAsync(2);
        var uln = own.Actor.OwnUln!.Value;
        var late = await RaiseAsync(new(uln, events[0], ChallengeType.WrongGrade, "x"), own);
        var quiet = await RaiseAsync(new(uln, events[1], ChallengeType.WrongGrade, "x"), own);
        await new AskForInformation(Challenges, TheClock, Time).RunAsync(quiet.Id, quiet.Version, "Which?", ByBoard(board));
        var tend = new TendChallenges(Challenges, TheClock, Time);

        Assert.Equal(0, await tend.RunAsync(own));
        foreach (var day in new[] { 7, 14, 22, 24 })
        {
            Time.SetUtcNow(new DateTimeOffset(2026, 12, day, 6, 0, 0, TimeSpan.Zero));
            await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => tend.RunAsync(Access.Upkeep("test"))));
        }

        var steps = (await HistoryAsync(late, own)).Steps;
        Assert.Equal([ChallengeDeed.Raised, ChallengeDeed.SentToOrganisation, ChallengeDeed.Reminded, ChallengeDeed.Reminded, ChallengeDeed.Escalated], steps.Select(step => step.Deed));
        Assert.All(steps.Skip(2), step => Assert.Equal((ChallengeParty.Register, board.Name), (step.By, step.Organisation)));
        Assert.Equal(ChallengeDeed.Closed, (await HistoryAsync(quiet, own)).Steps[^1].Deed);
        Assert.Equal(late.Id, Assert.Single(await new ListChallengesToAnswer(Challenges).RunAsync(Office), one => one.Uln == uln).Id);
    }

    [Fact]
    public async Task What_was_raised_before_there_was_a_clock_is_taken_up_by_it()
    {
        var (own, board, events) = await LearnerAsync();
        var id = Guid.CreateVersion7();
        await ExecuteAsync(
            "INSERT INTO data_challenge (id, uln, event_id, type, state, raised_at, said) VALUES (@id, @uln, @eventId, 10, 1, @at, 'old')",
            new { id, uln = own.Actor.OwnUln!.Value.Value, eventId = events[0], at = Noon.AddDays(-90) });
        Assert.Null(Assert.Single(await Challenges.ListAsync(own.Actor.OwnUln.Value, own)).Reference);

        await new TendChallenges(Challenges, TheClock, Time).RunAsync(Access.Upkeep("test"));

        var found = Assert.Single(await Challenges.ListAsync(own.Actor.OwnUln.Value, own));
        Assert.Equal((ChallengeState.WithOrganisation, board.OrganisationId, new DateOnly(2026, 12, 21), true), (found.State, found.OrganisationId, found.DueOn, found.Reference is not null));
    }

    [Fact]
    public async Task One_journey_raises_one_challenge_with_its_evidence_however_often_and_at_once_it_is_sent()
    {
        var (own, _, events) = await LearnerAsync();
        var journey = await JourneyAsync(own);
        Assert.Equal(ResponseCodes.EvidenceAdded, await AddEvidence.RunAsync(new(Pdf("slip"), journey), own));
        var request = new RaiseChallenge.Request(own.Actor.OwnUln!.Value, events[0], ChallengeType.WrongGrade, "x") { Journey = journey };

        var raised = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Raise.RunAsync(request, own)));

        Assert.All(raised, answer => Assert.Equal(ResponseCodes.ChallengeRaised, answer.Code));
        Assert.Single(raised.Select(answer => answer.Challenge!.Id).Distinct());
        Assert.Single(await Challenges.ListAsync(request.Uln, own));
        Assert.Equal("slip.pdf", Assert.Single((await HistoryAsync(raised[0].Challenge!, own)).Evidence).Name);
        Assert.Empty(await Evidence.DraftsAsync(journey, own.Actor.AccountId!.Value));
    }

    [Fact]
    public async Task Nobody_has_more_open_challenges_than_can_be_answered()
    {
        var (own, _, _) = await LearnerAsync();
        var request = new RaiseChallenge.Request(own.Actor.OwnUln!.Value, null, ChallengeType.Missing, "x");
        var codes = new List<ResponseCode>();
        for (var i = 0; i <= ChallengeRules.MostOpen; i++)
        {
            codes.Add((await Raise.RunAsync(request, own)).Code);
        }

        Assert.Equal((ChallengeRules.MostOpen, ResponseCodes.TooManyChallenges), (codes.Count(code => code == ResponseCodes.ChallengeRaised), codes[^1]));
    }

    [Fact]
    public async Task Evidence_comes_back_as_it_was_and_lies_in_the_database_encrypted()
    {
        var (own, board, events) = await LearnerAsync();
        var raised = await RaiseAsync(new(own.Actor.OwnUln!.Value, events[0], ChallengeType.WrongGrade, "x"), own);
        byte[] content = [.. Pdf("start").Content, .. RandomNumberGenerator.GetBytes(700_000), .. Pdf("The grade of Siân").Content];

        Assert.Equal(ResponseCodes.EvidenceAdded, await AddEvidence.RunAsync(new(new SentFile("slip.pdf", content), Challenge: raised.Id), own));

        var history = await HistoryAsync(raised, own);
        var file = Assert.Single(history.Evidence);
        Assert.Equal((content.Length, EvidenceKind.Pdf, ChallengeDeed.EvidenceAdded), (file.Size, file.Kind, history.Steps[^1].Deed));
        var view = new ViewEvidence(Evidence);
        Assert.Equal(content, (await view.RunAsync(raised.Id, file.Id, own))!.Content);
        Assert.Equal(content, (await view.RunAsync(raised.Id, file.Id, ByBoard(board)))!.Content);
        Assert.Null(await view.RunAsync(raised.Id, file.Id, Office));
        Assert.Null(await view.RunAsync(raised.Id, Guid.Empty, own));
        var parts = (await Engine.ReadAsync(session => session.QueryAsync<byte[]>("SELECT content FROM data_challenge_evidence_part WHERE evidence_id = @Id ORDER BY number", new { file.Id }))).ToList();
        Assert.Equal(3, parts.Count);
        Assert.DoesNotContain("The grade", Encoding.Latin1.GetString([.. parts.SelectMany(part => part)]), StringComparison.Ordinal);
        Assert.Equal("challenge-evidence-shown", (await ActionsAsync(raised.Uln))[^1]);
        await ExecuteAsync("UPDATE data_challenge_evidence_part SET number = number + 10 WHERE evidence_id = @Id AND number < 2", new { file.Id });
        await Assert.ThrowsAnyAsync<CryptographicException>(() => view.RunAsync(raised.Id, file.Id, own));
    }

    [Fact]
    public async Task Evidence_is_limited_in_number_and_kept_to_its_journey_and_its_owner()
    {
        var (own, _, events) = await LearnerAsync();
        var (stranger, _, _) = await LearnerAsync();
        var journey = await JourneyAsync(own);
        var account = own.Actor.AccountId!.Value;

        Assert.Equal(ResponseCodes.UnknownChallenge, await AddEvidence.RunAsync(new(Pdf("a"), journey), stranger));
        Assert.Equal(ResponseCodes.EvidenceRefused, await AddEvidence.RunAsync(new(new("slip.pdf", "PK\u0003\u0004"u8.ToArray()), journey), own));
        Assert.Equal(ResponseCodes.EvidenceTooLarge, await AddEvidence.RunAsync(new(new("slip.pdf", new byte[(1024 * 1024) + 1]), journey), own));
        var added = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => AddEvidence.RunAsync(new(Pdf($"file {i % 3}"), journey), own)));
        Assert.Equal(2, (await Evidence.DraftsAsync(journey, account)).Count);
        Assert.Equal(4, added.Count(code => code == ResponseCodes.EvidenceAdded));
        Assert.Empty(await Evidence.DraftsAsync(journey, stranger.Actor.AccountId!.Value));
        var first = (await Evidence.DraftsAsync(journey, account))[0];
        Assert.False(await Evidence.RemoveDraftAsync(journey, stranger.Actor.AccountId.Value, first.Id));
        Assert.True(await Evidence.RemoveDraftAsync(journey, account, first.Id));
        var raised = await RaiseAsync(new(own.Actor.OwnUln!.Value, events[0], ChallengeType.WrongGrade, "x") { Journey = journey }, own);
        Assert.Equal(ResponseCodes.EvidenceAdded, await AddEvidence.RunAsync(new(Pdf("later"), Challenge: raised.Id), own));
        Assert.Equal(ResponseCodes.TooMuchEvidence, await AddEvidence.RunAsync(new(Pdf("too late"), Challenge: raised.Id), own));
    }

    [Fact]
    public async Task Evidence_of_a_journey_that_is_over_is_removed_and_of_a_challenge_never()
    {
        var (own, _, events) = await LearnerAsync();
        var (over, sent) = (await JourneyAsync(own), await JourneyAsync(own));
        await AddEvidence.RunAsync(new(Pdf("over"), over), own);
        await AddEvidence.RunAsync(new(Pdf("sent"), sent), own);
        var raised = await RaiseAsync(new(own.Actor.OwnUln!.Value, events[0], ChallengeType.WrongGrade, "x") { Journey = sent }, own);

        Assert.Equal(0, await Evidence.RemoveExpiredAsync(Noon));
        Assert.Equal(1, await Evidence.RemoveExpiredAsync(Noon.AddDays(8)));
        Assert.Empty(await Evidence.DraftsAsync(over, own.Actor.AccountId!.Value));
        Assert.Single((await HistoryAsync(raised, own)).Evidence);
    }

    [Fact]
    public async Task Each_step_is_told_by_mail_with_the_reference_and_no_word_of_the_challenge()
    {
        var (own, board, events) = await LearnerAsync();
        var accounts = new AccountStore(Engine, Trail, Keys);
        await accounts.AddAsync(Person(own.Actor.AccountId!.Value, "sian" + own.Actor.OwnUln + "@example.org", Roles.Learner), Office);
        await accounts.AddAsync(Person(Guid.CreateVersion7(), "eleri" + board.Reference + "@example.org", Roles.AwardingOrganisation, board.OrganisationId), Office);
        await accounts.AddAsync(Person(Guid.CreateVersion7(), "super" + board.Reference + "@example.org", Roles.SuperUser, board.OrganisationId), Office);
        var raised = await RaiseAsync(new(own.Actor.OwnUln!.Value, events[0], ChallengeType.WrongGrade, "My secret.") { MailTo = "home@example.org" }, own);
        await new AskForInformation(Challenges, TheClock, Time).RunAsync(raised.Id, raised.Version, "Which?", ByBoard(board));
        await new GiveInformation(Challenges, TheClock, Time).RunAsync(raised.Id, "That.", own);
        await new RejectChallenge(Challenges).RunAsync(raised.Id, 4, "No.", ByBoard(board));

        var sent = new List<ClaimedMail>();
        while (await new OutboxStore(Engine, Keys).ClaimAsync(Noon, TimeSpan.FromHours(1)) is { } mail)
        {
            sent.Add(mail);
        }

        var about = sent.Where(mail => mail.Values.Contains(raised.Reference.ToString()!)).ToList();
        Assert.Equal(
            [
                (MailKind.ChallengeInformationAsked, "home@example.org", "2026-12-21"), (MailKind.ChallengeInformationGiven, "home@example.org", "2026-12-23"),
                (MailKind.ChallengeNews, $"eleri{board.Reference}@example.org".ToLowerInvariant(), "2026-12-21"), (MailKind.ChallengeRaised, "home@example.org", "2026-12-23"),
                (MailKind.ChallengeRejected, "home@example.org", ""), (MailKind.ChallengeToAnswer, $"eleri{board.Reference}@example.org".ToLowerInvariant(), "2026-12-21"),
            ],
            about.Select(mail => (mail.Kind, mail.EmailAddress!, mail.Values[1])).OrderBy(mail => mail.Kind.ToString(), StringComparer.Ordinal));
        Assert.All(about, mail => Assert.Equal(2, mail.Values.Count));
    }

    [Theory]
    [InlineData("", null)]
    [InlineData(null, "held@example.org")]
    public async Task Who_wants_none_is_written_to_nowhere_and_who_has_no_address_at_the_one_that_is_held(string? wanted, string? expected)
    {
        var (own, _, events) = await LearnerAsync(email: "held@example.org");
        await new AccountStore(Engine, Trail, Keys).AddAsync(Person(own.Actor.AccountId!.Value, null, Roles.Learner), Office);
        var raised = await RaiseAsync(new(own.Actor.OwnUln!.Value, events[0], ChallengeType.WrongGrade, "x") { MailTo = wanted }, own);
        var reference = raised.Reference.ToString()!;

        ClaimedMail? found = null;
        while (await new OutboxStore(Engine, Keys).ClaimAsync(Noon, TimeSpan.FromHours(1)) is { } mail)
        {
            found = mail.Values.Contains(reference) ? mail : found;
        }

        Assert.Equal(expected, found?.EmailAddress);
    }

    [Fact]
    public async Task A_step_is_never_changed_or_removed()
    {
        var (own, _, events) = await LearnerAsync();
        var raised = await RaiseAsync(new(own.Actor.OwnUln!.Value, events[0], ChallengeType.WrongGrade, "x"), own);

        await Assert.ThrowsAnyAsync<Exception>(() => ExecuteAsync("UPDATE data_challenge_step SET said = 'y' WHERE challenge_id = @Id", new { raised.Id }));
        await Assert.ThrowsAnyAsync<Exception>(() => ExecuteAsync("DELETE FROM data_challenge_step WHERE challenge_id = @Id", new { raised.Id }));
        Assert.Equal(2, (await HistoryAsync(raised, own)).Steps.Count);
    }

    private RaiseChallenge Raise => new(Challenges, TheClock, Time);

    private AddEvidence AddEvidence => new(Evidence, Limits, Time);

    private static SentFile Pdf(string words) => new("slip.pdf", Encoding.UTF8.GetBytes($"%PDF-1.7\n{words}\n%%EOF\n"));

    private static Account Person(Guid id, string? email, Roles roles, Guid? organisation = null) =>
        new() { Id = id, Name = "Somebody", EmailAddress = email, Roles = roles, OrganisationId = organisation, Status = AccountStatus.Active, CreatedAt = Noon };

    private async Task<DataChallenge> RaiseAsync(RaiseChallenge.Request request, Access own)
    {
        var answer = await Raise.RunAsync(request, own);
        Assert.Equal(ResponseCodes.ChallengeRaised, answer.Code);
        return answer.Challenge!;
    }

    private async Task<ChallengeHistory> HistoryAsync(DataChallenge challenge, Access own) => (await new ViewChallenge(Challenges).RunAsync(challenge.Id, own))!;

    private async Task<Guid> JourneyAsync(Access own)
    {
        await new AccountStore(Engine, Trail, Keys).AddAsync(Person(own.Actor.AccountId!.Value, null, Roles.Learner), Office);
        return await new JourneyStore(Engine).AddAsync(own.Actor.AccountId.Value, "test", "{}", Noon.AddDays(7));
    }

    private async Task WithdrawEventAsync(Uln uln, AchieverBoard board) =>
        Assert.NotNull((await RecordAsync(A.Achievement($"{uln}", board.Number) with { GivenName = "Siân", FamilyName = board.FamilyName, Action = "3" }, board.Uploader)).Change);

    /// <summary>A learner with events of one awarding organisation, who does what they do themselves.</summary>
    private async Task<(Access Own, AchieverBoard Board, IReadOnlyList<int> Events)> LearnerAsync(int events = 1, string? email = null)
    {
        var board = await BoardAsync();
        var learner = A.Learner(familyName: Fresh()) with { EmailAddress = email };
        var outcome = Assert.Single(await Learners.RegisterAsync([Registration.Check(1, learner, A.Today)], null, By(await CollegeAsync())));
        var uln = Uln.Parse(outcome.Uln!);
        var number = "";
        for (var i = 0; i < events; i++)
        {
            number = await QualificationAsync(board);
            Assert.NotNull((await RecordAsync(A.Achievement($"{uln}", number) with { GivenName = learner.GivenName, FamilyName = learner.FamilyName }, board)).Change);
        }

        var own = Own(uln) with { Actor = Own(uln).Actor with { AccountId = Guid.CreateVersion7() } };
        return (own, new(board, number, learner.FamilyName!), [.. (await EventsOfAsync(uln)).Select(found => found.Id).Order()]);
    }

    private static Access ByBoard(AchieverBoard board) => ByBoard(board.Uploader);

    private sealed record AchieverBoard(AchievementUploader Uploader, string Number, string FamilyName)
    {
        public Guid OrganisationId => Uploader.OrganisationId;

        public string Name => Uploader.Name;

        public string Reference => Uploader.OrganisationRef;
    }
}

public sealed class DataChallengesOnSqlite(SqliteDatabase d) : DataChallengeStoreTests(d), IClassFixture<SqliteDatabase>;

public sealed class DataChallengesOnPostgres(PostgresDatabase d) : DataChallengeStoreTests(d), IClassFixture<PostgresDatabase>;
