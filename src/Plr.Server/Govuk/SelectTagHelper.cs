using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Plr.Server.Web;

namespace Plr.Server.Govuk;

/// <summary>One of a list in a drop-down; radios are better for fewer than about ten.</summary>
[HtmlTargetElement("govuk-select", Attributes = "for,items", TagStructure = TagStructure.WithoutEndTag)]
public sealed class SelectTagHelper(Texts texts, Frame frame) : FieldTagHelper(texts, frame)
{
    [HtmlAttributeName("items")]
    public IEnumerable<SelectListItem> Items { get; set; } = [];

    protected override Markup Write(Markup children, Markup attributes)
    {
        var classes = Markup.Class("govuk-select", Classes, Error is null ? null : "govuk-select--error");
        return Group(
            Markup.Of($"""
                {LabelMarkup()}
                {HintMarkup()}
                {ErrorMarkup(Error)}
                <select{classes} id="{FieldId}" name="{Name}"{DescribedBy(Error)}{attributes}>{Markup.Join(Items.Select(Option))}</select>
                """),
            Error);
    }

    private Markup Option(SelectListItem item)
    {
        var selected = Value is { } value ? (item.Value ?? item.Text) == value : item.Selected;
        return Markup.Of($"<option{Markup.Attribute("value", item.Value)}{(selected ? Markup.Attribute("selected", "") : null)}{(item.Disabled ? Markup.Attribute("disabled", "") : null)}>{item.Text}</option>");
    }
}
