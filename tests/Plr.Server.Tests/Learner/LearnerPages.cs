using Plr.Core;
using Plr.Core.Accounts;
using Plr.Core.Learners;
using Plr.Core.Organisations;
using Plr.Testing;

namespace Plr.Server.Tests.Learner;

/// <summary>A site with a college, an awarding organisation with four qualifications, and Amelia, who has an account and no results yet.</summary>
public abstract class LearnerPages : IAsyncLifetime
{
    protected const string Maths = "603/1000/1";
    protected const string History = "603/2000/2";
    protected const string English = "603/3000/3";
    protected const string Skills = "603/4000/4";

    protected TestSite Site { get; private set; } = null!;

    protected Organisation College { get; private set; } = null!;

    protected Account Huw { get; private set; } = null!;

    protected Organisation Aqa { get; private set; } = null!;

    protected Uln Amelia { get; private set; }

    protected Account Account { get; private set; } = null!;

    public virtual async ValueTask InitializeAsync()
    {
        Site = await TestSite.StartAsync();
        College = await Site.Seed.CollegeAsync();
        Huw = await Site.Seed.CollegePersonAsync(College);
        Aqa = await Site.Seed.AwardingOrganisationAsync();
        await Site.Seed.QualificationsAsync(
            A.QualificationCalled(Maths, "GCSE Mathematics"),
            A.QualificationCalled(History, "A level History", "GCE A Level", "level 3"),
            A.QualificationCalled(English, "GCSE English Language"),
            A.QualificationCalled(Skills, "Functional Skills English", "Functional Skills", "Entry 3"));
        Amelia = await Site.Seed.RegisterAsync(A.Learner(), Huw);
        Account = await Site.Seed.LearnerAccountAsync(Amelia, A.Learner());
    }

    public async ValueTask DisposeAsync()
    {
        await Site.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Four results: maths in 2024, English in 2025 provisional, history in 2026, skills in 2023 with another provider.</summary>
    protected Task FourResultsAsync() => Site.Seed.AchieveAsync(
        Aqa,
        A.AchievementOf(Amelia, A.Learner(), Maths, "2024-08-22", "5"),
        A.AchievementOf(Amelia, A.Learner(), English, "2025-08-21", "7") with { SubmissionType = "P" },
        A.AchievementOf(Amelia, A.Learner(), History, "2026-08-13", "B"),
        A.AchievementOf(Amelia, A.Learner(), Skills, "2023-06-01", "Pass", "10000099"));
}
