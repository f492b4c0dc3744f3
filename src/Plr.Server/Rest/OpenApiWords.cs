using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;
using Plr.Core;
using Plr.Core.Learners;
using Plr.Core.Responses;
using Plr.Server.OpenInterface;
using Plr.Server.SignIn;
using Plr.Server.Web;
using Scope = Plr.Core.MachineClients.Scope;

namespace Plr.Server.Rest;

/// <summary>
/// What the OpenAPI document says beside the routes' types: who may call, with which scopes, headers, parameters, the codes of each answer, and
/// the words and examples of everything.
/// </summary>
internal static class OpenApiWords
{
    /// <summary>The response codes of an answer, in the document.</summary>
    public const string CodesExtension = "x-response-codes";

    /// <summary>The name under which the framework keeps the one document.</summary>
    public const string DocumentName = "v1";

    private const string Token = "token";
    private const string Session = "session";

    private static readonly (string Name, string Text)[] Groups =
    [
        ("Learners", "Register, find, get and update learners."),
        ("ULNs", "Verify ULNs, see whom they lead to, and which were merged or taken off."),
        ("Records", "Personal learning records: read, as a report, and who has looked."),
        ("Files", "Registrations and achievements by the thousand: sent, followed, fetched."),
        ("Qualifications", "The register of qualifications, open to all."),
    ];

