using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Plr.Server.Govuk;

/// <summary>The deed of a page: <c>&lt;govuk-button&gt;Send data challenge&lt;/govuk-button&gt;</c>; with <c>href</c> a link that looks like one.</summary>
[HtmlTargetElement("govuk-button")]
public sealed class ButtonTagHelper : TagHelper
{
    /// <summary>An address: the button only leads somewhere.</summary>
    [HtmlAttributeName("href")]
    public string? Href { get; set; }

    /// <summary>secondary, warning or start.</summary>
    [HtmlAttributeName("kind")]
    public string? Kind { get; set; }

    [HtmlAttributeName("class")]
    public string? Classes { get; set; }

    /// <summary>A second press within a second does nothing; for deeds that must not happen twice.</summary>
    [HtmlAttributeName("once")]
    public bool Once { get; set; }

    [ViewContext]
    [HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        output.TagName = Href is null ? "button" : "a";
        output.TagMode = TagMode.StartTagAndEndTag;
        string?[] classes = ["govuk-button", Classes, Kind is null ? null : $"govuk-button--{Kind}"];
        output.Attributes.SetAttribute("class", string.Join(' ', classes.OfType<string>()));
        output.Attributes.SetAttribute("data-module", "govuk-button");
        if (Href is not null)
        {
            output.Attributes.SetAttribute("href", Href);
            output.Attributes.SetAttribute("role", "button");
            output.Attributes.SetAttribute("draggable", "false");
        }
        else if (!output.Attributes.ContainsName("type"))
        {
            output.Attributes.SetAttribute("type", "submit");
        }

        if (Once)
        {
            output.Attributes.SetAttribute("data-prevent-double-click", "true");
        }

        output.Content.SetHtmlContent(Markup.Of($"{content}{(Kind == "start" ? Arrow : null)}"));
    }

    private static Markup Arrow => Markup.Of($"""
        <svg class="govuk-button__start-icon" xmlns="http://www.w3.org/2000/svg" width="17.5" height="19" viewBox="0 0 33 40" aria-hidden="true" focusable="false"><path fill="currentColor" d="M0 0h13l20 20-20 20H0l20-20z"/></svg>
        """);
}

/// <summary>Every form that sends something is checked by the server in the person's own language, not by the browser in its.</summary>
[HtmlTargetElement("form", Attributes = "[method=post]")]
public sealed class FormTagHelper : TagHelper
{
    public override void Process(TagHelperContext context, TagHelperOutput output) => output.Attributes.SetAttribute(new TagHelperAttribute("novalidate"));
}
