using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Plr.Server.Govuk;
using Plr.Server.Web;

namespace Plr.Server.Tests.Govuk;

/// <summary>
/// Every example of the npm package that uses only options our fields have gives the same elements, attributes and words as the
/// package's own template. The least number of such examples is told, so that the comparison cannot become empty.
/// </summary>
public sealed partial class FixtureTests
{
    private static readonly string[] Label = ["id", "name", "classes", "label.text", "label.classes", "label.isPageHeading", "hint.text", "errorMessage.text"];
    private static readonly string[] Legend = ["id", "name", "idPrefix", "classes", "fieldset.legend.text", "fieldset.legend.classes", "fieldset.legend.isPageHeading", "hint.text", "errorMessage.text"];
    private static readonly string[] Choice = ["items[].value", "items[].text", "items[].hint.text", "items[].divider", "items[].checked", "items[].conditional.html"];
    private static readonly string[] Attribute = ["attributes.data-attribute", "attributes.data-another", "attributes.accept"];

    [Fact]
    public Task Text_inputs_are_as_the_package_writes_them() =>
        CompareAsync("input", 20, [.. Label, .. Attribute, "type", "value", "autocomplete", "inputmode", "spellcheck", "pattern", "autocapitalize"], o =>
            Rendered.Field(
                new TextInputTagHelper(Rendered.Texts, Rendered.Frame) { Type = o.At("type") ?? "text" },
                o, o.At("value"), "autocomplete", "inputmode", "spellcheck", "pattern", "autocapitalize"));

    [Fact]
    public Task Password_inputs_are_as_the_package_writes_them() =>
        CompareAsync("password-input", 7, [.. Label, .. Attribute, "autocomplete"], o =>
            Rendered.Field(new PasswordInputTagHelper(Rendered.Texts, Rendered.Frame) { Autocomplete = o.At("autocomplete") ?? "current-password" }, o, null));

    [Fact]
    public Task File_uploads_are_as_the_package_writes_them() =>
        CompareAsync("file-upload", 6, [.. Label, .. Attribute], o => Rendered.Field(new FileUploadTagHelper(Rendered.Texts, Rendered.Frame), o, null));

    [Fact]
    public Task Textareas_are_as_the_package_writes_them() =>
        CompareAsync("textarea", 8, [.. Label, .. Attribute, "value", "rows", "autocomplete", "spellcheck"], o =>
            Rendered.Field(new TextareaTagHelper(Rendered.Texts, Rendered.Frame) { Rows = Number(o, "rows") ?? 5 }, o, o.At("value"), "autocomplete", "spellcheck"));

    [Fact]
    public Task Character_counts_are_as_the_package_writes_them() =>
        CompareAsync("character-count", 8, [.. Label, .. Attribute, "value", "rows", "maxlength", "spellcheck"], o =>
            Rendered.Field(
                new TextareaTagHelper(Rendered.Texts, Rendered.Frame) { Rows = Number(o, "rows") ?? 5, MaxLength = Number(o, "maxlength") },
                o, o.At("value"), "spellcheck"), o => o.At("maxlength") is not null);

    [Fact]
    public Task Selects_are_as_the_package_writes_them() =>
        CompareAsync("select", 8, [.. Label, .. Attribute, "value", "items[].value", "items[].text", "items[].selected", "items[].disabled"], o =>
            Rendered.Field(
                new SelectTagHelper(Rendered.Texts, Rendered.Frame)
                {
                    Items = [.. o.GetProperty("items").EnumerateArray().Select(i => new SelectListItem(i.At("text"), i.At("value"), i.Is("selected"), i.Is("disabled")))],
                },
                o, o.At("value")), o => o.TryGetProperty("items", out _) && !ItemOverridesValue(o));

    [Fact]
    public Task Radios_are_as_the_package_writes_them() =>
        CompareAsync("radios", 8, [.. Legend, .. Choice, .. Attribute, "value"], o =>
            Rendered.Field(new RadiosTagHelper(Rendered.Texts, Rendered.Frame), o, o.At("value") ?? Checked(o).FirstOrDefault()), HasLegend);

    [Fact]
    public Task Checkboxes_are_as_the_package_writes_them() =>
        CompareAsync("checkboxes", 8, [.. Legend, .. Choice, .. Attribute, "values[]"], o =>
            Rendered.Field(new CheckboxesTagHelper(Rendered.Texts, Rendered.Frame), o, Values(o)), HasLegend);

    [Fact]
    public Task Date_inputs_are_as_the_package_writes_them() =>
        CompareAsync("date-input", 6, [.. Legend, "values.day", "values.month", "values.year", "day.error", "month.error", "year.error"], DateAsync,
            o => HasLegend(o) && (o.At("errorMessage", "text") is not null || Parts(o).Count == 0) && !SaysWhichPartIsRight(o));

    [Fact]
    public Task Buttons_are_as_the_package_writes_them() =>
        CompareAsync("button", 12, ["text", "href", "classes", "name", "type", "value", "id", "isStartButton", "attributes.aria-controls", "attributes.data-tracking-dimension"], o =>
            Rendered.RunAsync(
                new ButtonTagHelper { Href = o.At("href"), Classes = o.At("classes"), Kind = o.Is("isStartButton") ? "start" : null },
                Rendered.Attributes(o, "name", "type", "value", "id"),
                _ => Task.FromResult<IHtmlContent>(Markup.Text(o.At("text")))));

