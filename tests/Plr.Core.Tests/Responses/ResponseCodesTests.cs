using System.Globalization;
using Plr.Core.Responses;

namespace Plr.Core.Tests.Responses;

public class ResponseCodesTests
{
    [Fact]
    public void Names_and_row_codes_are_unique()
    {
        Assert.Equal(ResponseCodes.All.Count, ResponseCodes.All.Select(code => code.Name).Distinct().Count());
        var rows = ResponseCodes.All.Select(code => code.Row).OfType<string>().ToList();
        Assert.Equal(rows.Count, rows.Distinct().Count());
        Assert.Equal(FindingRules.All.Count, FindingRules.All.Select(rule => rule.Name).Distinct().Count());
    }

    [Fact]
    public void A_name_is_that_of_its_field() => Assert.All(
        typeof(ResponseCodes).GetFields().Where(field => field.FieldType == typeof(ResponseCode)), field => Assert.Equal(field.Name, ((ResponseCode)field.GetValue(null)!).Name));

    [Fact]
    public void Codes_have_their_documented_form()
    {
        Assert.All(ResponseCodes.All.Where(code => code.Wire is not null), code => Assert.Matches("^WS(RC|EC|VRC)[0-9]{3,4}$", code.Wire));
        Assert.All(ResponseCodes.All.Where(code => code.Row is not null), code => Assert.Matches("^(RC|AC)[0-9]{3}$", code.Row));
        ResponseCode[] ours = [ResponseCodes.Bug, ResponseCodes.StoreFull];
        Assert.All(ResponseCodes.All.Except(ours), code => Assert.InRange(code.Http, 200, 499));
        Assert.Equal([500, 507], ours.Select(code => code.Http));
        Assert.All(ResponseCodes.All, code => Assert.Equal(code.Row?.StartsWith("AC", StringComparison.Ordinal) == true, code.RowClass is not null));
    }

    [Fact]
    public void Rows_are_judged_in_the_documented_order()
    {
        string[] Judged(string prefix) => [.. ResponseCodes.All.Where(code => code.Row?.StartsWith(prefix, StringComparison.Ordinal) == true && code.Http >= 400).OrderBy(ResponseCodes.Order).Select(code => code.Row!)];
        Assert.Equal(["RC011", "RC012", "RC013", "RC006", "RC008", "RC009", "RC007", "RC010"], Judged("RC"));
        Assert.Equal(
            ["AC001", "AC002", "AC003", "AC004", "AC101", "AC102", "AC103", "AC201", "AC202", "AC203", "AC204", "AC205", "AC206", "AC207", "AC208"], Judged("AC"));
    }

    [Fact]
    public void A_findings_sentence_takes_its_values_and_no_finding_is_no_code()
    {
        Assert.Equal("Notes is longer than 4000 characters", new Finding(ResponseCodes.IncorrectFormat, "Notes", FindingRules.TooLong, "4000").Text);
        Assert.All(FindingRules.All, rule => Assert.DoesNotContain("{", string.Format(CultureInfo.InvariantCulture, rule.Text, "a", "b", "c"), StringComparison.Ordinal));
        Assert.Throws<ArgumentException>(() => Finding.FirstCode([]));
    }
}

public class FailureFlagTests
{
    [Fact]
    public void There_are_the_eight_of_the_dossier_in_their_order_and_each_says_what_is_held_against_what()
    {
        Assert.Equal(["VRF1", "VRF2", "VRF3", "VRF4", "VRF5", "VRF6", "VRF7", "VRF8"], FailureFlags.All.Select(flag => flag.Code));
        Assert.Equal(
            ["GivenName GivenName", "GivenName FamilyName", "GivenName PreviousFamilyName", "FamilyName GivenName", "FamilyName FamilyName", "FamilyName PreviousFamilyName", "DateOfBirth DateOfBirth", "Gender Gender"],
            FailureFlags.All.Select(flag => flag.Text.Split(' ')).Select(words => $"{words[0]} {words[^4]}"));
    }
}
