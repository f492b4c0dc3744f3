using System.Net;
using Plr.Core;
using Plr.Core.Batches;
using Plr.Testing;
using Plr.Testing.Pages;

namespace Plr.Server.Tests.Learner;

public sealed class QualificationPageTests : LearnerPages
{
    [Fact]
    public async Task A_qualification_says_its_facts_and_where_they_came_from()
    {
        await Site.Seed.AchieveAsync(Aqa, A.AchievementOf(Amelia, A.Learner(), Maths, "2024-08-22", "5") with { LanguageForAssessment = "Welsh" });

        var page = await OpenAsync("GCSE Mathematics");

        Assert.Equal("GCSE Mathematics", page.Heading());
        Assert.Equal("5", page.SummaryListValue("Grade"));
        Assert.Equal("Level 1/Level 2", page.SummaryListValue("Level"));
        Assert.Equal("603/1000/1", page.SummaryListValue("Qualification number"));
        Assert.Equal("Coleg Dyffryn (UKPRN 10007945)", page.SummaryListValue("School, college or provider"));
        Assert.Equal("22 August 2024", page.SummaryListValue("Date awarded"));
        Assert.Equal("Welsh", page.SummaryListValue("Language"));
        Assert.Equal("Final This is the result as it stands.", page.SummaryListValue("Status"));
        Assert.Contains("Sent by AQA Education on 23 November 2026.", page.Text, StringComparison.Ordinal);
        Assert.Contains("the awarding organisation, which set the exam", page.Text, StringComparison.Ordinal);
        Assert.Equal("/learner", page.Link("Back"));
    }

    [Fact]
    public async Task A_qualification_of_a_file_says_its_row()
    {
        var sender = await Site.Seed.AccountAsync("Rhian Cole", Roles.AwardingOrganisation, Aqa);
        var file = $"""
            FileVersion,FileName,OrganisationRef,AchievementRecordCount,MISIdentifier,ULN,GivenName,FamilyName,DateOfBirth,Gender,LearnerPostcode,ProviderUKPRN,UnitOrQualificationReferenceNumber,AchievementAwardDate,Grade,LanguageForAssessment,Action,ActionDate,ActionReason,SubmissionType
            1A,AO_RN5196_231120261200.CSV,RN5196,2,,{Amelia},Siân,Pritchard,,,,10007945,{English},2024-08-22,9,,1,2024-08-22,,F
            1A,AO_RN5196_231120261200.CSV,RN5196,2,,{Amelia},Siân,Pritchard,,,,10007945,{Maths},2024-08-22,5,,1,2024-08-22,,F

            """.ReplaceLineEndings("\r\n");
        var batch = await Site.UploadAsync(BatchKind.Achievements, sender, "AO_RN5196_231120261200.CSV", file);

        var page = await OpenAsync("GCSE Mathematics");
        var tudalen = await OpenAsync("GCSE Mathematics", "/cy/learner");

        Assert.Equal(BatchStatus.Successful, batch.Status);
        Assert.Contains("Sent by AQA Education on 23 November 2026 in a file, row 2.", page.Text, StringComparison.Ordinal);
        Assert.Contains("Anfonwyd gan AQA Education ar 23 Tachwedd 2026 mewn ffeil, rhes 2.", tudalen.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_happened_to_a_qualification_is_told_in_sentences_newest_first()
    {
        var first = A.AchievementOf(Amelia, A.Learner(), Maths, "2024-08-22", "5") with { SubmissionType = "P" };
        await Site.Seed.AchieveAsync(Aqa, first);
        Site.Time.Advance(TimeSpan.FromDays(1));
        await Site.Seed.AchieveAsync(Aqa, first with { Action = "2", Grade = "6", ProviderUkprn = "10000099", ActionReason = "Remarked" });
        await Site.Seed.AchieveAsync(Aqa, first with { Action = "5", SubmissionType = "F" });
        await Site.Seed.AchieveAsync(Aqa, first with { Action = "3" });
        await Site.Seed.AchieveAsync(Aqa, first with { Action = "4" });

        var page = await OpenAsync("GCSE Mathematics");
        var tudalen = await OpenAsync("GCSE Mathematics", "/cy/learner");

        Assert.Equal(
            [
                "On 24 November 2026 AQA Education put it back after it had been withdrawn.",
                "On 24 November 2026 AQA Education withdrew it.",
                "On 24 November 2026 AQA Education made the provisional result final.",
                "On 24 November 2026 AQA Education changed the grade from 5 to 6.",
                "On 24 November 2026 AQA Education changed the school, college or provider from Coleg Dyffryn to 10000099.",
                "Reason given: Remarked",
                "On 23 November 2026 AQA Education added it to your record.",
            ],
            Told(page));
        Assert.Equal("Ar 24 Tachwedd 2026 newidiodd AQA Education y radd o 5 i 6.", Told(tudalen)[3]);
    }

    [Fact]
    public async Task A_withdrawn_qualification_stays_for_the_learner_to_see()
    {
        await Site.Seed.AchieveAsync(Aqa, A.AchievementOf(Amelia, A.Learner(), Maths, "2024-08-22", "5"));
        await Site.Seed.AchieveAsync(Aqa, A.AchievementOf(Amelia, A.Learner(), Maths, "2024-08-22", "5") with { Action = "3" });

        var record = await Site.OpenAsync("/learner", Account);
        var page = await OpenAsync("GCSE Mathematics");

        Assert.Equal("Withdrawn", record.TableRows("Qualifications")[0][8]);
        Assert.Contains("1 qualification.", record.Text, StringComparison.Ordinal);
        Assert.StartsWith("Withdrawn", page.SummaryListValue("Status"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_learners_qualification_is_answered_as_one_that_does_not_exist()
    {
        await FourResultsAsync();
        var theirs = (await Site.OpenAsync("/learner", Account)).Link("GCSE Mathematics");
        var gareth = await Site.Seed.RegisterAsync(A.Learner("Gareth", "Lloyd"), Huw);
        var other = await Site.Seed.LearnerAccountAsync(gareth, A.Learner("Gareth", "Lloyd"));

        var foreign = await Site.OpenAsync(theirs, other);
        var unknown = await Site.OpenAsync("/learner/qualifications/999999", other);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (foreign.Response.StatusCode, unknown.Response.StatusCode));
        Assert.Equal(unknown.Text, foreign.Text);
        Assert.Equal(HttpStatusCode.OK, (await Site.OpenAsync(theirs, Account)).Response.StatusCode);
    }

    private static string[] Told(WebPage page) =>
        [.. page.Document.QuerySelectorAll(".plr-history p").Select(p => string.Join(' ', p.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))];

    private async Task<WebPage> OpenAsync(string subject, string record = "/learner") =>
        await Site.OpenAsync((await Site.OpenAsync(record, Account)).Link(subject), Account);
}
