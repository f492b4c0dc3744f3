using Plr.Core;
using Plr.Core.DataChallenges;
using Plr.Core.Learners;
using Plr.Core.LearningEvents;

namespace Plr.Store;

/// <summary>How the tables of data challenges are read and written within a transaction that is open; whoever reads leaves the entries.</summary>
internal static class ChallengeRows
{
    private const string Select = """
        SELECT c.id, c.uln, c.event_id, c.type, c.state, c.raised_at, c.raised_by, c.said, c.reference, c.other_event_id, c.subject, c.other_subject, c.wanted,
               c.missing_title, c.missing_awarding, c.missing_taken_at, c.missing_taken_in, c.mail_to, c.organisation_id, o.name AS organisation_name, c.version,
               c.due_on, c.expected_on, c.next_on, c.asked_on, c.reminders, c.is_reviewed, c.decided_by
        FROM data_challenge c LEFT JOIN organisation o ON o.id = c.organisation_id
        """;

    public static async Task<IReadOnlyList<DataChallenge>> ListAsync(Session session, string rest, object args) =>
        [.. (await session.QueryAsync<Row>($"{Select} {rest}", args)).Select(row => row.ToChallenge())];

    public static async Task<DataChallenge?> GetAsync(Session session, Guid id) => (await ListAsync(session, "WHERE c.id = @id", new { id })).SingleOrDefault();

    /// <summary>The challenge, its row locked until the transaction ends, with what somebody decides by.</summary>
    public static async Task<ChallengeInHand?> TakeAsync(Session session, Guid id, bool forUpdate)
    {
        if (forUpdate && session.Engine.Kind == EngineKind.Postgres)
        {
            await session.ExecuteAsync("SELECT 1 FROM data_challenge WHERE id = @id FOR UPDATE", new { id });
        }

        if (await GetAsync(session, id) is not { } challenge)
        {
            return null;
        }

        var ulns = await session.UlnsOfAsync(await session.MasterOfAsync(challenge.Uln));
        var evidence = await session.SingleOrDefaultAsync<int>("SELECT count(*) FROM data_challenge_evidence WHERE challenge_id = @id", new { id });
        return new(challenge, ulns, await IsChangedAsync(session, ulns, challenge), evidence);
    }

    public static async Task<IReadOnlyList<ChallengeStep>> StepsAsync(Session session, Guid id) =>
        [
            .. (await session.QueryAsync<StepRow>(
                """
                SELECT s.number, s.deed, s.state, s.at, s.party, o.name AS organisation, s.said
                FROM data_challenge_step s LEFT JOIN organisation o ON o.id = s.organisation_id
                WHERE s.challenge_id = @id ORDER BY s.number
                """,
                new { id })).Select(row => new ChallengeStep(row.Number, row.Deed, row.State, row.At, row.Party, row.Organisation, row.Said)),
        ];

    /// <summary>Inserts unless its reference or its journey is there already; whether it did.</summary>
    public static async Task<bool> InsertAsync(Session session, DataChallenge challenge, Guid? journey) => await session.ExecuteAsync(
        """
        INSERT INTO data_challenge (
            id, uln, event_id, type, state, raised_at, raised_by, said, reference, other_event_id, subject, other_subject, wanted, missing_title, missing_awarding,
            missing_taken_at, missing_taken_in, mail_to, organisation_id, version, due_on, expected_on, next_on, asked_on, reminders, is_reviewed, decided_by, journey_id)
        VALUES (
            @Id, @uln, @EventId, @type, @state, @RaisedAt, @RaisedBy, @Said, @reference, @OtherEventId, @Subject, @OtherSubject, @Wanted, @title, @awarding,
            @takenAt, @takenIn, @MailTo, @OrganisationId, @Version, @DueOn, @ExpectedOn, @NextOn, @AskedOn, @Reminders, @IsReviewed, @DecidedBy, @journey)
        ON CONFLICT DO NOTHING
        """,
        Values(challenge, journey)) > 0;

    /// <summary>Writes what a step may change.</summary>
    public static Task<int> UpdateAsync(Session session, DataChallenge challenge) => session.ExecuteAsync(
        """
        UPDATE data_challenge SET state = @state, reference = @reference, organisation_id = @OrganisationId, version = @Version, due_on = @DueOn, expected_on = @ExpectedOn,
            next_on = @NextOn, asked_on = @AskedOn, reminders = @Reminders, is_reviewed = @IsReviewed, decided_by = @DecidedBy
        WHERE id = @Id
        """,
        Values(challenge, null));

    /// <summary>Adds a step; its number is the challenge's version.</summary>
    /// <param name="organisation">The organisation that did it, or that it was sent to.</param>
    public static Task<int> AddStepAsync(Session session, DataChallenge after, ChallengeDeed deed, string? said, Guid? organisation, DateTimeOffset at, Access access) => session.ExecuteAsync(
        """
        INSERT INTO data_challenge_step (challenge_id, number, deed, state, at, party, account_id, organisation_id, said)
        VALUES (@Id, @Version, @deed, @state, @at, @party, @account, @organisation, @said)
        """,
        new { after.Id, after.Version, deed = (int)deed, state = (int)after.State, at, party = (int)PartyOf(access), account = access.Actor.AccountId, organisation, said });

    /// <summary>The active organisation that awarded an event: the one that its code names, else the one that sent it as an awarding organisation does.</summary>
    public static async Task<Guid?> AwardingOrganisationAsync(Session session, IReadOnlyList<Uln> ulns, int? eventId)
    {
        if (eventId is not { } id || (await session.VersionsAsync(ulns, id)) is not [.., { } latest])
        {
            return null;
        }

        var code = latest.Facts.AwardingOrganisationUkprn?.Trim().ToUpperInvariant() ?? "";
        var sender = latest.Facts.Source == EventSource.AO ? latest.Provenance.OrganisationId : null;
        return (await session.QueryAsync<Guid>(
            """
            SELECT id FROM organisation
            WHERE status = 1 AND (upper(organisation_ref) = @code OR upper(recognition_number) = @code OR id = @sender)
            ORDER BY CASE WHEN id = @sender THEN 1 ELSE 0 END
            """,
            new { code, sender })).Cast<Guid?>().FirstOrDefault();
    }

