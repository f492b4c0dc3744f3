using System.Text.Json;
using System.Text.RegularExpressions;

namespace Plr.Server.Tests.Documents;

/// <summary>The words of JSON Schema that our schemas use: type, const, enum, pattern, maxLength, required, properties, additionalProperties, items, and $ref into a document.</summary>
internal static class SchemaCheck
{
    /// <param name="schema">What the value is to be like.</param>
    /// <param name="value">The value.</param>
    /// <param name="document">Where references lead; null when the schema has none.</param>
    public static IReadOnlyList<string> Faults(JsonElement schema, JsonElement value, JsonElement? document = null) => [.. Walk(schema, value, "$", document)];

    private static IEnumerable<string> Walk(JsonElement schema, JsonElement value, string at, JsonElement? document)
    {
        while (schema.TryGetProperty("$ref", out var reference))
        {
            schema = reference.GetString()!.TrimStart('#', '/').Split('/').Aggregate(document!.Value, (part, name) => part.GetProperty(name));
        }

        if (schema.TryGetProperty("type", out var type) && !Types(type).Contains(TypeOf(value)) && !(TypeOf(value) == "integer" && Types(type).Contains("number")))
        {
            return [$"{at}: {TypeOf(value)} where {type} is said"];
        }

        var faults = new List<string>();
        if (schema.TryGetProperty("const", out var constant) && constant.ToString() != value.ToString())
        {
            faults.Add($"{at}: {value} is not {constant}");
        }

        if (schema.TryGetProperty("enum", out var allowed) && allowed.EnumerateArray().All(one => one.ToString() != value.ToString()))
        {
            faults.Add($"{at}: {value} is not one of {allowed}");
        }

        if (schema.TryGetProperty("pattern", out var pattern) && value.ValueKind == JsonValueKind.String && !Regex.IsMatch(value.GetString()!, pattern.GetString()!, RegexOptions.None, TimeSpan.FromSeconds(1)))
        {
            faults.Add($"{at}: {value} is not like {pattern}");
        }

        if (schema.TryGetProperty("maxLength", out var longest) && value.ValueKind == JsonValueKind.String && value.GetString()!.Length > longest.GetInt32())
        {
            faults.Add($"{at}: {value} is longer than {longest}");
        }

        return faults.Concat(value.ValueKind switch
        {
            JsonValueKind.Object => OfObject(schema, value, at, document),
            JsonValueKind.Array when schema.TryGetProperty("items", out var items) => value.EnumerateArray().SelectMany((one, i) => Walk(items, one, $"{at}[{i}]", document)),
            _ => [],
        });
    }

    private static IEnumerable<string> OfObject(JsonElement schema, JsonElement value, string at, JsonElement? document)
    {
        if (!schema.TryGetProperty("properties", out var properties))
        {
            // A map: every value is like the one that is described.
            var each = schema.GetProperty("additionalProperties");
            foreach (var fault in value.EnumerateObject().SelectMany(property => Walk(each, property.Value, $"{at}.{property.Name}", document)))
            {
                yield return fault;
            }

            yield break;
        }

        foreach (var missing in schema.GetProperty("required").EnumerateArray().Where(name => !value.TryGetProperty(name.GetString()!, out _)))
        {
            yield return $"{at}: {missing} is missing";
        }

        foreach (var property in value.EnumerateObject())
        {
            if (!properties.TryGetProperty(property.Name, out var its))
            {
                yield return $"{at}.{property.Name}: is not in the schema";
                continue;
            }

            foreach (var fault in Walk(its, property.Value, $"{at}.{property.Name}", document))
            {
                yield return fault;
            }
        }
    }

    private static string[] Types(JsonElement type) => type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray().Select(one => one.GetString()!)] : [type.GetString()!];

    private static string TypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => value.TryGetInt64(out _) ? "integer" : "number",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        _ => "null",
    };
}
