using Plr.Core.Accounts;
using Plr.Core.DataChallenges;
using Plr.Core.Imports;
using Plr.Core.Learners;
using Plr.Core.LearningEvents;
using Plr.Core.MachineClients;
using Plr.Core.Organisations;
using Plr.Core.Qualifications;

namespace Plr.Core.Demo;

/// <summary>Sends files as organisations do: made of rows by heading, saved, submitted, judged.</summary>
public interface IDemoFiles
{
    /// <summary>Sends a learner registration file (2A).</summary>
    /// <returns>The ULN of each row, in order.</returns>
    /// <exception cref="InvalidOperationException">A row was refused: the demo's own data are wrong.</exception>
    Task<IReadOnlyList<string>> RegisterAsync(Organisation provider, IReadOnlyList<IReadOnlyDictionary<string, string>> rows, DateTimeOffset at, CancellationToken ct);

    /// <summary>Sends an achievements file (1A).</summary>
    /// <exception cref="InvalidOperationException">As above.</exception>
    Task AchieveAsync(Organisation awarding, IReadOnlyList<IReadOnlyDictionary<string, string>> rows, DateTimeOffset at, CancellationToken ct);
}

/// <summary>Somebody of the demo whom a visitor can be.</summary>
/// <param name="Key">The last part of the hint's key.</param>
/// <param name="Audience">learner, organisation or office.</param>
public sealed record DemoPerson(Guid AccountId, string Name, string Audience, string Key);

/// <summary>The college's software, with its secret and a learner to ask for.</summary>
public sealed record DemoClient(Guid Id, string Secret, string Uln);

/// <summary>What was made.</summary>
public sealed record DemoResults(int Learners, int Events, int Organisations, IReadOnlyList<DemoPerson> People, DemoClient? Client);

