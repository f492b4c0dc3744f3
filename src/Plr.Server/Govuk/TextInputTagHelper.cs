using Microsoft.AspNetCore.Razor.TagHelpers;
using Plr.Server.Web;

namespace Plr.Server.Govuk;

/// <summary>One line of text: <c>&lt;govuk-input for="FamilyName" label="…" autocomplete="family-name" spellcheck="false" /&gt;</c>.</summary>
[HtmlTargetElement("govuk-input", Attributes = "for", TagStructure = TagStructure.WithoutEndTag)]
public sealed class TextInputTagHelper(Texts texts, Frame frame) : FieldTagHelper(texts, frame)
{
    /// <summary>text, email or tel; numbers are text with <c>inputmode="numeric"</c>.</summary>
    [HtmlAttributeName("type")]
    public string Type { get; set; } = "text";

    /// <summary>How many characters wide: 2, 3, 4, 5, 10, 20 or 30.</summary>
    [HtmlAttributeName("width")]
    public int? Width { get; set; }

    protected override Markup Write(Markup children, Markup attributes)
    {
        var classes = Markup.Class("govuk-input", Classes, Width is { } width ? $"govuk-input--width-{width}" : null, Error is null ? null : "govuk-input--error");
        return Group(
            Markup.Of($"""
                {LabelMarkup()}
                {HintMarkup()}
                {ErrorMarkup(Error)}
                <input{classes} id="{FieldId}" name="{Name}" type="{Type}"{Markup.Attribute("value", Value)}{DescribedBy(Error)}{attributes}>
                """),
            Error);
    }
}

/// <summary>A password, with a button that shows it. Never written back into the page.</summary>
[HtmlTargetElement("govuk-password-input", Attributes = "for", TagStructure = TagStructure.WithoutEndTag)]
public sealed class PasswordInputTagHelper(Texts texts, Frame frame) : FieldTagHelper(texts, frame)
{
    /// <summary>current-password or new-password.</summary>
    [HtmlAttributeName("autocomplete")]
    public string Autocomplete { get; set; } = "current-password";

    protected override Markup Write(Markup children, Markup attributes)
    {
        var classes = Markup.Class("govuk-input", "govuk-password-input__input", "govuk-js-password-input-input", Classes, Error is null ? null : "govuk-input--error");
        return Group(
            Markup.Of($"""
                {LabelMarkup()}
                {HintMarkup()}
                {ErrorMarkup(Error)}
                <div class="govuk-input__wrapper govuk-password-input__wrapper">
                <input{classes} id="{FieldId}" name="{Name}" type="password" spellcheck="false"{DescribedBy(Error)} autocomplete="{Autocomplete}" autocapitalize="none"{attributes}>
                <button type="button" class="govuk-button govuk-button--secondary govuk-password-input__toggle govuk-js-password-input-toggle" data-module="govuk-button" aria-controls="{FieldId}" aria-label="{Texts["Site.Password.ShowLabel"]}" hidden>{Texts["Site.Password.Show"]}</button>
                </div>
                """),
            Error,
            "govuk-password-input",
            Markup.Of($" data-module=\"govuk-password-input\"{Translations()}"));
    }

    // The component's script speaks English by itself.
    private Markup Translations() => !Languages.IsWelsh ? Markup.Empty : Markup.Join(
    [
        Markup.Attribute("data-i18n.show-password", Texts["Site.Password.Show"]),
        Markup.Attribute("data-i18n.hide-password", Texts["Site.Password.Hide"]),
        Markup.Attribute("data-i18n.show-password-aria-label", Texts["Site.Password.ShowLabel"]),
        Markup.Attribute("data-i18n.hide-password-aria-label", Texts["Site.Password.HideLabel"]),
        Markup.Attribute("data-i18n.password-shown-announcement", Texts["Site.Password.Shown"]),
        Markup.Attribute("data-i18n.password-hidden-announcement", Texts["Site.Password.Hidden"]),
    ]);
}
