using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Plr.Testing.Pages;

/// <summary>
/// A page as a person reads it: headings, links, fields by their labels, answers by their questions. What is not there fails the
/// test with what was.
/// </summary>
public sealed class WebPage
{
    private readonly Uri _address;

    private WebPage(IHtmlDocument document, Uri address, HttpResponseMessage response)
    {
        Document = document;
        _address = address;
        Response = response;
    }

    public IHtmlDocument Document { get; }

    public HttpResponseMessage Response { get; }

    public string Title => Clean(Document.Title);

    /// <summary>The value of <c>html lang</c>.</summary>
    public string? Language => Document.DocumentElement.GetAttribute("lang");

    /// <summary>The words of the page's main part.</summary>
    public string Text => Clean(Main.TextContent);

    private IElement Main => Document.QuerySelector("main") ?? throw Missing("main", []);

    public static async Task<WebPage> ReadAsync(HttpResponseMessage response)
    {
        var html = await response.Content.ReadAsStringAsync();
        return new WebPage(new HtmlParser().ParseDocument(html), response.RequestMessage!.RequestUri!, response);
    }

    /// <summary>The page's one h1.</summary>
    public string Heading() => Clean(One(Document.QuerySelectorAll("h1"), "h1", _ => true).TextContent);

    /// <summary>The error summary's words and where each leads (null: nowhere); empty without a summary.</summary>
    public IReadOnlyList<(string Text, string? Href)> ErrorSummary() =>
        [.. Document.QuerySelectorAll(".govuk-error-summary__list li").Select(li => (Clean(li.TextContent), li.QuerySelector("a")?.GetAttribute("href")))];

    /// <summary>The error beside the field with this label or legend, without its hidden prefix; null when it has none.</summary>
    public string? ErrorAt(string label)
    {
        var error = Group(label).QuerySelector(".govuk-error-message");
        var prefix = error?.QuerySelector(".govuk-visually-hidden")?.TextContent ?? "";
        return error is null ? null : Clean(error.TextContent.Replace(prefix, "", StringComparison.Ordinal));
    }

    /// <summary>What stands in the field with this label.</summary>
    public string Value(string label) => Field(label) switch
    {
        IHtmlInputElement input => input.Value,
        IHtmlTextAreaElement area => area.Value,
        IHtmlSelectElement select => select.Value ?? "",
        var other => throw Missing($"a field, not {other.LocalName}, labelled '{label}'", []),
    };

    /// <summary>The answer beside a question in a summary list.</summary>
    public string SummaryListValue(string key)
    {
        var row = One(Document.QuerySelectorAll(".govuk-summary-list__row"), $"summary list row '{key}'", r => Clean(r.QuerySelector("dt")?.TextContent) == key, r => r.QuerySelector("dt")?.TextContent);
        return Clean(row.QuerySelector(".govuk-summary-list__value")?.TextContent);
    }

    /// <summary>The cells of a table, row by row, without its head.</summary>
    public IReadOnlyList<IReadOnlyList<string>> TableRows(string caption)
    {
        var table = One(Document.QuerySelectorAll("table"), $"table '{caption}'", t => Clean(t.QuerySelector("caption")?.TextContent) == caption, t => t.QuerySelector("caption")?.TextContent);
        return [.. table.QuerySelectorAll("tbody tr").Select(tr => (IReadOnlyList<string>)[.. tr.Children.Select(c => Clean(c.TextContent))])];
    }

    /// <summary>Where the link with these words leads.</summary>
    public string Link(string text) =>
        One(Document.QuerySelectorAll("a[href]"), $"link '{text}'", a => Clean(a.TextContent) == text, a => a.TextContent).GetAttribute("href")!;

    public bool HasLink(string text) => Document.QuerySelectorAll("a[href]").Any(a => Clean(a.TextContent) == text);

    /// <summary>Fills fields by their labels (a choice: the choice's label), presses the button and reads what comes.</summary>
    public async Task<WebPage> SubmitAsync(HttpClient client, string button, params (string Label, string Value)[] answers)
    {
        var pressed = (IHtmlButtonElement)One(Document.QuerySelectorAll("form button"), $"button '{button}'", b => Clean(b.TextContent) == button, b => b.TextContent);
        foreach (var (label, value) in answers)
        {
            Fill(label, value);
        }

        var form = pressed.Form!;
        using var content = new FormUrlEncodedContent(form.Elements.OfType<IHtmlElement>().SelectMany(Entries));
        var action = new Uri(_address, form.GetAttribute("action") is { Length: > 0 } address ? address : _address.PathAndQuery);
        return await ReadAsync(await client.PostAsync(action, content));
    }

    private void Fill(string label, string value)
    {
        switch (Field(label))
        {
            case IHtmlInputElement { Type: "radio" or "checkbox" } choice:
                choice.IsChecked = true;
                break;
            case IHtmlInputElement input:
                input.Value = value;
                break;
            case IHtmlTextAreaElement area:
                area.Value = value;
                break;
            case IHtmlSelectElement select:
                select.Value = value;
                break;
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> Entries(IHtmlElement element) => element switch
    {
        IHtmlInputElement { Type: "radio" or "checkbox", IsChecked: false } or IHtmlInputElement { Type: "file" } => [],
        IHtmlInputElement { Name: { } name } input => [KeyValuePair.Create(name, input.Value)],
        IHtmlTextAreaElement { Name: { } name } area => [KeyValuePair.Create(name, area.Value)],
        IHtmlSelectElement { Name: { } name } select => [KeyValuePair.Create(name, select.Value ?? "")],
        _ => [],
    };

    private IElement Field(string label)
    {
        var found = One(Document.QuerySelectorAll("label"), $"label '{label}'", l => Clean(l.TextContent) == label, l => l.TextContent);
        return Document.GetElementById(found.GetAttribute("for") ?? "") ?? throw Missing($"field of the label '{label}'", []);
    }

    private IElement Group(string label) =>
        One(Document.QuerySelectorAll("label, legend"), $"label or legend '{label}'", l => Clean(l.TextContent) == label, l => l.TextContent).Closest(".govuk-form-group")!;

    private static IElement One(IEnumerable<IElement> candidates, string what, Func<IElement, bool> matches, Func<IElement, string?>? say = null)
    {
        var all = candidates.ToList();
        var found = all.Where(matches).ToList();
        return found.Count > 0 && (say is not null || found.Count == 1)
            ? found[0]
            : throw Missing(what, all.Select(e => Clean((say ?? (x => x.TextContent))(e))));
    }

    private static InvalidOperationException Missing(string what, IEnumerable<string> there) =>
        new($"The page has not exactly one {what}. There is: {string.Join(" | ", there)}");

    private static string Clean(string? text) => string.Join(' ', (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
