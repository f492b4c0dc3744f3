using Plr.Core.Learners;
using Plr.Core.Responses;
using Plr.Testing;

namespace Plr.Core.Tests.Learners;

public class LearnerRulesTests
{
    private static readonly Dictionary<string, Func<LearnerText, string?, LearnerText>> Fields = new()
    {
        ["ULN"] = (text, value) => text with { Uln = value },
        ["MISIdentifier"] = (text, value) => text with { MisIdentifier = value },
        ["Title"] = (text, value) => text with { Title = value },
        ["GivenName"] = (text, value) => text with { GivenName = value },
        ["PreferredGivenName"] = (text, value) => text with { PreferredGivenName = value },
        ["MiddleOtherName"] = (text, value) => text with { MiddleOtherName = value },
        ["FamilyName"] = (text, value) => text with { FamilyName = value },
        ["PreviousFamilyName"] = (text, value) => text with { PreviousFamilyName = value },
        ["FamilyNameAt16"] = (text, value) => text with { FamilyNameAtAge16 = value },
        ["SchoolAtAge16"] = (text, value) => text with { SchoolAtAge16 = value },
        ["LastKnownAddressLine1"] = (text, value) => text with { LastKnownAddressLine1 = value },
        ["LastKnownAddressLine2"] = (text, value) => text with { LastKnownAddressLine2 = value },
        ["LastKnownAddressTown"] = (text, value) => text with { LastKnownAddressTown = value },
        ["LastKnownAddressCountyorCity"] = (text, value) => text with { LastKnownAddressCountyOrCity = value },
        ["LastKnownPostCode"] = (text, value) => text with { LastKnownPostCode = value },
        ["DateOfAddressCapture"] = (text, value) => text with { DateOfAddressCapture = value },
        ["DateOfBirth"] = (text, value) => text with { DateOfBirth = value },
        ["PlaceOfBirth"] = (text, value) => text with { PlaceOfBirth = value },
        ["EmailAddress"] = (text, value) => text with { EmailAddress = value },
        ["Gender"] = (text, value) => text with { Gender = value },
        ["Nationality"] = (text, value) => text with { Nationality = value },
        ["ScottishCandidateNumber"] = (text, value) => text with { ScottishCandidateNumber = value },
        ["AbilityToShare"] = (text, value) => text with { AbilityToShare = value },
        ["VerificationType"] = (text, value) => text with { VerificationType = value },
        ["OtherVerificationDescription"] = (text, value) => text with { OtherVerificationDescription = value },
        ["Notes"] = (text, value) => text with { Notes = value },
        ["UCI"] = (text, value) => text with { UniqueCandidateIdentifier = value },
        ["UPN"] = (text, value) => text with { UniquePupilNumber = value },
    };

    private static IReadOnlyList<Finding> Check(LearnerText text, bool isCreate = true) => LearnerRules.Check(text, A.Today, isCreate);

    private static string[] Codes(string field, string? value, bool isCreate = true) =>
        [.. Check(Fields[field](A.Learner(), value), isCreate).Select(finding => $"{finding.Code.Row} {finding.Field} {finding.Rule.Name}")];

    [Fact]
    public void A_learner_with_every_field_and_one_with_the_least_are_right()
    {
        Assert.Empty(Check(A.Learner()));
        Assert.Empty(Check(A.FullLearner()));
    }

    [Theory]
    [InlineData("MISIdentifier", 128)]
    [InlineData("Title", 35)]
    [InlineData("GivenName", 35)]
    [InlineData("PreferredGivenName", 35)]
    [InlineData("MiddleOtherName", 35)]
    [InlineData("FamilyName", 35)]
    [InlineData("PreviousFamilyName", 35)]
    [InlineData("FamilyNameAt16", 35)]
    [InlineData("SchoolAtAge16", 254)]
    [InlineData("LastKnownAddressLine1", 50)]
    [InlineData("LastKnownAddressLine2", 50)]
    [InlineData("LastKnownAddressTown", 50)]
    [InlineData("LastKnownAddressCountyorCity", 50)]
    [InlineData("PlaceOfBirth", 35)]
    [InlineData("Nationality", 3)]
    [InlineData("OtherVerificationDescription", 255)]
    [InlineData("Notes", 4000)]
    public void RC011_a_text_is_as_long_as_the_schema_allows_and_no_longer_and_storable(string field, int length)
    {
        Assert.Empty(Codes(field, new string('x', length)));
        Assert.Equal([$"RC011 {field} TooLong"], Codes(field, new string('x', length + 1)));
        Assert.Equal([$"RC011 {field} BadCharacters"], Codes(field, "a\0"));
        Assert.Equal([$"RC011 {field} BadCharacters"], Codes(field, "a\uD800"));
        Assert.Equal([$"RC011 {field} BadCharacters"], Codes(field, "\uDC00a"));
        Assert.Equal([$"RC011 {field} BadCharacters"], Codes(field, "a\u0085"));
        Assert.Equal(field == "Notes" ? [] : [$"RC011 {field} BadCharacters"], Codes(field, "a\n"));
    }

