using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Plr.Server.Web;

namespace Plr.Server.Govuk;

/// <summary>
/// What is wrong on the page, in the order of its fields, each with a link to the field and the field's own words; nothing when
/// all is well. The layout writes it, above the page's content.
/// </summary>
[HtmlTargetElement("govuk-error-summary", TagStructure = TagStructure.WithoutEndTag)]
public sealed class ErrorSummaryTagHelper(Texts texts, Frame frame) : TagHelper
{
    [ViewContext]
    [HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        var items = Items().ToList();
        if (items.Count > 0)
        {
            output.Content.SetHtmlContent(Markup.Of($"""
                <div class="govuk-error-summary" data-module="govuk-error-summary"><div role="alert">
                <h2 class="govuk-error-summary__title">{texts["Site.Error.Title"]}</h2>
                <div class="govuk-error-summary__body"><ul class="govuk-list govuk-error-summary__list">{Markup.Join(items)}</ul></div>
                </div></div>
                """));
        }
    }

    private IEnumerable<Markup> Items()
    {
        var state = ViewContext.ModelState;
        var fields = frame.Fields.DistinctBy(f => f.Key).ToList();
        foreach (var field in fields)
        {
            if (FieldTagHelper.ErrorIn(state, field.Key) is { Length: > 0 } error)
            {
                yield return Markup.Of($"<li><a href=\"#{field.TargetId}\">{error}</a></li>");
            }
        }

        // What belongs to no field of the page is still said.
        foreach (var key in state.Keys.Where(key => !fields.Exists(f => f.Key == key)))
        {
            if (FieldTagHelper.ErrorIn(state, key) is { Length: > 0 } error)
            {
                yield return Markup.Of($"<li>{error}</li>");
            }
        }
    }
}
