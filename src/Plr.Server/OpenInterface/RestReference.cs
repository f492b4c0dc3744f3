using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Plr.Core.Responses;
using Plr.Server.Rest;

namespace Plr.Server.OpenInterface;

/// <summary>A type as it is read, and the object that it names, if it names one.</summary>
public sealed record ReferenceType(string Text, string? Object = null);

/// <summary>A parameter, a header or a field.</summary>
public sealed record ReferenceField(string Name, string? Where, ReferenceType Type, bool IsRequired, string Text);

/// <summary>One answer of an operation.</summary>
public sealed record ReferenceAnswer(int Status, string Text, IReadOnlyList<ResponseCode> Codes, IReadOnlyList<string> MediaTypes, ReferenceType? Type, IReadOnlyList<string> Headers);

/// <summary>One operation.</summary>
public sealed record ReferenceOperation(
    string Id,
    string Method,
    string Path,
    string Summary,
    string Callers,
    IReadOnlyList<ReferenceField> Parameters,
    (string MediaType, ReferenceType Type)? Body,
    IReadOnlyList<ReferenceAnswer> Answers,
    IReadOnlyList<Example> Examples);

/// <summary>Operations that belong together.</summary>
public sealed record ReferenceGroup(string Name, string Text, IReadOnlyList<ReferenceOperation> Operations);

/// <summary>An object, or the words that a value is one of.</summary>
public sealed record ReferenceObject(string Name, string Text, IReadOnlyList<ReferenceField> Fields, IReadOnlyList<string> Values);

/// <summary>The OpenAPI document as people read it: the page under /api and docs/reference/rest.md are both written from it.</summary>
public sealed record RestReference(IReadOnlyList<(string Name, string Text)> Scopes, IReadOnlyList<ReferenceGroup> Groups, IReadOnlyList<ReferenceField> Headers, IReadOnlyList<ReferenceObject> Objects)
{
    public static async Task<RestReference> ReadAsync(IServiceProvider parts, CancellationToken ct = default)
    {
        var document = await parts.GetRequiredKeyedService<IOpenApiDocumentProvider>(OpenApiWords.DocumentName).GetOpenApiDocumentAsync(ct);
        var operations = document.Paths.SelectMany(path => path.Value.Operations!.Select(operation => (path.Key, operation.Key, operation.Value))).ToList();
        var token = document.Components!.SecuritySchemes!.Values.First(scheme => scheme.Flows is not null);
        return new(
            [.. token.Flows!.ClientCredentials!.Scopes!.Select(scope => (scope.Key, scope.Value))],
            [.. document.Tags!.Select(tag => new ReferenceGroup(tag.Name!, tag.Description!, [.. operations.Where(found => found.Value.Tags!.Any(its => its.Name == tag.Name)).Select(found => Of(found.Item1, found.Item2, found.Value))]))],
            [.. document.Components.Headers!.Select(header => new ReferenceField(header.Key, null, TypeOf(header.Value.Schema!), false, header.Value.Description!))],
            [.. document.Components.Schemas!.OrderBy(schema => schema.Key, StringComparer.Ordinal).Select(schema => Of(schema.Key, schema.Value))]);
    }

    private static ReferenceOperation Of(string path, HttpMethod method, OpenApiOperation operation) => new(
        operation.OperationId!,
        method.Method,
        path,
        operation.Summary!,
        operation.Description!,
        [.. operation.Parameters!.Select(parameter => new ReferenceField(parameter.Name!, Where(parameter.In), TypeOf(parameter.Schema!), parameter.Required, parameter.Description!))],
        operation.RequestBody?.Content?.FirstOrDefault() is { Key: { } type, Value: { } body } ? (type, TypeOf(body.Schema!)) : null,
        [.. operation.Responses!.Where(answer => answer.Value is not null).Select(answer => Of(int.Parse(answer.Key, CultureInfo.InvariantCulture), answer.Value)).OrderBy(answer => answer.Status)],
        [.. Examples.All.Where(example => example.Operation == operation.OperationId)]);

    private static ReferenceAnswer Of(int status, IOpenApiResponse answer) => new(
        status,
        answer.Description!,
        Codes(answer),
        [.. (answer.Content ?? new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)).Keys],
        answer.Content?.Values.FirstOrDefault(content => content.Schema is OpenApiSchemaReference) is { } content ? TypeOf(content.Schema!) : null,
        [.. (answer.Headers ?? new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal)).Keys]);

    private static List<ResponseCode> Codes(IOpenApiResponse answer)
    {
        var said = answer.Extensions is { } more && more.TryGetValue(OpenApiWords.CodesExtension, out var written) && written is JsonNodeExtension { Node: JsonArray codes }
            ? codes.Select(code => code!.GetValue<string>())
            : [];
        return [.. said.Distinct(StringComparer.Ordinal).Select(code => ResponseCodes.All.First(known => known.Code == code))];
    }

    private static ReferenceObject Of(string name, IOpenApiSchema schema) => new(
        name,
        schema.Description ?? "",
        [.. (schema.Properties ?? new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)).Select(field => new ReferenceField(field.Key, null, TypeOf(field.Value), schema.Required?.Contains(field.Key) is true, field.Value.Description ?? ""))],
        [.. Values(schema)]);

    private static string Where(ParameterLocation? where) => where switch
    {
        ParameterLocation.Path => "address",
        ParameterLocation.Query => "query",
        _ => "header",
    };

    /// <summary>Such as "string, date", "string like ^[0-9]{10}$, at most 35 characters", "list of EventShown".</summary>
    private static ReferenceType TypeOf(IOpenApiSchema schema)
    {
        if (schema is OpenApiSchemaReference { Reference.Id: { } id })
        {
            return new(id, id);
        }

        if (schema.Type?.HasFlag(JsonSchemaType.Array) is true)
        {
            var item = TypeOf(schema.Items!);
            return item with { Text = $"list of {item.Text}" };
        }

        var values = Values(schema).ToList();
        var parts = new List<string> { values.Count switch { 0 => Basic(schema.Type), 1 => values[0], _ => $"one of {string.Join(", ", values)}" } };
        if (schema.Format is { } format && !format.StartsWith("int", StringComparison.Ordinal))
        {
            parts.Add(format);
        }

        parts.AddRange([.. Shape(schema)]);
        return new(string.Join(", ", parts));
    }

    private static IEnumerable<string> Shape(IOpenApiSchema schema)
    {
        if (schema.Pattern is { } pattern)
        {
            yield return $"like {pattern}";
        }

        if (schema.MaxLength is { } longest)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"at most {longest} characters");
        }

        if (schema.Minimum is { } least && schema.Maximum is { } most)
        {
            yield return $"{least} to {most}, {schema.Default} unless told";
        }
    }

    private static string Basic(JsonSchemaType? type) => (type & ~JsonSchemaType.Null) switch
    {
        JsonSchemaType.Integer => "whole number",
        JsonSchemaType.Boolean => "true or false",
        JsonSchemaType.Object => "object of numbers by name",
        _ => "string",
    };

    private static IEnumerable<string> Values(IOpenApiSchema schema) => (schema.Enum ?? []).Where(value => value is not null && !value.IsJsonNullSentinel()).Select(value => value.ToString());
}
