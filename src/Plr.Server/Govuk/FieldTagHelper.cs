using System.Globalization;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Plr.Server.Web;

namespace Plr.Server.Govuk;

/// <summary>
/// What every field of a form has: a label (or legend), a hint, an error with the same words as the summary, and the value as it was
/// typed. Attributes that a field does not know go to its input. Markup as in the template of the component in govuk-frontend.
/// </summary>
public abstract class FieldTagHelper(Texts texts, Frame frame) : TagHelper
{
    /// <summary>The property that the field fills.</summary>
    [HtmlAttributeName("for")]
    public ModelExpression For { get; set; } = null!;

    /// <summary>The label or legend: the question in words.</summary>
    [HtmlAttributeName("label")]
    public string Label { get; set; } = "";

    [HtmlAttributeName("hint")]
    public string? Hint { get; set; }

    /// <summary>The label is the page's h1 (one question a page).</summary>
    [HtmlAttributeName("heading")]
    public bool Heading { get; set; }

    /// <summary>The label's size: s, m, l or xl. A heading is l unless it says otherwise.</summary>
    [HtmlAttributeName("size")]
    public string? Size { get; set; }

    /// <summary>More classes for the input.</summary>
    [HtmlAttributeName("class")]
    public string? Classes { get; set; }

    [HtmlAttributeName("id")]
    public string? Id { get; set; }

    [ViewContext]
    [HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    protected Texts Texts { get; } = texts;

    protected string Name => ViewContext.ViewData.TemplateInfo.GetFullHtmlFieldName(For.Name);

    protected string FieldId => Id ?? TagBuilder.CreateSanitizedId(Name, "-");

    protected string? Error => ErrorOf(Name);

    /// <summary>What was typed, else the model's value; null when there is nothing to show.</summary>
    protected string? Value => ValueOf(Name, For.Model);

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        frame.Add(new FormField(Name, FieldId));
        var children = await output.GetChildContentAsync();
        var markup = Write(Markup.From(children), Markup.Join(output.Attributes.Select(a => Markup.Attribute(a.Name, Text(a.Value)))));
        output.TagName = null;
        output.Content.SetHtmlContent(markup);
    }

    /// <summary>The whole field as HTML.</summary>
    /// <param name="children">What the page wrote inside the element.</param>
    /// <param name="attributes">The attributes that the field does not know, for its input.</param>
    protected abstract Markup Write(Markup children, Markup attributes);

    protected string? ErrorOf(string key) => ErrorIn(ViewContext.ModelState, key);

    internal static string? ErrorIn(ModelStateDictionary modelState, string key) =>
        modelState.TryGetValue(key, out var entry) && entry.Errors.Count > 0 ? entry.Errors[0].ErrorMessage : null;

    protected string? ValueOf(string key, object? model)
    {
        var value = ViewContext.ModelState.TryGetValue(key, out var entry) && entry.AttemptedValue is { } typed ? typed : Text(model);
        return string.IsNullOrEmpty(value) ? null : value;
    }

    protected static string? Text(object? value) => value switch
    {
        null => null,
        Microsoft.AspNetCore.Html.IHtmlContent html => System.Net.WebUtility.HtmlDecode(Markup.From(html).ToString()),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    /// <summary>The box around the parts; red when the field has an error.</summary>
    protected Markup Group(Markup inner, string? error, string? classes = null, Markup? attributes = null) =>
        Markup.Of($"<div{Markup.Class("govuk-form-group", error is null ? null : "govuk-form-group--error", classes)}{attributes}>{inner}</div>");

    protected Markup LabelMarkup()
    {
        var size = Size ?? (Heading ? "l" : null);
        var label = Markup.Of($"<label{Markup.Class("govuk-label", size is null ? null : $"govuk-label--{size}")} for=\"{FieldId}\">{Label}</label>");
        return Heading ? Markup.Of($"<h1 class=\"govuk-label-wrapper\">{label}</h1>") : label;
    }

    /// <summary>A group of inputs with one question above them.</summary>
    protected Markup Fieldset(Markup inner, string? role, string? error)
    {
        var size = Size ?? (Heading ? "l" : null);
        var legend = Heading ? Markup.Of($"<h1 class=\"govuk-fieldset__heading\">{Label}</h1>") : Markup.Text(Label);
        return Markup.Of($"""
            <fieldset class="govuk-fieldset"{Markup.Attribute("role", role)}{DescribedBy(error)}>
            <legend{Markup.Class("govuk-fieldset__legend", size is null ? null : $"govuk-fieldset__legend--{size}")}>{legend}</legend>
            {inner}
            </fieldset>
            """);
    }

    protected Markup HintMarkup() =>
        Hint is null ? Markup.Empty : Markup.Of($"<div id=\"{FieldId}-hint\" class=\"govuk-hint\">{Hint}</div>");

    protected Markup ErrorMarkup(string? error) => error is null ? Markup.Empty : Markup.Of($"""
        <p id="{FieldId}-error" class="govuk-error-message"><span class="govuk-visually-hidden">{Texts["Site.Error.Prefix"]}</span> {error}</p>
        """);

    protected Markup DescribedBy(string? error, string? first = null)
    {
        string?[] ids = [first, Hint is null ? null : $"{FieldId}-hint", error is null ? null : $"{FieldId}-error"];
        var text = string.Join(' ', ids.OfType<string>());
        return Markup.Attribute("aria-describedby", text.Length == 0 ? null : text);
    }
}