    public static void Set(OpenApiOptions options)
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.CreateSchemaReferenceId = info => info.Type is { Name: "Request", DeclaringType: { } operation } ? operation.Name + info.Type.Name : OpenApiOptions.CreateDefaultSchemaReferenceId(info);
        options.AddDocumentTransformer((document, context, _) =>
        {
            Tell(document, context.ApplicationServices.GetRequiredService<Settings>());
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            Tell(operation, context);
            return Task.CompletedTask;
        });
    }

    private static void Tell(OpenApiDocument document, Settings settings)
    {
        document.Info = new OpenApiInfo
        {
            Title = settings.ServiceName,
            Version = "1",
            Description = "Learners, their personal learning records, files and qualifications. Refusals are problem details (RFC 9457) with the register's code.",
            Contact = settings.Operator.Email.Length > 0 ? new OpenApiContact { Name = settings.Operator.Name, Email = settings.Operator.Email } : null,
        };
        document.Servers = [new OpenApiServer { Url = "/" }];
        document.Tags = new HashSet<OpenApiTag>(Groups.Select(group => new OpenApiTag { Name = group.Name, Description = group.Text }));
        document.AddComponent<IOpenApiSecurityScheme>(Token, TokenScheme());
        document.AddComponent<IOpenApiSecurityScheme>(Session, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Cookie,
            Name = "__Host-plr",
            Description = "A person's own session on the pages, for reading only. Over http, on the machine itself, the cookie's name is plr.",
        });
        foreach (var (name, schema) in document.Components!.Schemas!)
        {
            SchemaWords.Tell(name, (OpenApiSchema)schema);
        }

        foreach (var (name, word) in RestWords.InAnswer)
        {
            document.AddComponent<IOpenApiHeader>(name, new OpenApiHeader { Description = word.Text, Schema = SchemaWords.Of(word), Example = word.Example });
        }

        Examples.AddTo(document);
    }

    private static OpenApiSecurityScheme TokenScheme() => new()
    {
        Type = SecuritySchemeType.OAuth2,
        Description = "OAuth 2 client credentials (RFC 6749): the client shows a secret or a private_key_jwt (RFC 7523). Tokens last ten minutes.",
        Flows = new OpenApiOAuthFlows
        {
            ClientCredentials = new OpenApiOAuthFlow
            {
                TokenUrl = new Uri(MachineSignIn.Path, UriKind.Relative),
                Scopes = Scope.All.ToDictionary(scope => scope.Name, scope => scope.Text),
            },
        },
    };

    private static void Tell(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<DoesAttribute>().LastOrDefault() is not { } does)
        {
            return;
        }

        var method = context.Description.HttpMethod ?? HttpMethods.Get;
        AddParameters(operation, metadata, does, method);
        AddCallers(operation, context.Document!, does, method);
        foreach (var (status, answer) in operation.Responses!)
        {
            Tell((OpenApiResponse)answer, int.Parse(status, CultureInfo.InvariantCulture), [.. metadata.OfType<EndWord>().Distinct()], operation, context.Document!);
        }
    }

    private static void AddParameters(OpenApiOperation operation, IList<object> metadata, DoesAttribute does, string method)
    {
        operation.Parameters ??= [];
        foreach (var parameter in operation.Parameters.OfType<OpenApiParameter>().Where(parameter => parameter.In == ParameterLocation.Path))
        {
            var word = RestWords.InPath[parameter.Name!];
            (parameter.Description, parameter.Example) = (word.Text, Example(word, parameter.Schema!));
            SchemaWords.Tell((OpenApiSchema)parameter.Schema!, word);
        }

        foreach (var asked in metadata.OfType<QueryWord>())
        {
            operation.Parameters.Add(Parameter(asked.Name, ParameterLocation.Query, asked.Word, asked.IsRequired));
        }

        var purposes = Policy.Table.Where(row => does.Actions.Contains(row.Action) && row.Reach == Reach.AnyLearner && row.Role != Roles.Register).SelectMany(row => row.Purposes).Distinct().ToList();
        if (purposes.Count > 0)
        {
            var why = new FieldWord("Why, as the learner reads it in their trail. Without it: enrolment.") { Allowed = [.. purposes.Select(purpose => purpose.Word())] };
            operation.Parameters.Add(Parameter(RestCall.PurposeHeader, ParameterLocation.Header, why));
        }

        if (method == HttpMethods.Post)
        {
            operation.Parameters.Add(Parameter(Once.Header, ParameterLocation.Header, RestWords.IdempotencyKey));
        }

        if (method == HttpMethods.Put)
        {
            operation.Parameters.Add(Parameter("If-Match", ParameterLocation.Header, RestWords.IfMatch, isRequired: true));
        }
    }

    /// <summary>Software by its token, people by their session where nothing is changed, or everybody.</summary>
    private static void AddCallers(OpenApiOperation operation, OpenApiDocument document, DoesAttribute does, string method)
    {
        if (does.MayTry(Roles.None))
        {
            (operation.Security, operation.Description) = ([], "Open to all.");
            return;
        }

        var scopes = Scope.All.Where(scope => scope.Actions.Intersect(does.Actions).Any()).Select(scope => scope.Name).ToList();
        var roles = Enum.GetValues<Roles>().Where(role => role is not (Roles.None or Roles.Register) && does.MayTry(role)).ToList();
        operation.Security = [];
        if (scopes.Count > 0)
        {
            operation.Security.Add(new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Token, document)] = scopes });
        }

        if (method == HttpMethods.Get)
        {
            operation.Security.Add(new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Session, document)] = [] });
        }

        var office = roles.Where(role => (role & RoleSets.Office) != Roles.None).ToList();
        var people = office.Count > 0 ? $", or a signed-in person with one of these roles or {string.Join(", ", office)}" : ", or a signed-in person with one of these roles";
        operation.Description = scopes.Count == 0
            ? "For a learner who is signed in."
            : $"For a client with the scope {string.Join(" or ", scopes)} and one of the roles {string.Join(", ", roles.Except(office))}{(method == HttpMethods.Get ? people : "")}.";
    }

    private static void Tell(OpenApiResponse answer, int status, IReadOnlyList<EndWord> ends, OpenApiOperation operation, OpenApiDocument document)
    {
        // What a registration answers with 200 or 201 is told by the codes of either; a refusal, of its own status.
        var codes = ends.Where(end => end.Status == status).Select(end => end.Code).ToList();
        answer.Description = codes.Count > 0
            ? string.Join("; ", codes.Select(code => code.Text)) + "."
            : operation.OperationId == "submitBatch" ? "The file was sent before; this is what became of it." : ReasonPhrases.GetReasonPhrase(status) + ".";
        if (codes.Count > 0)
        {
            answer.AddExtension(CodesExtension, new JsonNodeExtension(new JsonArray([.. codes.Select(code => JsonValue.Create(code.Code))])));
        }

        foreach (var name in Headers(operation, status))
        {
            (answer.Headers ??= new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal))[name] = new OpenApiHeaderReference(name, document);
        }

        foreach (var (type, content) in answer.Content ?? new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal))
        {
            if (type == "application/pdf")
            {
                content.Schema = null;
            }
        }
    }

    private static IEnumerable<string> Headers(OpenApiOperation operation, int status)
    {
        var isMade = status is StatusCodes.Status201Created or StatusCodes.Status202Accepted || (status == StatusCodes.Status200OK && operation.OperationId is "registerLearner" or "submitBatch");
        if (isMade && status < StatusCodes.Status300MultipleChoices)
        {
            yield return "Location";
        }

        if ((status == StatusCodes.Status200OK && operation.OperationId is "findLearner" or "getLearner" or "updateLearner") || status == StatusCodes.Status412PreconditionFailed)
        {
            yield return "ETag";
        }

        if (status == StatusCodes.Status200OK && operation.OperationId is "makeReport" or "getBatchOutput")
        {
            yield return "Content-Disposition";
        }

        if (status is StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden)
        {
            yield return "WWW-Authenticate";
        }

        if (status == StatusCodes.Status429TooManyRequests)
        {
            yield return "Retry-After";
        }

        yield return "RateLimit";
        yield return "RateLimit-Policy";
    }

    private static OpenApiParameter Parameter(string name, ParameterLocation where, FieldWord word, bool isRequired = false)
    {
        var schema = SchemaWords.Of(word);
        return new() { Name = name, In = where, Description = word.Text, Required = isRequired, Schema = schema, Example = Example(word, schema) };
    }

    private static JsonNode? Example(FieldWord word, IOpenApiSchema schema) =>
        word.Example is not { } text ? null : schema.Type?.HasFlag(JsonSchemaType.Integer) is true ? int.Parse(text, CultureInfo.InvariantCulture) : text;
}