    /// <summary>The titles of an event's latest version, by the event's id; those that are not on the record are not in it.</summary>
    public static async Task<Dictionary<int, (Uln Owner, string Subject)>> SubjectsAsync(Session session, IReadOnlyList<Uln> ulns, params int?[] events)
    {
        var found = new Dictionary<int, (Uln, string)>();
        foreach (var id in events.OfType<int>())
        {
            var rows = await session.QueryAsync<SubjectRow>(
                $"SELECT uln, subject FROM ({session.Each("uln, subject, version", "learning_event", "uln", "ulns", "id = @id")}) AS f ORDER BY version DESC LIMIT 1",
                new { ulns = session.Keys(ulns.Select(uln => uln.Value)), id });
            foreach (var row in rows)
            {
                found[id] = (Uln.FromValue(row.Uln), row.Subject);
            }
        }

        return found;
    }

    private static async Task<bool> IsChangedAsync(Session session, IReadOnlyList<Uln> ulns, DataChallenge challenge)
    {
        foreach (var id in new[] { challenge.EventId, challenge.OtherEventId }.OfType<int>())
        {
            if ((await session.VersionsAsync(ulns, id)).Exists(version => version.Provenance.RecordedAt > challenge.RaisedAt))
            {
                return true;
            }
        }

        return false;
    }

    private static ChallengeParty PartyOf(Access access) => access.Actor switch
    {
        { Roles: var roles } when roles.HasFlag(Roles.Learner) => ChallengeParty.Learner,
        { Roles: Roles.Register } => ChallengeParty.Register,
        { OrganisationId: not null } => ChallengeParty.Organisation,
        _ => ChallengeParty.Office,
    };

    private static object Values(DataChallenge challenge, Guid? journey) => new
    {
        challenge.Id,
        uln = challenge.Uln.Value,
        challenge.EventId,
        type = (int)challenge.Type,
        state = (int)challenge.State,
        challenge.RaisedAt,
        challenge.RaisedBy,
        challenge.Said,
        reference = challenge.Reference?.Value,
        challenge.OtherEventId,
        challenge.Subject,
        challenge.OtherSubject,
        challenge.Wanted,
        title = challenge.Missing?.Title,
        awarding = challenge.Missing?.AwardingOrganisation,
        takenAt = challenge.Missing?.TakenAt,
        takenIn = challenge.Missing?.TakenIn,
        challenge.MailTo,
        challenge.OrganisationId,
        challenge.Version,
        challenge.DueOn,
        challenge.ExpectedOn,
        challenge.NextOn,
        challenge.AskedOn,
        challenge.Reminders,
        challenge.IsReviewed,
        challenge.DecidedBy,
        journey,
    };

    private sealed class SubjectRow
    {
        public long Uln { get; init; }

        public string Subject { get; init; } = "";
    }

    private sealed class StepRow
    {
        public int Number { get; init; }

        public ChallengeDeed Deed { get; init; }

        public ChallengeState State { get; init; }

        public DateTimeOffset At { get; init; }

        public ChallengeParty Party { get; init; }

        public string? Organisation { get; init; }

        public string? Said { get; init; }
    }

    private sealed class Row
    {
        public Guid Id { get; init; }

        public long Uln { get; init; }

        public int? EventId { get; init; }

        public ChallengeType Type { get; init; }

        public ChallengeState State { get; init; }

        public DateTimeOffset RaisedAt { get; init; }

        public Guid? RaisedBy { get; init; }

        public string Said { get; init; } = "";

        public string? Reference { get; init; }

        public int? OtherEventId { get; init; }

        public string? Subject { get; init; }

        public string? OtherSubject { get; init; }

        public string? Wanted { get; init; }

        public string? MissingTitle { get; init; }

        public string? MissingAwarding { get; init; }

        public string? MissingTakenAt { get; init; }

        public string? MissingTakenIn { get; init; }

        public string? MailTo { get; init; }

        public Guid? OrganisationId { get; init; }

        public string? OrganisationName { get; init; }

        public int Version { get; init; }

        public DateOnly? DueOn { get; init; }

        public DateOnly? ExpectedOn { get; init; }

        public DateOnly? NextOn { get; init; }

        public DateOnly? AskedOn { get; init; }

        public int Reminders { get; init; }

        public bool IsReviewed { get; init; }

        public Guid? DecidedBy { get; init; }

        public DataChallenge ToChallenge() => new(Id, Core.Learners.Uln.FromValue(Uln), EventId, Type, State, RaisedAt, RaisedBy, Said)
        {
            Reference = ChallengeReference.TryParse(Reference, out var reference) ? reference : null,
            OtherEventId = OtherEventId,
            Subject = Subject,
            OtherSubject = OtherSubject,
            Wanted = Wanted,
            Missing = MissingTitle is null ? null : new(MissingTitle, MissingAwarding, MissingTakenAt, MissingTakenIn),
            MailTo = MailTo,
            OrganisationId = OrganisationId,
            OrganisationName = OrganisationName,
            Version = Version,
            DueOn = DueOn,
            ExpectedOn = ExpectedOn,
            NextOn = NextOn,
            AskedOn = AskedOn,
            Reminders = Reminders,
            IsReviewed = IsReviewed,
            DecidedBy = DecidedBy,
        };
    }
}
