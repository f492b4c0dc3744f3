using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Plr.Core.Matching;

namespace Plr.Core.Learners;

/// <summary>
/// The five demographics as one key: given name, family name, date of birth, gender and postcode, ignoring case, outer blanks, the
/// postcode's blank and how an accent is encoded (DOSSIER §4.2, exact match; <see cref="Names.EqualIgnoringCase"/>). The number is for the index, the same on both engines; <see cref="Text"/> decides.
/// </summary>
public sealed record PersonKey
{
    private PersonKey(string text) => Text = text;

    /// <summary>The folded demographics.</summary>
    public string Text { get; }

    /// <summary>The first 64 bits of the SHA-256 of the text.</summary>
    public long Number => BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));

    public static PersonKey Of(LearnerDetails details) =>
        Of(details.GivenName, details.FamilyName, details.DateOfBirth, details.Gender, details.LastKnownPostCode);

    public static PersonKey Of(string givenName, string familyName, DateOnly dateOfBirth, int gender, string postcode) =>
        new(string.Create(
            CultureInfo.InvariantCulture,
            $"{Fold(givenName)}\n{Fold(familyName)}\n{dateOfBirth:yyyy-MM-dd}\n{gender}\n{Postcode.Fold(postcode)}"));

    private static string Fold(string name) => Names.Composed(name).ToUpperInvariant();
}
