using Plr.Testing.Pages;

namespace Plr.Server.Tests.Govuk;

/// <summary>A form with every kind of field, sent as a person would.</summary>
public sealed class EveryFieldTests : IAsyncLifetime
{
    private TestSite _site = null!;

    public async ValueTask InitializeAsync() => _site = await TestSite.StartAsync();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task An_empty_form_is_refused_with_the_errors_in_the_order_of_its_fields()
    {
        var page = await SendAsync("/test/every-field");

        Assert.Equal(
            [
                ("Enter your family name", "#FamilyName"),
                ("Enter your date of birth", "#DateOfBirth-day"),
                ("Select yes if you have studied here before", "#Answer"),
                ("Select a file", "#Upload"),
                ("Enter your password", "#Password"),
            ],
            page.ErrorSummary());
        Assert.Equal("Error: Every field – Personal Learning Record", page.Title);
        Assert.Equal("Enter your family name", page.ErrorAt("Family name"));
        Assert.Equal("Enter your date of birth", page.ErrorAt("Date of birth"));
        Assert.Equal("Select yes if you have studied here before", page.ErrorAt("Have you studied here before?"));
        Assert.Null(page.ErrorAt("Level"));
        Assert.All(page.ErrorSummary(), e => Assert.NotNull(page.Document.QuerySelector(e.Href!)));
    }

    [Fact]
    public async Task What_was_typed_is_kept_and_a_password_is_not()
    {
        var page = await SendAsync("/test/every-field",
            ("Family name", "O'Brien & <Söhne>"), ("Day", "31"), ("Month", "smarch"), ("No", ""), ("BTECs", ""),
            ("Level", "3"), ("Note (optional)", "\nwith an <b> in it"), ("Password", "swordfish"));

        Assert.Equal("O'Brien & <Söhne>", page.Value("Family name"));
        Assert.Equal("31", page.Value("Day"));
        Assert.Equal("smarch", page.Value("Month"));
        Assert.Equal("3", page.Value("Level"));
        Assert.Equal("\nwith an <b> in it", page.Value("Note (optional)"));
        Assert.Equal("", page.Value("Password"));
        Assert.Equal(["no", "btec"], page.Document.QuerySelectorAll("input[checked]").Select(i => i.GetAttribute("value")));
        Assert.Equal("Date of birth must include a year", page.ErrorAt("Date of birth"));
        Assert.Contains(("Date of birth must include a year", "#DateOfBirth-year"), page.ErrorSummary());
        Assert.Equal(["DateOfBirth.Year"], page.Document.QuerySelectorAll(".govuk-date-input .govuk-input--error").Select(i => i.GetAttribute("name")));
    }

    [Fact]
    public async Task Two_missing_parts_of_a_date_are_one_error_and_both_are_marked()
    {
        var page = await SendAsync("/test/every-field", ("Month", "3"));

        Assert.Equal("Date of birth must include a day and year", page.ErrorAt("Date of birth"));
        Assert.Single(page.ErrorSummary(), e => e.Text.StartsWith("Date of birth", StringComparison.Ordinal));
        Assert.Equal(["DateOfBirth.Day", "DateOfBirth.Year"], page.Document.QuerySelectorAll(".govuk-date-input .govuk-input--error").Select(i => i.GetAttribute("name")));
    }

    [Fact]
    public async Task A_right_form_says_so_and_has_no_error()
    {
        var page = await SendAsync("/test/every-field",
            ("Family name", "Ŵyn"), ("Day", "27"), ("Month", "Mawrth"), ("Year", "2007"), ("Yes", ""), ("Note (optional)", "no file"), ("Password", "x"));

        Assert.Empty(page.ErrorSummary());
        Assert.Equal("Every field – Personal Learning Record", page.Title);
        Assert.Contains("All of it was right", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_Welsh_errors_and_the_frame_speak_Welsh()
    {
        var page = await SendAsync("/cy/test/every-field");

        Assert.StartsWith("Gwall: ", page.Title, StringComparison.Ordinal);
        Assert.Equal("Gwall:", page.Document.QuerySelector(".govuk-error-message .govuk-visually-hidden")!.TextContent);
        Assert.Equal("Mae problem wedi codi", page.Document.QuerySelector(".govuk-error-summary__title")!.TextContent.Trim());
        Assert.Equal("Dangos y cyfrinair", page.Document.QuerySelector("[data-module=govuk-password-input]")!.GetAttribute("data-i18n.show-password-aria-label"));
        Assert.Equal("/test/every-field", page.Link("English"));
    }

    [Fact]
    public async Task A_form_leaves_checking_to_the_server_and_carries_the_forms_token()
    {
        var page = await _site.OpenAsync("/test/every-field");
        var forms = page.Document.QuerySelectorAll("form[method=post]");

        Assert.Equal(2, forms.Length);
        Assert.All(forms, form => Assert.True(form.HasAttribute("novalidate")));
        Assert.All(forms, form => Assert.NotNull(form.QuerySelector("input[name=__RequestVerificationToken]")));
    }

    [Fact]
    public async Task The_navigation_marks_the_page_and_says_who_is_signed_in()
    {
        var page = await _site.OpenAsync("/test/every-field");

        Assert.Equal("Every field", page.Document.QuerySelector("[aria-current=page]")!.TextContent.Trim());
        Assert.Contains("Signed in as Gwen Ŵyn", page.Document.QuerySelector(".plr-signed-in")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("/sign-out", page.Document.QuerySelector(".plr-signed-in form")!.GetAttribute("action"));
    }

    private async Task<WebPage> SendAsync(string address, params (string Label, string Value)[] answers)
    {
        using var browser = _site.Browser();
        var page = await WebPage.ReadAsync(await browser.GetAsync(address));
        return await page.SubmitAsync(browser, "Send everything", answers);
    }
}
