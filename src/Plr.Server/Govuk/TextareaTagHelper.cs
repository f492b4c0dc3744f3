using System.Globalization;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Plr.Server.Web;

namespace Plr.Server.Govuk;

/// <summary>Several lines of text; with <c>max-length</c> it counts the characters down (the server still checks).</summary>
[HtmlTargetElement("govuk-textarea", Attributes = "for", TagStructure = TagStructure.WithoutEndTag)]
public sealed class TextareaTagHelper(Texts texts, Frame frame) : FieldTagHelper(texts, frame)
{
    [HtmlAttributeName("rows")]
    public int Rows { get; set; } = 5;

    [HtmlAttributeName("max-length")]
    public int? MaxLength { get; set; }

    protected override Markup Write(Markup children, Markup attributes)
    {
        var counted = MaxLength is not null;
        var classes = Markup.Class("govuk-textarea", Error is null ? null : "govuk-textarea--error", counted ? "govuk-js-character-count" : null, Classes);
        var area = Markup.Of($"""
            {LabelMarkup()}
            {HintMarkup()}
            {ErrorMarkup(Error)}
            <textarea{classes} id="{FieldId}" name="{Name}" rows="{Rows}"{DescribedBy(Error, counted ? FieldId + "-info" : null)}{attributes}>
            """);
        // A line feed right after the opening tag is dropped by browsers, so one is added for one that was typed.
        var value = Value?.StartsWith('\n') is true ? "\n" + Value : Value;
        var whole = Markup.Of($"{area}{value}</textarea>{Count()}");
        return counted
            ? Group(whole, Error, "govuk-character-count", Markup.Of($" data-module=\"govuk-character-count\" data-maxlength=\"{MaxLength!.Value}\"{Translations()}"))
            : Group(whole, Error);
    }

    private Markup Count() => MaxLength is not { } length ? Markup.Empty : Markup.Of($"""
        <div id="{FieldId}-info" class="govuk-hint govuk-character-count__message">{Texts["Site.Count.Limit", length.ToString(CultureInfo.InvariantCulture)]}</div>
        """);

    // The component's script speaks English by itself.
    private Markup Translations() => !Languages.IsWelsh ? Markup.Empty : Markup.Join(
    [
        Markup.Attribute("data-i18n.characters-under-limit.one", Texts["Site.Count.Under", 1]),
        Markup.Attribute("data-i18n.characters-under-limit.other", Texts["Site.Count.Under", "%{count}"]),
        Markup.Attribute("data-i18n.characters-at-limit", Texts["Site.Count.At"]),
        Markup.Attribute("data-i18n.characters-over-limit.one", Texts["Site.Count.Over", 1]),
        Markup.Attribute("data-i18n.characters-over-limit.other", Texts["Site.Count.Over", "%{count}"]),
    ]);
}
