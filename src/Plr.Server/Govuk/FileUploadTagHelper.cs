using Microsoft.AspNetCore.Razor.TagHelpers;
using Plr.Server.Web;

namespace Plr.Server.Govuk;

/// <summary>A file to send; the form needs <c>enctype="multipart/form-data"</c>.</summary>
[HtmlTargetElement("govuk-file-upload", Attributes = "for", TagStructure = TagStructure.WithoutEndTag)]
public sealed class FileUploadTagHelper(Texts texts, Frame frame) : FieldTagHelper(texts, frame)
{
    protected override Markup Write(Markup children, Markup attributes)
    {
        var classes = Markup.Class("govuk-file-upload", Classes, Error is null ? null : "govuk-file-upload--error");
        return Group(
            Markup.Of($"""
                {LabelMarkup()}
                {HintMarkup()}
                {ErrorMarkup(Error)}
                <input{classes} id="{FieldId}" name="{Name}" type="file"{DescribedBy(Error)}{attributes}>
                """),
            Error);
    }
}
