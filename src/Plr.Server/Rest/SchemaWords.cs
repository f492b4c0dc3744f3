using System.Globalization;
using Microsoft.OpenApi;

namespace Plr.Server.Rest;

/// <summary>Puts words, shapes and lengths into the schemas that the framework makes of our types.</summary>
internal static class SchemaWords
{
    /// <summary>What is sent, and which of its fields must be there.</summary>
    private static readonly Dictionary<string, string[]> Needed = new(StringComparer.Ordinal)
    {
        [nameof(Core.Learners.LearnerText)] = ["givenName", "familyName"],
        ["FindLearnerRequest"] = ["uln", "givenName", "familyName"],
        [nameof(RetrieveUlnsRequest)] = ["ulns"],
        ["SearchLearnersRequest"] = ["givenName", "familyName", "dateOfBirth", "gender", "lastKnownPostCode"],
        ["VerifyLearnerRequest"] = ["uln", "givenName", "familyName"],
    };

    /// <summary>
    /// An object. What is null is not written, so no field of an answer is null: one that can be missing is not among the required. In what is
    /// sent, null says what is not there.
    /// </summary>
    public static void Tell(string name, OpenApiSchema schema)
    {
        schema.Description = RestWords.Objects.GetValueOrDefault(name);
        if (schema.Properties is not { } properties)
        {
            return;
        }

        var isSent = Needed.TryGetValue(name, out var needed);
        schema.AdditionalPropertiesAllowed = false;
        schema.Required = new HashSet<string>(needed ?? properties.Where(field => !IsNullable(field.Value)).Select(field => field.Key), StringComparer.Ordinal);
        foreach (var (field, its) in properties.ToList())
        {
            properties[field] = Field(name, field, its, keepsNull: isSent && !schema.Required.Contains(field));
        }
    }

    public static OpenApiSchema Of(FieldWord word)
    {
        var schema = new OpenApiSchema { Type = JsonSchemaType.String };
        Tell(schema, word);
        if (word.Range is { } range)
        {
            schema.Type = JsonSchemaType.Integer;
            schema.Minimum = range.Least.ToString(CultureInfo.InvariantCulture);
            schema.Maximum = range.Most.ToString(CultureInfo.InvariantCulture);
            schema.Default = range.Usual;
        }

        return schema;
    }

    public static void Tell(OpenApiSchema schema, FieldWord word)
    {
        (schema.Pattern, schema.MaxLength, schema.Format) = (word.Pattern ?? schema.Pattern, word.Longest ?? schema.MaxLength, word.Format ?? schema.Format);
        if (word.Allowed.Count > 0)
        {
            schema.Enum = [.. word.Allowed];
        }
    }

    private static IOpenApiSchema Field(string name, string field, IOpenApiSchema its, bool keepsNull)
    {
        var word = RestWords.Of(name, field);
        var said = keepsNull ? its : WithoutNull(its);
        switch (said)
        {
            case OpenApiSchemaReference reference:
                reference.Description = word?.Text;
                break;
            case OpenApiSchema schema:
                schema.Description = word?.Text;
                if (word is not null)
                {
                    Tell(schema, word);
                }

                if (keepsNull && schema.Enum is { Count: > 0 } allowed)
                {
                    allowed.Add(JsonNullSentinel.JsonNull);
                }

                break;
        }

        return said;
    }

    private static bool IsNullable(IOpenApiSchema schema) => schema.OneOf is { Count: > 0 } || schema.Type?.HasFlag(JsonSchemaType.Null) is true;

    private static IOpenApiSchema WithoutNull(IOpenApiSchema schema)
    {
        if (schema.OneOf?.OfType<OpenApiSchemaReference>().FirstOrDefault() is { } only)
        {
            return only;
        }

        if (schema is OpenApiSchema { Type: { } type } its)
        {
            its.Type = type & ~JsonSchemaType.Null;
        }

        return schema;
    }
}
