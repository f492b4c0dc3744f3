using System.Globalization;
using Plr.Core.Matching;
using Plr.Core.Matching.Synthesis;
using Plr.Server.Files;

namespace Plr.Server.Commands;

/// <summary><c>plr match synthesise</c>: invented people as a labelled CSV file, row after row, however many.</summary>
internal static class MatchSynthesise
{
    private static readonly string[] Headings =
    [
        "Row", "Person", "Copy", "Faults", "GivenName", "MiddleOtherName", "FamilyName", "PreviousFamilyName", "DateOfBirth", "Gender", "LastKnownPostCode", "LastKnownAddressLine1",
        "LastKnownAddressTown", "PlaceOfBirth", "SchoolAtAge16", "EmailAddress", "UniquePupilNumber", "Occupation",
    ];

    public static int Write(Surroundings around, IEnumerable<SyntheticRow> rows, string? output)
    {
        if (output is null)
        {
            using var memory = new MemoryStream();
            Write(rows, memory);
            around.Out.Write(System.Text.Encoding.UTF8.GetString(memory.ToArray()));
            return ExitCodes.Done;
        }

        long count;
        using (var file = File.Create(around.PathTo(output)))
        {
            count = Write(rows, file);
        }

        around.Say($"{output}: {Surroundings.Many(count, "row")}.");
        return ExitCodes.Done;
    }

    private static long Write(IEnumerable<SyntheticRow> rows, Stream stream)
    {
        using var csv = new CsvOut(stream);
        csv.Write(Headings);
        long number = 0;
        foreach (var row in rows)
        {
            number++;
            var text = row.Text;
            csv.Write(
                Number(number), Number(row.Person), Number(row.Copy), string.Join('+', row.Faults), text.GivenName, text.MiddleName, text.FamilyName, text.PreviousFamilyName, Date(text.BirthDate),
                Number(text.Gender), text.Postcode, text.Address, text.Town, text.PlaceOfBirth, text.School, text.Email, text.Identifier, text.Occupation);
        }

        return number;
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Date(int packed) =>
        packed == 0 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $"{packed / 10000:D4}-{packed / 100 % 100:D2}-{packed % 100:D2}");
}
