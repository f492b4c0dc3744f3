using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Plr.Server.Files;

/// <summary>
/// A form of a page that sends one file: read as it comes, up to the file, whose bytes then go to the disk without lying in memory. The
/// antiforgery token must stand before the file.
/// </summary>
public sealed class FormUpload
{
    private const int LongestToken = 4096;

    private FormUpload(string? token, string? fileName, Stream? content) => (Token, FileName, Content) = (token, fileName, content);

    /// <summary>The antiforgery token; null when none came before the file.</summary>
    public string? Token { get; }

    /// <summary>The name under which the browser sends the file; null when none was chosen.</summary>
    public string? FileName { get; }

    /// <summary>The file's bytes, once; null when none was chosen.</summary>
    public Stream? Content { get; }

    /// <summary>Reads up to the file.</summary>
    /// <returns>Null when the request is not a form with files.</returns>
    /// <exception cref="IOException">The form breaks off.</exception>
    /// <exception cref="InvalidDataException">The form is not one.</exception>
    public static async Task<FormUpload?> ReadAsync(HttpRequest request, string tokenField, CancellationToken ct)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || type.MediaType != "multipart/form-data" || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 } boundary)
        {
            return null;
        }

        var reader = new MultipartReader(boundary, request.Body);
        string? token = null;
        while (await reader.ReadNextSectionAsync(ct) is { } section)
        {
            if (section.GetContentDispositionHeader() is not { } part)
            {
                continue;
            }

            if (part.IsFileDisposition())
            {
                var name = HeaderUtilities.RemoveQuotes(part.FileNameStar.HasValue ? part.FileNameStar : part.FileName).Value;
                return string.IsNullOrEmpty(name) ? new(token, null, null) : new(token, name, section.Body);
            }

            if (HeaderUtilities.RemoveQuotes(part.Name) == tokenField)
            {
                token = await ReadTokenAsync(section.Body, ct);
            }
        }

        return new(token, null, null);
    }

    private static async Task<string> ReadTokenAsync(Stream body, CancellationToken ct)
    {
        using var reader = new StreamReader(body, leaveOpen: true);
        var text = new char[LongestToken];
        return new string(text, 0, await reader.ReadBlockAsync(text, ct));
    }
}

/// <summary>Keeps the pages' machinery from reading a form, which the page reads itself as it comes.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ReadsFormItselfAttribute : Attribute, IResourceFilter
{
    public void OnResourceExecuting(ResourceExecutingContext context)
    {
        context.ValueProviderFactories.RemoveType<FormValueProviderFactory>();
        context.ValueProviderFactories.RemoveType<FormFileValueProviderFactory>();
        context.ValueProviderFactories.RemoveType<JQueryFormValueProviderFactory>();
    }

    public void OnResourceExecuted(ResourceExecutedContext context)
    {
        // Nothing was changed that outlives the request.
    }
}