    [Fact]
    public Task Error_summaries_are_as_the_package_writes_them() =>
        CompareAsync("error-summary", 3, ["titleText", "errorList[].text", "errorList[].href"], SummaryAsync,
            o => o.At("titleText") == "There is a problem" && !LinkBeforeText(o));

    private static async Task CompareAsync(string component, int atLeast, string[] options, Func<JsonElement, Task<string>> render, Func<JsonElement, bool>? also = null)
    {
        var compared = 0;
        foreach (var fixture in Fixtures.Of(component))
        {
            var paths = Fixtures.Paths(fixture.Options).ToList();
            if (paths.TrueForAll(options.Contains) && HeadingHasSize(fixture.Options) && also?.Invoke(fixture.Options) is not false)
            {
                var ours = Fixtures.Shape(NameOfPart().Replace(await render(fixture.Options), m => $"name=\"{m.Groups["part"].Value.ToLowerInvariant()}\""));
                Assert.True(Fixtures.Shape(fixture.Html) == ours, $"{component}, '{fixture.Name}':\n{Fixtures.Shape(fixture.Html)}\nbut ours is\n{ours}");
                compared++;
            }
        }

        Assert.True(compared >= atLeast, $"Only {compared} examples of {component} were compared.");
    }

    private static Task<string> DateAsync(JsonElement o)
    {
        var date = new DateParts { Day = o.At("values", "day"), Month = o.At("values", "month"), Year = o.At("values", "year") };
        var helper = new DateInputTagHelper(Rendered.Texts, Rendered.Frame);
        var parts = Parts(o);
        if (parts.Count == 0)
        {
            return Rendered.Field(helper, o, date);
        }

        // An error of one part stands under the part's own key, with the words that the package gives the whole.
        var rendered = new WithPartErrors(o, parts);
        return rendered.RunAsync(helper, date);
    }

    private sealed class WithPartErrors(JsonElement o, IReadOnlyList<string> parts)
    {
        public async Task<string> RunAsync(DateInputTagHelper helper, DateParts date)
        {
            using var withoutError = JsonDocument.Parse(JsonSerializer.Serialize(o.EnumerateObject().Where(p => p.Name != "errorMessage").ToDictionary(p => p.Name, p => p.Value)));
            await Rendered.Field(helper, withoutError.RootElement, date);
            foreach (var part in parts)
            {
                helper.ViewContext.ModelState.AddModelError($"{o.At("id")}.{part}", o.At("errorMessage", "text")!);
            }

            return await Rendered.RunAsync(helper, [], Rendered.Nothing);
        }
    }

    private static Task<string> SummaryAsync(JsonElement o)
    {
        var frame = new Frame();
        var context = Rendered.Context("", null);
        foreach (var (item, index) in o.GetProperty("errorList").EnumerateArray().Select((item, index) => (item, index)))
        {
            context.ModelState.AddModelError($"key{index}", item.At("text")!);
            if (item.At("href") is { } href)
            {
                frame.Add(new FormField($"key{index}", href.TrimStart('#')));
            }
        }

        return Rendered.RunAsync(new ErrorSummaryTagHelper(Rendered.Texts, frame) { ViewContext = context }, [], Rendered.Nothing);
    }

    // Ours says what belongs to no field last; the package takes any order.
    private static bool LinkBeforeText(JsonElement o) =>
        !o.TryGetProperty("errorList", out var list) || list.EnumerateArray().Select(i => i.At("href") is null).Distinct().Count() > 1;

    // The package can also be told which parts are right; ours are told which are wrong.
    private static bool SaysWhichPartIsRight(JsonElement o) => new[] { "day", "month", "year" }.Any(part => o.At(part, "error") == "false");

    // Here the model's value decides; in the package an item can contradict it.
    private static bool ItemOverridesValue(JsonElement o) =>
        o.At("value") is not null && o.GetProperty("items").EnumerateArray().Any(i => i.At("selected") == "false");

    private static bool HasLegend(JsonElement o) => o.At("fieldset", "legend", "text") is not null;

    // A heading without a size of its own is large here; the package leaves it as small as the text.
    private static bool HeadingHasSize(JsonElement o) => new[] { o.In("label"), o.In("fieldset").In("legend") }.All(label =>
        label.At("classes") is { } classes ? SizeClass().IsMatch(classes) : !label.Is("isPageHeading"));

    private static IReadOnlyList<string> Parts(JsonElement o) =>
        [.. new[] { nameof(DateParts.Day), nameof(DateParts.Month), nameof(DateParts.Year) }.Where(part => o.Is(part.ToLowerInvariant(), "error"))];

    private static IEnumerable<string> Checked(JsonElement o) =>
        o.GetProperty("items").EnumerateArray().Where(i => i.Is("checked")).Select(i => i.At("value")!);

    private static string[] Values(JsonElement o) =>
        o.TryGetProperty("values", out var values) ? [.. values.EnumerateArray().Select(v => v.ToString())] : [.. Checked(o)];

    private static int? Number(JsonElement o, string name) =>
        o.At(name) is { } text ? int.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : null;

    [GeneratedRegex("^govuk-(label|fieldset__legend)--(s|m|l|xl)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SizeClass();

    [GeneratedRegex("name=\"[^\"]*\\.(?<part>Day|Month|Year)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NameOfPart();
}
