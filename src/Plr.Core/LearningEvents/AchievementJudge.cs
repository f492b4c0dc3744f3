using System.Globalization;
using Plr.Core.Learners;
using Plr.Core.Qualifications;
using Plr.Core.Responses;

namespace Plr.Core.LearningEvents;

/// <summary>
/// Decides one achievement against the register: learner data (AC102, AC103), then business rules (AC201 to AC208), DECISIONS,
/// "Achievements: business rules". All faults are told. Pure: the store reads the context and carries the decision out.
/// </summary>
public static class AchievementJudge
{
    private const int YoungestAtAward = 10;

    public static AchievementDecision Decide(Achievement row, AchievementContext context, AchievementUploader uploader)
    {
        var findings = new List<Finding>(row.Findings);
        TheUlnIsThisPersons(row, context, findings);
        TheQualificationIsTheirs(row, context, uploader, findings);
        TheAwardDateIsPossible(row, context, uploader, findings);
        TheGradeIsInTheScale(row, context, uploader, findings);
        return findings.Count > 0 ? new AchievementDecision.Refuse(findings) : Act(row, context, uploader);
    }

    private static void TheUlnIsThisPersons(Achievement row, AchievementContext context, List<Finding> findings)
    {
        if (row.Uln is null)
        {
            return;
        }

        if (context.Learner is not { } learner)
        {
            findings.Add(new(ResponseCodes.UlnNotOnRegister, "ULN", FindingRules.NotOnRegister));
            return;
        }

        var text = row.Text;
        if (string.IsNullOrWhiteSpace(text.GivenName) || string.IsNullOrWhiteSpace(text.FamilyName))
        {
            return;
        }

        var gender = row.Findings.Any(finding => finding.Field == "Gender") ? null : LearnerRules.Code(text.Gender);
        if (Resemblance.Of(learner, text.GivenName, text.FamilyName, LearnerRules.Date(text.DateOfBirth), gender) == Agreement.None)
        {
            findings.Add(new(ResponseCodes.DetailsDisagree, "GivenName, FamilyName, DateOfBirth or Gender", FindingRules.DoesNotAgree));
        }
    }

    private static void TheQualificationIsTheirs(Achievement row, AchievementContext context, AchievementUploader uploader, List<Finding> findings)
    {
        const string field = "UnitOrQualificationReferenceNumber";
        if (row.Number is null)
        {
            return;
        }

        if (context.Qualification is not { } qualification)
        {
            findings.Add(new(ResponseCodes.UnknownQualification, field, FindingRules.NotOnRegister));
        }
        else if (qualification.OwnerRecognitionNumber is null)
        {
            findings.Add(new(ResponseCodes.AnotherOrganisations, field, FindingRules.OwnedByNobody));
        }
        else if (!IsTheirs(qualification, uploader))
        {
            findings.Add(new(ResponseCodes.AnotherOrganisations, field, FindingRules.OwnedBySomebodyElse));
        }
        else if (row.Awarded is { } awarded && !qualification.IsOfferedOn(awarded))
        {
            findings.Add(new(ResponseCodes.NotOffered, "AchievementAwardDate", FindingRules.OutsideDates, Day(qualification.OperationalStartDate), Day(qualification.LastAwardDate)));
        }
    }

    private static bool IsTheirs(Qualification qualification, AchievementUploader uploader) =>
        qualification.OwnerRecognitionNumber is { } owner && string.Equals(owner, uploader.RecognitionNumber, StringComparison.OrdinalIgnoreCase);

    private static void TheAwardDateIsPossible(Achievement row, AchievementContext context, AchievementUploader uploader, List<Finding> findings)
    {
        if (row.Awarded is not { } awarded)
        {
            return;
        }

        if (awarded > uploader.Today)
        {
            findings.Add(new(ResponseCodes.AwardDateImpossible, "AchievementAwardDate", FindingRules.InTheFuture));
        }
        else if (context.Learner is { } learner && Learner.AgeOn(learner.Current.DateOfBirth, awarded) < YoungestAtAward)
        {
            findings.Add(new(ResponseCodes.AwardDateImpossible, "AchievementAwardDate", FindingRules.TooYoung));
        }
    }

    /// <summary>A wrong number says nothing about the grade: only the scale of their own qualification counts.</summary>
    private static void TheGradeIsInTheScale(Achievement row, AchievementContext context, AchievementUploader uploader, List<Finding> findings)
    {
        if (context.Qualification is { } qualification && IsTheirs(qualification, uploader) && !string.IsNullOrEmpty(row.Text.Grade)
            && row.Findings.All(finding => finding.Field != "Grade") && !GradeScale.Has(qualification, row.Text.Grade))
        {
            findings.Add(new(ResponseCodes.GradeNotInScale, "Grade", FindingRules.OutsideScale, string.Join(", ", GradeScale.Of(qualification.Type)!)));
        }
    }

