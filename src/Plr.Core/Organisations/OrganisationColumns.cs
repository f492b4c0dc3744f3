using Plr.Core.Moves;

namespace Plr.Core.Organisations;

/// <summary>The columns of a file of organisations, so that learners and learning events can refer to them.</summary>
public static class OrganisationColumns
{
    public static IReadOnlyList<MoveColumn<Organisation>> All { get; } =
    [
        Of("UKPRN", "The UKPRN of a provider, 8 letters or digits.", row => row.Ukprn),
        Of("OrganisationRef", "The organisation reference, 6 letters or digits.", row => row.OrganisationRef),
        Of("RecognitionNumber", "The recognition number of an awarding organisation, such as RN5196.", row => row.RecognitionNumber),
        Of("Name", "The organisation's name.", row => row.Name),
        Of("Status", "Active, Suspended or Closed.", row => $"{row.Status}"),
        Of("LegalName", "Legal name.", row => MoveText.Write(row.LegalName)),
        Of("Acronym", "Acronym.", row => MoveText.Write(row.Acronym)),
        Of("Website", "Website.", row => MoveText.Write(row.Website)),
        Of("RecognitionStatus", "The regulator's word: Recognised, Surrendered, Withdrawn.", row => MoveText.Write(row.RecognitionStatus)),
        Of("RecognisedFrom", "First day of the recognition.", row => MoveText.Write(row.RecognisedFrom)),
        Of("RecognisedTo", "Last day of the recognition.", row => MoveText.Write(row.RecognisedTo)),
    ];

    private static MoveColumn<Organisation> Of(string heading, string meaning, Func<Organisation, string?> write) => new(heading, meaning, (row, _) => write(row));
}
