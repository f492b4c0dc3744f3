using System.Data.Common;
using Dapper;
using Plr.Core;
using Plr.Core.Learners;

namespace Plr.Store;

/// <summary>The columns of the table learner, in the one order in which they are written and read.</summary>
internal static class LearnerRows
{
    public static IReadOnlyList<string> Columns { get; } =
    [
        "uln", "status", "master_uln", "version", "tier_level", "created_at", "created_via", "last_updated_at", "last_updated_via", "registered_by",
        "title", "given_name", "middle_other_name", "family_name", "preferred_given_name", "previous_family_name", "family_name_at_age16",
        "school_at_age16", "last_known_address_line1", "last_known_address_line2", "last_known_address_town", "last_known_address_county_or_city",
        "last_known_post_code", "date_of_address_capture", "date_of_birth", "place_of_birth", "email_address", "gender", "nationality",
        "scottish_candidate_number", "verification_type", "other_verification_description", "ability_to_share", "notes",
        "unique_candidate_identifier", "unique_pupil_number",
    ];

    public static string ColumnList { get; } = string.Join(", ", Columns);

    /// <summary>The columns that are written: those that are read, and the key of the five demographics.</summary>
    public static IReadOnlyList<string> WrittenColumns { get; } = [.. Columns, "person_key"];

    /// <summary>Changes the row in its place: whoever waits for it on PostgreSQL then sees the new version, not that the row has gone.</summary>
    public static string Update { get; } =
        $"UPDATE learner SET {string.Join(", ", WrittenColumns.Skip(1).Select(column => $"{column} = @{column}"))} WHERE uln = @uln";

    public static Learner Read(DbDataReader row) => new()
    {
        Uln = Uln.FromValue(row.GetInt64(0)),
        Status = (LearnerStatus)row.GetInt32(1),
        MasterUln = row.IsDBNull(2) ? null : Uln.FromValue(row.GetInt64(2)),
        Version = row.GetInt32(3),
        TierLevel = row.GetInt32(4),
        CreatedAt = row.GetFieldValue<DateTimeOffset>(5),
        CreatedVia = (Channel)row.GetInt32(6),
        LastUpdatedAt = row.GetFieldValue<DateTimeOffset>(7),
        LastUpdatedVia = (Channel)row.GetInt32(8),
        RegisteredBy = row.IsDBNull(9) ? null : row.GetFieldValue<Guid>(9),
        Details = new LearnerDetails
        {
            Title = Text(row, 10),
            GivenName = row.GetString(11),
            MiddleOtherName = Text(row, 12),
            FamilyName = row.GetString(13),
            PreferredGivenName = Text(row, 14),
            PreviousFamilyName = Text(row, 15),
            FamilyNameAtAge16 = Text(row, 16),
            SchoolAtAge16 = Text(row, 17),
            LastKnownAddressLine1 = Text(row, 18),
            LastKnownAddressLine2 = Text(row, 19),
            LastKnownAddressTown = Text(row, 20),
            LastKnownAddressCountyOrCity = Text(row, 21),
            LastKnownPostCode = row.GetString(22),
            DateOfAddressCapture = row.IsDBNull(23) ? null : row.GetFieldValue<DateOnly>(23),
            DateOfBirth = row.GetFieldValue<DateOnly>(24),
            PlaceOfBirth = Text(row, 25),
            EmailAddress = Text(row, 26),
            Gender = row.GetInt32(27),
            Nationality = Text(row, 28),
            ScottishCandidateNumber = Text(row, 29),
            VerificationType = row.GetInt32(30),
            OtherVerificationDescription = Text(row, 31),
            AbilityToShare = row.GetInt32(32),
            Notes = Text(row, 33),
            UniqueCandidateIdentifier = Text(row, 34),
            UniquePupilNumber = Text(row, 35),
        },
    };

    public static object?[] Values(Learner learner)
    {
        var details = learner.Details;
        return
        [
            learner.Uln.Value, (short)learner.Status, learner.MasterUln?.Value, learner.Version, (short)learner.TierLevel, learner.CreatedAt,
            (short)learner.CreatedVia, learner.LastUpdatedAt, (short)learner.LastUpdatedVia, learner.RegisteredBy, details.Title, details.GivenName,
            details.MiddleOtherName, details.FamilyName, details.PreferredGivenName, details.PreviousFamilyName, details.FamilyNameAtAge16,
            details.SchoolAtAge16, details.LastKnownAddressLine1, details.LastKnownAddressLine2, details.LastKnownAddressTown,
            details.LastKnownAddressCountyOrCity, details.LastKnownPostCode, details.DateOfAddressCapture, details.DateOfBirth, details.PlaceOfBirth,
            details.EmailAddress, (short)details.Gender, details.Nationality, details.ScottishCandidateNumber, (short)details.VerificationType,
            details.OtherVerificationDescription, (short)details.AbilityToShare, details.Notes, details.UniqueCandidateIdentifier,
            details.UniquePupilNumber, PersonKey.Of(details).Number,
        ];
    }

    /// <summary>What <see cref="Update"/> takes.</summary>
    public static DynamicParameters Arguments(Learner learner)
    {
        var arguments = new DynamicParameters();
        foreach (var (column, value) in WrittenColumns.Zip(Values(learner)))
        {
            arguments.Add(column, value);
        }

        return arguments;
    }

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
