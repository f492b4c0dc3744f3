using Plr.Core.DataChallenges;

namespace Plr.Core.Tests.DataChallenges;

public class ChallengeStatesTests
{
    /// <summary>In full, as people read it: what is not here is refused. Where two are named, the first is with an organisation and the second with the register office.</summary>
    [Theory]
    [InlineData(ChallengeState.Raised, "SentToOrganisation:WithOrganisation/- SentToOffice:-/WithOffice EvidenceAdded:Raised Withdrawn:Withdrawn")]
    [InlineData(
        ChallengeState.WithOrganisation,
        "EvidenceAdded:WithOrganisation InformationAsked:MoreInformationWanted Reminded:WithOrganisation Escalated:WithOffice Accepted:Accepted Rejected:Rejected Withdrawn:Withdrawn")]
    [InlineData(ChallengeState.WithOffice, "EvidenceAdded:WithOffice InformationAsked:MoreInformationWanted Accepted:Accepted Rejected:Rejected Withdrawn:Withdrawn")]
    [InlineData(
        ChallengeState.MoreInformationWanted,
        "EvidenceAdded:MoreInformationWanted InformationGiven:WithOrganisation/WithOffice Accepted:Accepted Closed:Closed Withdrawn:Withdrawn")]
    [InlineData(ChallengeState.Accepted, "")]
    [InlineData(ChallengeState.Rejected, "ReviewAsked:WithOffice")]
    [InlineData(ChallengeState.Closed, "")]
    [InlineData(ChallengeState.Withdrawn, "")]
    public void From_a_state_lead_these_deeds_and_no_others(ChallengeState from, string expected)
    {
        var found = new List<string>();
        foreach (var deed in Enum.GetValues<ChallengeDeed>())
        {
            var (organisation, office) = (ChallengeStates.Next(from, deed, isWithOffice: false), ChallengeStates.Next(from, deed, isWithOffice: true));
            if (organisation is not null || office is not null)
            {
                found.Add(organisation == office ? $"{deed}:{organisation}" : $"{deed}:{organisation?.ToString() ?? "-"}/{office?.ToString() ?? "-"}");
            }
        }

        Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_state_but_the_first_is_come_to_and_every_deed_but_raising_leads_somewhere()
    {
        Assert.Equal(Enum.GetValues<ChallengeState>(), ChallengeStates.Table.Select(row => row.To).Distinct().Order());
        Assert.Equal(Enum.GetValues<ChallengeDeed>().Where(deed => deed != ChallengeDeed.Raised), ChallengeStates.Table.Select(row => row.Deed).Distinct().Order());
    }
}
