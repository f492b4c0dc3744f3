using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Plr.Server.Web;

namespace Plr.Server.Govuk;

/// <summary>One choice of radios or checkboxes, with what appears when it is chosen.</summary>
public sealed record Choice(string Value, string Text, string? Hint, Markup? WhenChosen, string? Divider);

/// <summary>Radios and checkboxes: a legend and choices. The first choice has the field's own id, so that an error leads to it.</summary>
public abstract class ChoicesTagHelper(Texts texts, Frame frame, string kind, string type) : FieldTagHelper(texts, frame)
{
    private readonly List<Choice> _choices = [];

    public override Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        context.Items[typeof(Choice)] = _choices;
        return base.ProcessAsync(context, output);
    }

    protected override Markup Write(Markup children, Markup attributes)
    {
        var chosen = Chosen();
        var inputs = Markup.Join(_choices.Select((choice, index) => Write(choice, index, chosen)));
        var inner = Markup.Of($"""
            {HintMarkup()}
            {ErrorMarkup(Error)}
            <div{Markup.Class(kind, Classes)} data-module="{kind}"{attributes}>{inputs}</div>
            """);
        return Group(Fieldset(inner, role: null, Error), Error);
    }

    private Markup Write(Choice choice, int index, HashSet<string> chosen)
    {
        if (choice.Divider is not null)
        {
            return Markup.Of($"<div class=\"{kind}__divider\">{choice.Divider}</div>");
        }

        var id = index == 0 ? FieldId : $"{FieldId}-{index + 1}";
        var isChosen = chosen.Contains(choice.Value);
        var hint = choice.Hint is null ? null : Markup.Of($"<div id=\"{id}-item-hint\" class=\"govuk-hint {kind}__hint\">{choice.Hint}</div>");
        var input = Markup.Of($"""
            <input class="{kind}__input" id="{id}" name="{Name}" type="{type}" value="{choice.Value}"{(isChosen ? Markup.Attribute("checked", "") : null)}{(choice.WhenChosen is null ? null : Markup.Attribute("data-aria-controls", $"conditional-{id}"))}{Markup.Attribute("aria-describedby", hint is null ? null : $"{id}-item-hint")}>
            """);
        var more = choice.WhenChosen is null ? null : Markup.Of($"""
            <div{Markup.Class($"{kind}__conditional", isChosen ? null : $"{kind}__conditional--hidden")} id="conditional-{id}">{choice.WhenChosen}</div>
            """);
        return Markup.Of($"""
            <div class="{kind}__item">
            {input}
            <label class="govuk-label {kind}__label" for="{id}">{choice.Text}</label>
            {hint}
            </div>
            {more}
            """);
    }

    private HashSet<string> Chosen()
    {
        ViewContext.ModelState.TryGetValue(Name, out ModelStateEntry? entry);
        return (entry?.RawValue ?? For.Model) switch
        {
            null => [],
            bool claim => [claim ? "true" : "false"],
            string one => [one],
            IEnumerable<string> several => [.. several],
            var other => [Text(other)!],
        };
    }
}

/// <summary>One of a few: <c>&lt;govuk-radios for="Answer" label="…"&gt;&lt;govuk-radio value="yes" text="…" /&gt;…</c>.</summary>
[HtmlTargetElement("govuk-radios", Attributes = "for")]
[RestrictChildren("govuk-radio")]
public sealed class RadiosTagHelper(Texts texts, Frame frame) : ChoicesTagHelper(texts, frame, "govuk-radios", "radio");

/// <summary>Any of a few; the property is a list of strings.</summary>
[HtmlTargetElement("govuk-checkboxes", Attributes = "for")]
[RestrictChildren("govuk-checkbox")]
public sealed class CheckboxesTagHelper(Texts texts, Frame frame) : ChoicesTagHelper(texts, frame, "govuk-checkboxes", "checkbox");

/// <summary>A choice; what is written inside appears when it is chosen. With <c>divider</c> it is the word between two choices.</summary>
[HtmlTargetElement("govuk-radio", ParentTag = "govuk-radios")]
[HtmlTargetElement("govuk-checkbox", ParentTag = "govuk-checkboxes")]
public sealed class ChoiceTagHelper : TagHelper
{
    [HtmlAttributeName("value")]
    public string Value { get; set; } = "";

    [HtmlAttributeName("text")]
    public string Text { get; set; } = "";

    [HtmlAttributeName("hint")]
    public string? Hint { get; set; }

    [HtmlAttributeName("divider")]
    public string? Divider { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        var whenChosen = content.IsEmptyOrWhiteSpace ? null : Markup.From(content);
        ((List<Choice>)context.Items[typeof(Choice)]).Add(new Choice(Value, Text, Hint, whenChosen, Divider));
        output.SuppressOutput();
    }
}
