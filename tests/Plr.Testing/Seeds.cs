using Plr.Core;
using Plr.Core.Accounts;
using Plr.Core.Learners;
using Plr.Core.LearningEvents;
using Plr.Core.Organisations;
using Plr.Core.Qualifications;

namespace Plr.Testing;

/// <summary>Puts organisations, people, qualifications and achievements on a register, through the operations and stores that the server uses.</summary>
/// <param name="parts">The server's parts, or any others with these stores.</param>
public sealed class Seeds(IServiceProvider parts)
{
    /// <summary>The register's own access, for what nobody in the test's story does.</summary>
    public static Access Upkeep { get; } = Access.Upkeep("seed");

    /// <summary>A provider.</summary>
    public async Task<Organisation> CollegeAsync(string name = "Coleg Dyffryn", string ukprn = "10007945") =>
        (await Part<IOrganisationStore>().AddAsync(name, ukprn, null, null, Upkeep)).Added ?? throw Refused($"the college {ukprn}");

    /// <summary>An awarding organisation; its reference is its recognition number.</summary>
    public async Task<Organisation> AwardingOrganisationAsync(string name = "AQA Education", string recognitionNumber = "RN5196") =>
        (await Part<IOrganisationStore>().AddAsync(name, null, recognitionNumber, recognitionNumber, Upkeep)).Added ?? throw Refused($"the awarding organisation {recognitionNumber}");

    /// <summary>Somebody who can sign in. The e-mail address is made of the name unless one is given.</summary>
    public async Task<Account> AccountAsync(string name, Roles roles, Organisation? organisation = null, Uln? uln = null, string? email = null, string? passwordHash = null)
    {
        var account = new Account
        {
            Id = Guid.CreateVersion7(),
            Name = name,
            EmailAddress = email ?? $"{name.Replace(' ', '.')}@example.org",
            Roles = roles,
            OrganisationId = organisation?.Id,
            Uln = uln,
            Level = uln is null ? ConnectionLevel.L0 : ConnectionLevel.L2,
            Status = AccountStatus.Active,
            PasswordHash = passwordHash,
            CreatedAt = Clock.Noon,
        };
        return await Part<IAccountStore>().AddAsync(account, Upkeep) ?? throw Refused($"the account of {name}");
    }

    /// <summary>Somebody of a college: online, files and the super user's pages unless other roles are given.</summary>
    public Task<Account> CollegePersonAsync(Organisation college, string name = "Huw Pugh", Roles roles = Roles.LrbOnline | Roles.LrbBatch | Roles.SuperUser) =>
        AccountAsync(name, roles, college);

    /// <summary>A learner's account, named like the learner.</summary>
    public Task<Account> LearnerAccountAsync(Uln uln, LearnerText learner) =>
        AccountAsync($"{learner.GivenName} {learner.FamilyName}", Roles.Learner, uln: uln);

    /// <summary>Registers a learner by a college's person on the portal, whoever else they may be; the ULN is new, or the one they had.</summary>
    public async Task<Uln> RegisterAsync(LearnerText learner, Account by)
    {
        var answer = (await Part<ILearnerStore>().RegisterAsync([A.Registration(learner)], null, AccessOf(by, Purpose.Enrolment)))[0];
        return answer.Uln is { } uln ? Uln.Parse(uln) : throw Refused($"the learner, {answer.Code.Name}: {string.Join("; ", answer.Findings.Select(finding => finding.Text))}");
    }

    public Task QualificationsAsync(params Qualification[] qualifications) => Part<IQualificationStore>().ImportAsync(qualifications, Upkeep);

    /// <summary>Sends achievements of an awarding organisation in one call; each must be accepted.</summary>
    public async Task AchieveAsync(Organisation awarding, params AchievementText[] achievements)
    {
        var uploader = new AchievementUploader(
            awarding.Id, awarding.Name, awarding.RecognitionNumber, awarding.OrganisationRef!, DateOnly.FromDateTime(Clock.Noon.UtcDateTime), null);
        var access = new Access(new Actor(Roles.AwardingOrganisation, OrganisationId: awarding.Id), Channel.Portal, Purpose.Award, "seed");
        var rows = achievements.Select((achievement, index) => Achievement.Check(index + 1, achievement)).ToList();
        var outcomes = await Part<ILearningEventStore>().RecordAchievementsAsync(rows, uploader, null, access);
        if (outcomes.FirstOrDefault(outcome => outcome.Change is null) is { } refused)
        {
            throw Refused($"achievement {refused.Row}: {string.Join("; ", refused.Findings.Select(finding => finding.Text))}");
        }
    }

    /// <summary>What somebody signed in does, on the pages of their audience.</summary>
    public static Access AccessOf(Account account, Purpose purpose) =>
        new(account.Actor, account.Roles.HasFlag(Roles.Learner) ? Channel.LearnerSite : Channel.Portal, purpose, "seed");

    private static InvalidOperationException Refused(string what) => new($"The register refused {what}.");

    private T Part<T>() => (T)(parts.GetService(typeof(T)) ?? throw new InvalidOperationException($"There is no {typeof(T).Name} among the parts."));
}
