using System.Text.Json;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Plr.Server.Govuk;
using Plr.Server.Web;

namespace Plr.Server.Tests.Govuk;

/// <summary>Our tag helpers run on the options of an example of the npm package.</summary>
public static class Rendered
{
    public static readonly Texts Texts = new();

    public static readonly Frame Frame = new();

    /// <summary>Label, hint, error, classes and id, which every field has.</summary>
    public static Task<string> Field(FieldTagHelper helper, JsonElement o, object? model, params string[] inputAttributes)
    {
        var label = o.TryGetProperty("fieldset", out var fieldset) ? fieldset.GetProperty("legend") : o.GetProperty("label");
        var name = o.At("name") ?? o.At("id")!;
        helper.For = Expression(name, model);
        helper.ViewContext = Context(name, o.At("errorMessage", "text"));
        helper.Label = label.At("text")!;
        helper.Heading = label.Is("isPageHeading");
        helper.Size = label.At("classes")?.Split("--")[1];
        helper.Hint = o.At("hint", "text");
        helper.Classes = o.At("classes");
        helper.Id = o.At("id") ?? o.At("idPrefix");
        return RunAsync(helper, Attributes(o, inputAttributes), helper is ChoicesTagHelper ? Choices(o) : Nothing);
    }

    public static ViewContext Context(string key, string? error)
    {
        var context = new ViewContext { ViewData = new ViewDataDictionary(new EmptyModelMetadataProvider(), new ModelStateDictionary()) };
        if (error is not null)
        {
            context.ModelState.AddModelError(key, error);
        }

        return context;
    }

    public static async Task<string> RunAsync(ITagHelper helper, TagHelperAttributeList attributes, Func<IDictionary<object, object>, Task<IHtmlContent>> children)
    {
        var context = new TagHelperContext([], new Dictionary<object, object>(), "test");
        var output = new TagHelperOutput("test", attributes, async (_, _) => new DefaultTagHelperContent().SetHtmlContent(await children(context.Items)));
        await helper.ProcessAsync(context, output);
        return Markup.From(output).ToString();
    }

    public static TagHelperAttributeList Attributes(JsonElement o, params string[] names)
    {
        var list = new TagHelperAttributeList();
        foreach (var name in names.Where(n => o.At(n) is not null))
        {
            list.Add(name, o.At(name));
        }

        if (o.TryGetProperty("attributes", out var more))
        {
            foreach (var attribute in more.EnumerateObject())
            {
                list.Add(attribute.Name, attribute.Value.ToString());
            }
        }

        return list;
    }

    public static Task<IHtmlContent> Nothing(IDictionary<object, object> items) => Task.FromResult<IHtmlContent>(HtmlString.Empty);

    private static ModelExpression Expression(string name, object? model)
    {
        var metadata = new EmptyModelMetadataProvider();
        return new ModelExpression(name, metadata.GetModelExplorerForType(model?.GetType() ?? typeof(string), model));
    }

    // The children are run by the parent, in its context, as Razor does.
    private static Func<IDictionary<object, object>, Task<IHtmlContent>> Choices(JsonElement o) => async items =>
    {
        foreach (var item in o.TryGetProperty("items", out var list) ? list.EnumerateArray() : default)
        {
            var inside = item.At("conditional", "html") ?? "";
            var choice = new ChoiceTagHelper
            {
                Value = item.At("value") ?? "",
                Text = item.At("text") ?? "",
                Hint = item.At("hint", "text"),
                Divider = item.At("divider"),
            };
            var output = new TagHelperOutput("test", [], (_, _) => Task.FromResult(inside.Length == 0 ? new DefaultTagHelperContent() : new DefaultTagHelperContent().SetHtmlContent(inside)));
            await choice.ProcessAsync(new TagHelperContext([], items, "test"), output);
        }

        return HtmlString.Empty;
    };
}
