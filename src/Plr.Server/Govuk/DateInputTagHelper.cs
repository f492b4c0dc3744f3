using Microsoft.AspNetCore.Razor.TagHelpers;
using Plr.Server.Web;

namespace Plr.Server.Govuk;

/// <summary>
/// Three fields for a <see cref="DateParts"/>. An error about one part has the key <c>Property.Month</c>; an error about the whole
/// has the property's own key and marks all three. When two parts are wrong the first says it for both; the other has empty words.
/// </summary>
[HtmlTargetElement("govuk-date-input", Attributes = "for", TagStructure = TagStructure.WithoutEndTag)]
public sealed class DateInputTagHelper(Texts texts, Frame frame) : FieldTagHelper(texts, frame)
{
    private readonly Frame _frame = frame;

    /// <summary>The date is the person's own birthday: browsers may fill it in.</summary>
    [HtmlAttributeName("birthday")]
    public bool Birthday { get; set; }

    private IEnumerable<string> Parts => [nameof(DateParts.Day), nameof(DateParts.Month), nameof(DateParts.Year)];

    public override Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        // An error about the whole leads to its first field; the field with the wrong part leads to itself.
        _frame.Add(new FormField(Name, PartId(nameof(DateParts.Day))));
        foreach (var part in Parts)
        {
            _frame.Add(new FormField($"{Name}.{part}", PartId(part)));
        }

        return base.ProcessAsync(context, output);
    }

    protected override Markup Write(Markup children, Markup attributes)
    {
        var wrong = Parts.Where(part => ErrorOf($"{Name}.{part}") is not null).ToHashSet();
        var error = Error ?? wrong.Select(part => ErrorOf($"{Name}.{part}")).FirstOrDefault(words => words is { Length: > 0 });
        var marked = wrong.Count > 0 || error is null ? wrong : [.. Parts];
        var inner = Markup.Of($"""
            {HintMarkup()}
            {ErrorMarkup(error)}
            <div{Markup.Class("govuk-date-input", Classes)} id="{FieldId}"{attributes}>{Markup.Join(Parts.Select(part => Item(part, marked.Contains(part))))}</div>
            """);
        return Group(Fieldset(inner, role: "group", error), error);
    }

    private Markup Item(string part, bool wrong)
    {
        var width = part == nameof(DateParts.Year) ? 4 : 2;
        var classes = Markup.Class("govuk-input", "govuk-date-input__input", wrong ? "govuk-input--error" : null, $"govuk-input--width-{width}");
        var autocomplete = Birthday ? $"bday-{part.ToLowerInvariant()}" : null;
        return Markup.Of($"""
            <div class="govuk-date-input__item"><div class="govuk-form-group">
            <label class="govuk-label govuk-date-input__label" for="{PartId(part)}">{Texts[$"Site.Date.{part}"]}</label>
            <input{classes} id="{PartId(part)}" name="{Name}.{part}" type="text"{Markup.Attribute("value", ValueOf($"{Name}.{part}", Model(part)))} inputmode="numeric"{Markup.Attribute("autocomplete", autocomplete)}>
            </div></div>
            """);
    }

    private string? Model(string part) => For.Model is not DateParts date ? null : part switch
    {
        nameof(DateParts.Day) => date.Day,
        nameof(DateParts.Month) => date.Month,
        _ => date.Year,
    };

    private string PartId(string part) => $"{FieldId}-{part.ToLowerInvariant()}";
}