    private static AchievementDecision Act(Achievement row, AchievementContext context, AchievementUploader uploader)
    {
        var action = AchievementRules.Action(row.Text.Action)!.Value;
        if (context.Held is not { } held)
        {
            return action == AchievementAction.Create
                ? new AchievementDecision.Add(AchievementChange.Created, Facts(row, context.Qualification!, uploader))
                : Refuse(ResponseCodes.NothingToChange, "Action", FindingRules.NotHeld);
        }

        var isWithdrawn = held.Facts.Status == EventStatus.Withdrawn;
        return action switch
        {
            AchievementAction.Withdraw when !isWithdrawn => Add(AchievementChange.Withdrawn, held, EventStatus.Withdrawn),
            AchievementAction.Reinstate when isWithdrawn => Add(AchievementChange.Reinstated, held, context.StatusBeforeWithdrawal ?? EventStatus.Final),
            AchievementAction.PromoteToFinal when held.Facts.Status == EventStatus.Provisional => Add(AchievementChange.PromotedToFinal, held, EventStatus.Final),
            AchievementAction.Create when !isWithdrawn => CreateAgain(row, held, uploader),
            AchievementAction.Update when !isWithdrawn => Update(row, held),
            _ => Refuse(ResponseCodes.NothingToChange, "Action", FindingRules.WrongState, Word(held.Facts.Status)),
        };
    }

    /// <summary>Business rule 4: the same values again change nothing; other values need action 2.</summary>
    private static AchievementDecision CreateAgain(Achievement row, LearningEventVersion held, AchievementUploader uploader)
    {
        if (FirstDifference(row, held.Facts) is not { } field)
        {
            return new AchievementDecision.Keep();
        }

        return held.Provenance.Batch is { } batch && batch == uploader.Batch
            ? Refuse(ResponseCodes.SameAchievementEarlier, "Achievement", FindingRules.EarlierInFile, $"{held.Provenance.BatchRow}")
            : Refuse(ResponseCodes.HeldWithOtherValues, "Achievement", FindingRules.AlreadyHeld, field);
    }

    private static AchievementDecision Update(Achievement row, LearningEventVersion held)
    {
        var status = AchievementRules.Status(row.Text.SubmissionType)!.Value;
        if (held.Facts.Status == EventStatus.Final && status == EventStatus.Provisional)
        {
            return Refuse(ResponseCodes.NothingToChange, "SubmissionType", FindingRules.WrongState, Word(EventStatus.Final));
        }

        return FirstDifference(row, held.Facts) is null
            ? new AchievementDecision.Keep()
            : new AchievementDecision.Add(AchievementChange.Updated, Sent(row, held.Facts) with { Status = status });
    }

    private static string? FirstDifference(Achievement row, LearningEventFacts held)
    {
        var sent = Sent(row, held);
        return sent.Grade != held.Grade ? "Grade"
            : sent.AchievementProviderUkprn != held.AchievementProviderUkprn ? "ProviderUKPRN"
            : sent.LanguageForAssessment != held.LanguageForAssessment ? "LanguageForAssessment"
            : AchievementRules.Status(row.Text.SubmissionType) != held.Status ? "SubmissionType"
            : null;
    }

    private static LearningEventFacts Sent(Achievement row, LearningEventFacts held) => held with
    {
        Grade = LearnerRules.Optional(row.Text.Grade),
        AchievementProviderUkprn = row.Text.ProviderUkprn,
        AchievementProviderName = row.Text.ProviderUkprn == held.AchievementProviderUkprn ? held.AchievementProviderName : null,
        LanguageForAssessment = AchievementRules.Language(row.Text.LanguageForAssessment),
    };

    private static LearningEventFacts Facts(Achievement row, Qualification qualification, AchievementUploader uploader) => new()
    {
        Source = EventSource.AO,
        Status = AchievementRules.Status(row.Text.SubmissionType)!.Value,
        Subject = qualification.Title,
        SubjectCode = qualification.Number,
        QualificationType = qualification.Type,
        Level = qualification.Level,
        Grade = LearnerRules.Optional(row.Text.Grade),
        AchievementAwardDate = row.Awarded,
        AchievementProviderUkprn = row.Text.ProviderUkprn,
        AwardingOrganisationName = uploader.Name,
        AwardingOrganisationUkprn = uploader.OrganisationRef,
        Credits = qualification.TotalCredits ?? 0,
        LanguageForAssessment = AchievementRules.Language(row.Text.LanguageForAssessment),
    };

    private static AchievementDecision.Add Add(AchievementChange change, LearningEventVersion held, EventStatus status) => new(change, held.Facts with { Status = status });

    private static AchievementDecision.Refuse Refuse(ResponseCode code, string field, FindingRule rule, params string[] values) =>
        new([new(code, field, rule, values)]);

    private static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "…";

    private static string Word(EventStatus status) => status switch
    {
        EventStatus.Final => "final",
        EventStatus.Provisional => "provisional",
        _ => "withdrawn",
    };
}