    [Theory]
    [InlineData("GivenName", null)]
    [InlineData("GivenName", "")]
    [InlineData("GivenName", " \u00A0\t")]
    [InlineData("FamilyName", null)]
    [InlineData("FamilyName", " ")]
    public void RC011_a_name_has_at_least_one_character_that_is_not_blank(string field, string? value) => Assert.Equal([$"RC011 {field} Blank"], Codes(field, value));

    [Theory]
    [InlineData("Gender", "0,1,2,9", "3,8,-1,00,01,M,2 , 2,２")]
    [InlineData("AbilityToShare", "0,1,2", "3,9,Y,1 ")]
    [InlineData("VerificationType", "0,1,2,3,4,5,6,7", "8,99,9999,07")]
    public void RC011_a_code_is_in_its_set(string field, string right, string wrong)
    {
        Assert.All(right.Split(','), value => Assert.Empty(Codes(field, value)));
        Assert.All(wrong.Split(','), value => Assert.Equal([$"RC011 {field} NotInCodeSet"], Codes(field, value)));
    }

    [Theory]
    [InlineData("1916-02-29", true)]
    [InlineData("1900-02-29", false)]
    [InlineData("2007-02-29", false)]
    [InlineData("2007-13-01", false)]
    [InlineData("2007-00-10", false)]
    [InlineData("2007-04-31", false)]
    [InlineData("27/03/2007", false)]
    [InlineData("2007-3-27", false)]
    [InlineData("20070327", false)]
    [InlineData("2007-03-27 ", false)]
    [InlineData("2007-03-27T00:00:00", false)]
    [InlineData("٢٠٠٧-٠٣-٢٧", false)]
    [InlineData("1799-12-31", false)]
    [InlineData("2100-01-01", false)]
    public void RC011_a_date_is_a_real_day_of_three_centuries_written_with_hyphens(string date, bool isRight)
    {
        Assert.Equal(isRight ? [] : ["RC011 DateOfBirth NotADate"], Codes("DateOfBirth", date));
        Assert.Equal(isRight ? [] : ["RC011 DateOfAddressCapture NotADate"], Codes("DateOfAddressCapture", date));
    }

    [Theory]
    [InlineData("1800-01-01")]
    [InlineData("2099-12-31")]
    public void A_date_of_address_capture_may_be_any_day_of_three_centuries(string date) => Assert.Empty(Codes("DateOfAddressCapture", date));

    [Theory]
    [InlineData("2013-11-23", true)]
    [InlineData("2013-11-24", false)]
    [InlineData("2014-11-23", false)]
    [InlineData("2026-11-24", false)]
    [InlineData("1915-11-24", true)]
    [InlineData("1915-11-23", false)]
    [InlineData("1916-11-23", true)]
    public void RC013_a_learner_is_13_to_110_on_the_day(string born, bool isRight) =>
        Assert.Equal(isRight ? [] : ["RC013 DateOfBirth AgeOutsideRange"], Codes("DateOfBirth", born));

    [Fact]
    public void RC013_somebody_born_on_29_February_is_a_year_older_on_1_March()
    {
        Assert.Equal(12, Learner.AgeOn(new(2012, 2, 29), new(2025, 2, 28)));
        Assert.Equal(13, Learner.AgeOn(new(2012, 2, 29), new(2025, 3, 1)));
        Assert.Equal(-1, Learner.AgeOn(new(2026, 11, 24), new(2026, 11, 23)));
    }

    [Theory]
    [InlineData("a@b.uk", true)]
    [InlineData("siân.o'neill+x@ysgol.example", false)]
    [InlineData("siân.o'neill+x@ysgol.exampl", true)]
    [InlineData("a@b", false)]
    [InlineData("a@b.c", false)]
    [InlineData("@b.uk", false)]
    [InlineData("a@.uk", false)]
    [InlineData("a@@b.uk", false)]
    [InlineData("a b@c.uk", false)]
    [InlineData("a@b.uk ", false)]
    [InlineData("a@b.u1", false)]
    public void RC011_an_email_address_has_a_domain_of_2_to_6_letters(string address, bool isRight) =>
        Assert.Equal(isRight ? [] : ["RC011 EmailAddress BadEmail"], Codes("EmailAddress", address));

