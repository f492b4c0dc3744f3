using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Plr.Core.Learners;

/// <summary>
/// The five demographics as one key: given name, family name, date of birth, gender and postcode, ignoring case, outer blanks and the
/// postcode's blank (DOSSIER §4.2, exact match). 16 bytes, so that both engines find equals by one index and no folding is left to SQL.
/// </summary>
public static class PersonKey
{
    public static byte[] Of(LearnerDetails details) =>
        Of(details.GivenName, details.FamilyName, details.DateOfBirth, details.Gender, details.LastKnownPostCode);

    public static byte[] Of(string givenName, string familyName, DateOnly dateOfBirth, int gender, string postcode)
    {
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{Fold(givenName)}\n{Fold(familyName)}\n{dateOfBirth:yyyy-MM-dd}\n{gender}\n{Postcode.Fold(postcode)}");
        return SHA256.HashData(Encoding.UTF8.GetBytes(text))[..16];
    }

    private static string Fold(string name) => name.Trim().ToUpperInvariant();
}
