using Plr.Core.Learners;
using Plr.Core.Qualifications;
using Plr.Core.Responses;

namespace Plr.Core.LearningEvents;

/// <summary>One achievement to record: a row of a file or an element of a call, checked by itself.</summary>
/// <param name="Row">The data row, from 1.</param>
public sealed record Achievement(int Row, AchievementText Text, IReadOnlyList<Finding> Findings)
{
    /// <summary>The ULN, when it is one.</summary>
    public Uln? Uln { get; } = Learners.Uln.TryParse(Text.Uln, out var uln) ? uln : null;

    /// <summary>The number with obliques, when it is one.</summary>
    public string? Number { get; } = QualificationNumber.TryParse(Text.UnitOrQualificationReferenceNumber, out var number) ? number.Value : null;

    /// <summary>The award date, when it is a date.</summary>
    public DateOnly? Awarded { get; } = LearnerRules.Date(Text.AchievementAwardDate);

    public static Achievement Check(int row, AchievementText text) => new(row, text, AchievementRules.Check(text));
}

/// <summary>What the register holds that bears on one achievement.</summary>
/// <param name="Learner">Who has the ULN; nobody when they, or the master, are not active.</param>
/// <param name="Qualification">What has the number.</param>
/// <param name="Held">The achievement of the same organisation, ULN, number and award date (DECISIONS, business rule 4).</param>
/// <param name="StatusBeforeWithdrawal">For a withdrawn one: what it was before.</param>
public sealed record AchievementContext(UlnIdentity? Learner, Qualification? Qualification, LearningEventVersion? Held, EventStatus? StatusBeforeWithdrawal);

/// <summary>Who uploads: the awarding organisation, its recognition number and its code, and today.</summary>
public sealed record AchievementUploader(Guid OrganisationId, string Name, string? RecognitionNumber, string OrganisationRef, DateOnly Today, int? Batch);

/// <summary>What an accepted achievement did; the names under which a batch counts.</summary>
public enum AchievementChange
{
    Created = 1,
    Updated,
    Withdrawn,
    Reinstated,
    PromotedToFinal,
    Unchanged,
}

/// <summary>What is to be done with one achievement.</summary>
public abstract record AchievementDecision
{
    private AchievementDecision()
    {
    }

    /// <summary>A version is added: the first of a new event, or the next of the one that is held.</summary>
    public sealed record Add(AchievementChange Change, LearningEventFacts Facts) : AchievementDecision;

    /// <summary>It is held with the same values.</summary>
    public sealed record Keep : AchievementDecision;

    public sealed record Refuse(IReadOnlyList<Finding> Findings) : AchievementDecision;
}