    [Fact]
    public void RC011_an_email_address_has_at_most_254_characters()
    {
        Assert.Empty(Codes("EmailAddress", new string('a', 249) + "@b.uk"));
        Assert.Equal(["RC011 EmailAddress TooLong"], Codes("EmailAddress", new string('a', 250) + "@b.uk"));
        Assert.Equal(["RC011 EmailAddress BadCharacters"], Codes("EmailAddress", "a\0@b.uk"));
    }

    [Theory]
    [InlineData("ScottishCandidateNumber", "012345678", "RC011", "BadScottishCandidateNumber", "01234567,0123456789,01234567A,01234567 ")]
    [InlineData("LastKnownPostCode", "ZZ99 9ZZ", "RC011", "BadPostcode", "ZZ99 9CZ,12345, CV4 9EE")]
    [InlineData("UCI", "12345A678901b", "RC012", "BadUci", "12345A678901,12345A678901bc,12345-678901b,12345A67890１b")]
    [InlineData("UPN", "A12345678901b", "RC012", "BadUpn", "1123456789012,A1234567890B1,A1234567890,ÀA2345678901b")]
    [InlineData("ULN", "9276308686", "RC012", "BadUln", "9276308685,927630868,1000000063,0276308686,92763 08686,９276308686")]
    [InlineData("ULN", "1000000043", "RC012", "TemporaryUln", "9999999999")]
    public void A_number_has_its_shape(string field, string right, string code, string rule, string wrong)
    {
        Assert.Empty(Codes(field, right));
        Assert.All(wrong.Split(','), value => Assert.Equal([$"{code} {field} {rule}"], Codes(field, value)));
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData(" ", false)]
    [InlineData("x", true)]
    public void RC011_verification_999_needs_a_description(string? description, bool isRight)
    {
        var findings = Check(A.Learner() with { VerificationType = "999", OtherVerificationDescription = description });
        Assert.Equal(isRight ? [] : [(ResponseCodes.IncorrectFormat, FindingRules.NeedsDescription)], findings.Select(finding => (finding.Code, finding.Rule)));
    }

    [Theory]
    [InlineData("DateOfBirth")]
    [InlineData("Gender")]
    [InlineData("LastKnownPostCode")]
    [InlineData("AbilityToShare")]
    [InlineData("VerificationType")]
    public void RC006_what_creates_a_ULN_is_needed_to_create_one_only(string field)
    {
        Assert.Equal([$"RC006 {field} Missing"], Codes(field, ""));
        Assert.Equal([$"RC006 {field} Missing"], Codes(field, null));
        Assert.Empty(Codes(field, "", isCreate: false));
    }

    [Fact]
    public void Every_fault_is_found_and_the_first_of_the_order_is_the_rows()
    {
        var text = A.Learner() with { GivenName = " ", UniquePupilNumber = "x", DateOfBirth = "2020-01-01", Gender = "" };
        Assert.Equal(["RC006", "RC011", "RC012", "RC013"], Check(text).Select(finding => finding.Code.Row).Order());
        Assert.Equal("RC011", Finding.FirstCode(Check(text)).Row);
        Assert.Equal("RC012", Finding.FirstCode(Check(text with { GivenName = "x" })).Row);
        Assert.Equal("RC013", Finding.FirstCode(Check(text with { GivenName = "x", UniquePupilNumber = null })).Row);
        Assert.Equal("RC006", Finding.FirstCode(Check(A.Learner() with { Gender = "" })).Row);
    }

    [Fact]
    public void A_finding_never_repeats_the_value_that_is_wrong()
    {
        foreach (var field in Fields.Keys.Where(field => field is not "GivenName" and not "FamilyName"))
        {
            foreach (var value in new[] { "\0SECRET", "SECRET" + new string('x', 5000) })
            {
                Assert.All(Check(Fields[field](A.Learner(), value)), finding => Assert.DoesNotContain("SECRET", finding.Text, StringComparison.OrdinalIgnoreCase));
            }
        }
    }

    [Fact]
    public void Text_is_kept_exactly_and_empty_is_absent()
    {
        var details = LearnerRules.Details(A.FullLearner());
        Assert.Equal(("Zoë ", "Smith  ", "ll571dt ", "Ysgol Tryfan "), (details.GivenName, details.PreviousFamilyName, details.LastKnownPostCode, details.SchoolAtAge16));
        Assert.Null(LearnerRules.Details(A.FullLearner() with { Title = "" }).Title);
        Assert.Equal(" ", LearnerRules.Details(A.FullLearner() with { Title = " " }).Title);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(7, 2)]
    [InlineData(999, 0)]
    public void The_tier_is_the_strength_of_the_evidence(int verificationType, int tier) =>
        Assert.Equal(tier, (LearnerRules.Details(A.FullLearner()) with { VerificationType = verificationType }).TierLevel);
}
