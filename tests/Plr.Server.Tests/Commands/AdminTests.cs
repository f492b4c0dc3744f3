using Plr.Server.Commands;
using Plr.Server.Tests.PortalPages;
using Plr.Testing;

namespace Plr.Server.Tests.Commands;

public sealed class AdminTests : IDisposable
{
    private readonly CommandFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_organisation_is_added_listed_suspended_and_activated()
    {
        Assert.Equal(["Added Coleg Dyffryn (10007945)."], (await _folder.RunAsync("admin", "organisation", "add", "--ukprn", "10007945", "--name", "Coleg Dyffryn")).Done().Lines);
        (await _folder.RunAsync("admin", "organisation", "suspend", "10007945")).Done();

        var list = (await _folder.RunAsync("admin", "organisation", "list")).Done();

        Assert.Contains("Suspended", list.Lines[0], StringComparison.Ordinal);
        Assert.Equal("1 organisation.", list.Lines[1]);
        Assert.Equal(["Coleg Dyffryn (10007945) is active."], (await _folder.RunAsync("admin", "organisation", "activate", "10007945")).Done().Lines);
    }

    [Fact]
    public async Task A_number_that_another_organisation_has_is_refused_in_one_sentence()
    {
        (await _folder.RunAsync("admin", "organisation", "add", "--ukprn", "10007945", "--name", "Coleg Dyffryn")).Done();

        var refused = await _folder.RunAsync("admin", "organisation", "add", "--ukprn", "10007945", "--name", "Another");

        Assert.Equal((ExitCodes.Refused, "plr: Ukprn is another organisation's."), (refused.Code, refused.Error.Trim()));
    }

    [Fact]
    public async Task An_officer_is_added_invited_and_listed()
    {
        (await _folder.RunAsync("admin", "user", "add", "--office", "--name", "Olwen Rees", "--email", "olwen@example.org", "--role", "OfficeSenior")).Done();

        var invited = (await _folder.RunAsync("admin", "invite", "--email", "Olwen@Example.org")).Done();
        var list = (await _folder.RunAsync("admin", "user", "list", "--office")).Done();

        Assert.Contains("/sign-in/link?token=", invited.Lines[1], StringComparison.Ordinal);
        Assert.Matches("^olwen@example.org +Active +Olwen Rees \\(OfficeSenior\\)$", list.Lines[0]);
    }

    [Fact]
    public async Task A_second_factor_that_is_not_there_or_nobodys_is_not_reset()
    {
        (await _folder.RunAsync("admin", "user", "add", "--office", "--name", "Olwen Rees", "--email", "olwen@example.org", "--role", "OfficeSenior")).Done();

        var none = await _folder.RunAsync("admin", "user", "reset-factor", "--email", "olwen@example.org");
        var nobody = await _folder.RunAsync("admin", "user", "reset-factor", "--email", "nobody@example.org");
        var neither = await _folder.RunAsync("admin", "user", "reset-factor");

        Assert.Equal((ExitCodes.Refused, "plr: Olwen Rees has no second factor and no passkey."), (none.Code, none.Error.Trim()));
        Assert.Equal((ExitCodes.Refused, "plr: Unknown account."), (nobody.Code, nobody.Error.Trim()));
        Assert.Equal(ExitCodes.Usage, neither.Code);
    }

    [Fact]
    public async Task A_role_that_does_not_fit_the_organisation_is_refused()
    {
        (await _folder.RunAsync("admin", "organisation", "add", "--ukprn", "10007945", "--name", "Coleg Dyffryn")).Done();

        var refused = await _folder.RunAsync(
            "admin", "user", "add", "--organisation", "10007945", "--name", "A", "--email", "a@example.org", "--role", "AwardingOrganisation");

        Assert.Equal((ExitCodes.Refused, "plr: Roles AwardingOrganisation needs an organisation that has a recognition number."), (refused.Code, refused.Error.Trim()));
    }

    [Theory]
    [InlineData("admin invite --email nobody@example.org", "no active account has this e-mail address. Add it with: plr admin user add")]
    [InlineData("admin invite --learner 1234567890", "ULN is not a ULN")]
    [InlineData("admin invite --learner 1000000078", "no learner on this register has this ULN.")]
    [InlineData("admin organisation suspend 10000009", "no organisation 10000009 is on this register. Add it with: plr admin organisation add --ukprn 10000009")]
    [InlineData("load registrations missing.csv --organisation 10000009", "there is no file missing.csv.")]
    public async Task What_is_not_there_is_told_in_one_sentence_with_what_to_do(string line, string expected)
    {
        var refused = await _folder.RunAsync(line.Split(' '));

        Assert.Equal(ExitCodes.Refused, refused.Code);
        Assert.StartsWith("plr: " + expected, Assert.Single(refused.Error.Trim().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_awarding_organisation_that_was_added_by_its_reference_is_the_one_that_the_regulators_list_names()
    {
        (await _folder.RunAsync("admin", "organisation", "add", "--ref", "RN5196", "--name", "Aqa")).Done();
        (await _folder.RunAsync("admin", "organisation", "add", "--ukprn", "10007945", "--ref", "RN5133", "--name", "Both")).Done();
        const string headings = "Recognition Number,Name,Legal Name,Acronym,Email,Website,Head Office Address Line 1,Head Office Address Line 2,"
            + "Head Office Address Town/City,Head Office Address County,Head Office Address Postcode,Head Office Address Country,"
            + "Head Office Address Telephone Number,Ofqual Status,Ofqual Recognised From,Ofqual Recognised To,CCEA Regulation Status,"
            + "CCEA Regulation Recognised From,CCEA Regulation Recognised To";
        var empty = new string(',', headings.Count(c => c == ',') - 1);
        var list = _folder.Write("list.csv", $"{headings}\nRN5196,AQA Education{empty}\nRN5133,Pearson{empty}\n");
        var loaded = await _folder.RunAsync("load", "awarding-organisations", list);

        Assert.Contains("0 added, 2 changed", loaded.Done().Out, StringComparison.Ordinal);
        var file = _folder.Write("ao.csv", SmallBatches.Achievements("RN5196", A.Achievement("1000000078")));
        Assert.Contains("AC102", (await _folder.RunAsync("load", "achievements", file, "--organisation", "RN5196")).Done().Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_for_another_organisation_is_refused_whole_with_its_line_and_nothing_of_it_goes_in()
    {
        (await _folder.RunAsync("admin", "organisation", "add", "--ukprn", "10007945", "--name", "Coleg Dyffryn")).Done();
        var learner = A.Learner();
        var file = _folder.Write("wrong.csv", SmallBatches.Registrations("10007946", learner));

        var refused = await _folder.RunAsync("load", "registrations", file, "--organisation", "10007945");

        Assert.Equal(ExitCodes.Refused, refused.Code);
        Assert.StartsWith("plr: batch 1 was refused: Line 2, column 3: ", refused.Error, StringComparison.Ordinal);
        // New to the register: nothing of the refused file went in.
        var right = await _folder.RunAsync("load", "registrations", _folder.Write("right.csv", SmallBatches.Registrations("10007945", learner)), "--organisation", "10007945");
        Assert.Contains("RC001", right.Done().Out, StringComparison.Ordinal);
    }
}