/// <summary>
/// Fills an empty register with some years of invented learners, through the operations that everybody uses: imports, files, accounts,
/// readings, data challenges. The clock is put forward through those years, so that records have a past. The same each time but for the ULNs.
/// </summary>
public sealed class DemoYear(
    AddOrganisation addOrganisation,
    ImportAwardingOrganisations importOrganisations,
    ImportQualifications importQualifications,
    AddAccount addAccount,
    InviteAccount invite,
    GetLearningEvents getEvents,
    FindLearner find,
    RaiseChallenge raise,
    RejectChallenge reject,
    AddMachineClient addClient,
    AddClientKey addKey,
    IOrganisationStore organisations,
    IDemoFiles files,
    DemoClock clock)
{
    private const string Correlation = "demo";
    private readonly Dictionary<string, Organisation> _organisations = [];
    private readonly List<DemoPerson> _people = [];
    private readonly Dictionary<string, Account> _officers = [];

    /// <summary>Makes everything. The register is empty before.</summary>
    /// <param name="now">The day of the visitor; the last summer lies before it.</param>
    /// <param name="progress">Learners and events made so far.</param>
    /// <param name="ct">Cancels between files.</param>
    public async Task<DemoResults> RunAsync(DateTimeOffset now, IProgress<long>? progress, CancellationToken ct)
    {
        var lastSummer = DemoCalendar.LastSummer(now);
        var learners = DemoCohorts.Make(lastSummer);
        clock.MoveTo(DemoCalendar.Registered(lastSummer - DemoCohorts.Summers + 1).AddDays(-7));
        await AddOrganisationsAsync(ct);
        await AddOfficersAsync(ct);
        var done = 0L;
        for (var summer = lastSummer - DemoCohorts.Summers - 1; summer <= lastSummer; summer++)
        {
            done += await AwardAsync(learners, summer, ct);
            done += await RegisterAsync([.. learners.Where(learner => learner.Summer == summer + 2)], summer + 2, ct);
            done += await CorrectAsync(learners, summer, ct);
            progress?.Report(done);
        }

        await LookAsync(learners, now, ct);
        return new(learners.Count, learners.Sum(learner => learner.Results.Count), _organisations.Count, _people, await ConnectAsync(learners, ct));
    }

    private async Task AddOrganisationsAsync(CancellationToken ct)
    {
        var awarding = DemoCatalogue.AwardingOrganisations.Select((organisation, i) => Row(
            i, ("Recognition Number", organisation.Number), ("Name", organisation.Name), ("Acronym", organisation.Acronym), ("Ofqual Status", "Recognised"), ("Ofqual Recognised From", "2010-04-01")));
        await importOrganisations.RunAsync(awarding, Upkeep(), ct);
        await importQualifications.RunAsync(DemoCatalogue.All.Select((qualification, i) => Row(i, Cells(qualification))), Upkeep(), ct);
        foreach (var (ukprn, name) in DemoCatalogue.Providers)
        {
            Sure((await addOrganisation.RunAsync(new(name, ukprn, null, null), Upkeep(), ct)).Organisation, name);
        }

        foreach (var code in DemoCatalogue.Providers.Select(provider => provider.Ukprn).Concat(DemoCatalogue.AwardingOrganisations.Select(organisation => organisation.Number)))
        {
            _organisations[code] = Sure(await organisations.FindAsync(code, ct), code);
        }
    }

    private static (string, string)[] Cells(DemoQualification qualification) =>
    [
        ("Qualification Number", qualification.Number),
        ("Qualification Title", qualification.Title),
        ("Owner Organisation Recognition Number", qualification.Owner),
        ("Owner Organisation Name", DemoCatalogue.AwardingOrganisations.First(organisation => organisation.Number == qualification.Owner).Name),
        ("Qualification Level", qualification.Level),
        ("Qualification Type", qualification.Type),
        ("Qualification Status", "Available to learners"),
    ];

    private static ImportRow Row(int index, params (string Heading, string Text)[] cells) =>
        new(index + 2, heading => cells.FirstOrDefault(cell => cell.Heading == heading).Text);

    private async Task AddOfficersAsync(CancellationToken ct)
    {
        foreach (var officer in DemoPeople.Officers)
        {
            var email = $"{officer.Name.ToLowerInvariant().Replace(' ', '.')}@example.org";
            var account = Sure((await addAccount.RunAsync(new(officer.Name, email, officer.Roles, officer.Organisation), Upkeep(), ct)).Account, officer.Name);
            _officers[officer.Key] = account;
            _people.Add(new(account.Id, account.Name, officer.Audience, officer.Key));
        }
    }

    private async Task<int> RegisterAsync(List<DemoLearner> learners, int summer, CancellationToken ct)
    {
        clock.MoveTo(DemoCalendar.Registered(summer));
        foreach (var school in learners.GroupBy(learner => learner.School))
        {
            var rows = school.ToList();
            var ulns = await files.RegisterAsync(_organisations[school.Key], [.. rows.Select(learner => learner.Row())], clock.GetUtcNow(), ct);
            for (var i = 0; i < rows.Count; i++)
            {
                rows[i].Uln = ulns[i];
            }
        }

        return learners.Count;
    }

    private Task<int> AwardAsync(IReadOnlyList<DemoLearner> learners, int summer, CancellationToken ct) =>
        SendAsync(learners, summer, DemoCalendar.Sent(summer), result => result.First, ct);

    private Task<int> CorrectAsync(IReadOnlyList<DemoLearner> learners, int summer, CancellationToken ct) =>
        SendAsync(learners, summer, DemoCalendar.Corrected(summer), result => result.Later, ct);

    private async Task<int> SendAsync(IReadOnlyList<DemoLearner> learners, int summer, DateTimeOffset at, Func<DemoResult, DemoAction?> said, CancellationToken ct)
    {
        clock.MoveTo(at);
        var rows = learners.SelectMany(learner => learner.Results.Where(result => result.Summer == summer && said(result) is not null)
            .Select(result => (DemoCatalogue.Get(result.Number).Owner, Row: learner.Row(result, said(result)!)))).ToLookup(row => row.Owner, row => row.Row);
        foreach (var awarding in rows)
        {
            await files.AchieveAsync(_organisations[awarding.Key], [.. awarding], at, ct);
        }

        return rows.Sum(awarding => awarding.Count());
    }

    /// <summary>The named learners get their accounts, the college looks at some of them, and two report problems.</summary>
    private async Task LookAsync(IReadOnlyList<DemoLearner> learners, DateTimeOffset now, CancellationToken ct)
    {
        clock.MoveTo(now.AddDays(-12));
        foreach (var person in DemoPeople.Learners)
        {
            var learner = learners.First(learner => learner.Mis == person.Key);
            var account = Sure((await invite.RunAsync(new(null, learner.Uln), Upkeep(), ct)).Account, person.Key);
            _people.Add(new(account.Id, account.Name, "learner", person.Key));
            await FindAsync(learner, now, ct);
            if (person.Key == DemoPeople.Challenger)
            {
                await ChallengeAsync(learner, account, now, ct);
            }
            else if (person.Key == DemoPeople.Misser)
            {
                await MissAsync(learner, account, ct);
            }
        }

        clock.MoveTo(now);
    }

    /// <summary>The college's software gets a key, as the register office would give it one.</summary>
    private async Task<DemoClient> ConnectAsync(IReadOnlyList<DemoLearner> learners, CancellationToken ct)
    {
        var request = new AddMachineClient.Request("Student records system", DemoCatalogue.College, [nameof(Roles.LrbBatch), nameof(Roles.LrbOnline)]);
        var client = Sure((await addClient.RunAsync(request, Upkeep(), ct)).Client, request.Name!);
        var secret = Sure((await addKey.RunAsync(new(client.Id, null), Upkeep(), ct)).Secret, "the key");
        return new(client.Id, secret, learners.First(learner => learner.Mis == DemoPeople.Challenger).Uln);
    }

    private async Task FindAsync(DemoLearner learner, DateTimeOffset now, CancellationToken ct)
    {
        var clerk = AccessOf(_officers[DemoPeople.Clerk], Channel.Portal, Purpose.Enrolment);
        await find.RunAsync(new(learner.Uln, learner.GivenName, learner.FamilyName), clerk, ct);
        await getEvents.RunAsync(Uln.Parse(learner.Uln), null, clerk, ct);
        clock.MoveTo(clock.GetUtcNow() + ((now - clock.GetUtcNow()) / 4));
        await getEvents.RunAsync(Uln.Parse(learner.Uln), null, AccessOf(_officers[DemoPeople.Tutor], Channel.Portal, Purpose.AdviceAndGuidance), ct);
    }

    /// <summary>One challenge is answered by the awarding organisation, which did not agree; another is open.</summary>
    private async Task ChallengeAsync(DemoLearner learner, Account account, DateTimeOffset now, CancellationToken ct)
    {
        var own = AccessOf(account, Channel.LearnerSite, Purpose.OwnRecord);
        var record = Sure((await getEvents.RunAsync(Uln.Parse(learner.Uln), null, own, ct)).Record, learner.Mis);
        int Event(string number) => record.Events.First(found => found.Facts.SubjectCode == number).Id;
        RaiseChallenge.Request Says(string number, ChallengeType type, string wanted, string said) => new(record.Learner.Uln, Event(number), type, said) { Wanted = wanted };

        const string day = "The certificate came in the post a week later.";
        var answered = Sure((await raise.RunAsync(Says(DemoPeople.Answered, ChallengeType.WrongDate, "A week later", day), own, ct)).Challenge, learner.Mis);
        clock.MoveTo(clock.GetUtcNow() + ((now - clock.GetUtcNow()) / 4));
        const string why = "The date on the register is the day of the results. The certificate is printed later and does not change it.";
        Sure((await reject.RunAsync(answered.Id, answered.Version, why, AccessOf(_officers[DemoPeople.ExamsOfficer], Channel.Portal, Purpose.Award), ct)).Challenge, learner.Mis);
        const string grade = "My results slip says A for mathematics, and the record says B.";
        Sure((await raise.RunAsync(Says(DemoPeople.Challenged, ChallengeType.WrongGrade, "A", grade), own, ct)).Challenge, learner.Mis);
    }

    /// <summary>A qualification is missing: the register office has that.</summary>
    private async Task MissAsync(DemoLearner learner, Account account, CancellationToken ct)
    {
        var request = new RaiseChallenge.Request(Uln.Parse(learner.Uln), null, ChallengeType.Missing, null) { Missing = new("Essential Skills Wales, Communication", "WJEC", null, null) };
        Sure((await raise.RunAsync(request, AccessOf(account, Channel.LearnerSite, Purpose.OwnRecord), ct)).Challenge, learner.Mis);
    }

    private static Access Upkeep() => Access.Upkeep(Correlation);

    private static Access AccessOf(Account account, Channel channel, Purpose purpose) => new(account.Actor, channel, purpose, Correlation);

    private static T Sure<T>(T? made, string what)
        where T : class => made ?? throw new InvalidOperationException($"The demo's own data are wrong: {what} was refused.");
}
