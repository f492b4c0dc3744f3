using Plr.Core.Moves;

namespace Plr.Core.Learners;

/// <summary>The columns of a file of learners: every version of every learner, with where it came from. Headings are those of the registration file where it has the field.</summary>
public static class LearnerColumns
{
    public static IReadOnlyList<MoveColumn<LearnerVersion>> All { get; } =
    [
        Of("ULN", "The unique learner number: ten digits, the last a check digit.", row => row.Learner.Uln.ToString()),
        Of("Version", "The learner's version, from 1. The first that the register is given may be any; then none is left out.", row => MoveText.Write(row.Learner.Version)),
        Of("Status", "Active, Merged or Inactive.", row => $"{row.Learner.Status}"),
        Of("MasterULN", "For Merged, and only then: the ULN of the learner they are.", row => row.Learner.MasterUln?.ToString()),
        Of("TierLevel", "Strength of the identity evidence: 0 to 3.", row => MoveText.Write(row.Learner.TierLevel)),
        Of("CreatedAt", "When the learner was registered.", row => MoveText.Write(row.Learner.CreatedAt)),
        Of("CreatedVia", "Through what: learner-site, portal, office, rest, soap, batch or command-line.", row => row.Learner.CreatedVia.Word()),
        Of("LastUpdatedAt", "When the learner was last updated, as of this version.", row => MoveText.Write(row.Learner.LastUpdatedAt)),
        Of("LastUpdatedVia", "Through what.", row => row.Learner.LastUpdatedVia.Word()),
        new("RegisteredBy", "The organisation that registered the learner, by its UKPRN, organisation reference or recognition number.", (row, codes) => codes.Of(row.Learner.RegisteredBy)),
        Text("Title", "Title.", details => details.Title),
        Text("GivenName", "Given name.", details => details.GivenName),
        Text("PreferredGivenName", "Preferred given name.", details => details.PreferredGivenName),
        Text("MiddleOtherName", "Other given names.", details => details.MiddleOtherName),
        Text("FamilyName", "Family name.", details => details.FamilyName),
        Text("PreviousFamilyName", "Family name before.", details => details.PreviousFamilyName),
        Text("FamilyNameAt16", "Family name at 16.", details => details.FamilyNameAtAge16),
        Text("SchoolAtAge16", "School at 16.", details => details.SchoolAtAge16),
        Text("LastKnownAddressLine1", "Address, line 1.", details => details.LastKnownAddressLine1),
        Text("LastKnownAddressLine2", "Address, line 2.", details => details.LastKnownAddressLine2),
        Text("LastKnownAddressTown", "Town.", details => details.LastKnownAddressTown),
        Text("LastKnownAddressCountyorCity", "County or city.", details => details.LastKnownAddressCountyOrCity),
        Text("LastKnownPostCode", "Postcode, of any shape; an empty cell is taken as a stored blank, since the register always keeps one.", details => details.LastKnownPostCode),
        Of("DateOfAddressCapture", "The day on which the address was taken down.", row => MoveText.Write(row.Learner.Details.DateOfAddressCapture)),
        Of("DateOfBirth", "Date of birth.", row => MoveText.Write(row.Learner.Details.DateOfBirth)),
        Text("PlaceOfBirth", "Place of birth.", details => details.PlaceOfBirth),
        Text("EmailAddress", "E-mail address.", details => details.EmailAddress),
        Of("Gender", "0 not known, 1 male, 2 female, 9 not specified; another number, up to 32767, is kept and shown as a number.", row => MoveText.Write(row.Learner.Details.Gender)),
        Text("Nationality", "Nationality, three letters.", details => details.Nationality),
        Text("ScottishCandidateNumber", "Scottish candidate number.", details => details.ScottishCandidateNumber),
        Of("AbilityToShare", "0 privacy notice not seen, 1 able to share, 2 opted out; with any other number nothing is shared.", row => MoveText.Write(row.Learner.Details.AbilityToShare)),
        Of("VerificationType", "How the identity was checked: 0 to 7 or 999; another number, up to 32767, is kept and shown as a number.", row => MoveText.Write(row.Learner.Details.VerificationType)),
        Text("OtherVerificationDescription", "How, for 999.", details => details.OtherVerificationDescription),
        Text("Notes", "Notes.", details => details.Notes),
        Text("UCI", "Unique candidate identifier.", details => details.UniqueCandidateIdentifier),
        Text("UPN", "Unique pupil number.", details => details.UniquePupilNumber),
        Of("RecordedAt", "When this version was recorded.", row => MoveText.Write(row.RecordedAt)),
        new("RecordedBy", "The organisation that said so; empty for the learner and the register office.", (row, codes) => codes.Of(row.RecordedBy)),
        Of("RecordedVia", "Through what.", row => row.Channel.Word()),
        Of("Batch", "The batch that this version came with, if any.", row => MoveText.Write(row.Batch)),
        Of("BatchRow", "The row of that batch.", row => MoveText.Write(row.BatchRow)),
    ];

    private static MoveColumn<LearnerVersion> Of(string heading, string meaning, Func<LearnerVersion, string?> write) => new(heading, meaning, (row, _) => write(row));

    private static MoveColumn<LearnerVersion> Text(string heading, string meaning, Func<LearnerDetails, string?> field) =>
        new(heading, meaning, (row, _) => MoveText.Write(field(row.Learner.Details)));
}
