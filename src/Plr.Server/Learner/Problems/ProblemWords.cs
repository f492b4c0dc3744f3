using Plr.Core.DataChallenges;
using Plr.Server.Web;

namespace Plr.Server.LearnerSite;

/// <summary>Data challenges in the words of the learner who raised them.</summary>
public sealed class ProblemWords(Texts texts, Dates dates)
{
    /// <summary>What it is about: the title of a qualification, or what else.</summary>
    public string About(DataChallenge challenge) => challenge.Subject ?? challenge.Missing?.Title ?? texts[$"Problems.About.{challenge.Type}"];

    /// <summary>What is wrong.</summary>
    public string What(DataChallenge challenge) => texts[$"Problems.Type.{challenge.Type}"];

    /// <summary>How far it is, as a tag.</summary>
    public string State(DataChallenge challenge) => texts[$"Problems.State.{challenge.State}"];

    /// <summary>How far it is, in a sentence.</summary>
    public string StateText(DataChallenge challenge) => texts[$"Problems.StateText.{challenge.State}", challenge.OrganisationName ?? texts["Codes.Office"]];

    public static string Colour(ChallengeState state) => state switch
    {
        ChallengeState.MoreInformationWanted => "yellow",
        ChallengeState.Accepted => "green",
        ChallengeState.Rejected => "red",
        ChallengeState.Closed or ChallengeState.Withdrawn => "grey",
        _ => "blue",
    };

    /// <summary>When the answer can be expected, while it can.</summary>
    public string? Expected(DataChallenge challenge) => challenge is { IsOpen: true, ExpectedOn: { } day } ? dates.Day(day) : null;

    /// <summary>What happened, in a sentence.</summary>
    public string Step(ChallengeStep step) => texts[$"Problems.Step.{step.Deed}", dates.Day(step.At), step.Organisation ?? texts["Codes.Office"]];
}
