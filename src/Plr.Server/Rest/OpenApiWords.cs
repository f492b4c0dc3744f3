using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Plr.Core;
using Plr.Server.SignIn;
using Scope = Plr.Core.MachineClients.Scope;

namespace Plr.Server.Rest;

/// <summary>A parameter of the query, for the OpenAPI document.</summary>
internal sealed record QueryWord(string Name, string Text);

/// <summary>What the OpenAPI document says beside the routes' types: who may call, headers, queries.</summary>
internal static class OpenApiWords
{
    private const string Token = "token";

    public static void Set(OpenApiOptions options)
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "Personal Learning Record",
                Version = "1",
                Description = "Learners, their personal learning records, files and qualifications. Refusals are problem details (RFC 9457) with the register's code.",
            };
            document.Servers = [new OpenApiServer { Url = "/" }];
            document.Tags = null;
            document.AddComponent<IOpenApiSecurityScheme>(Token, Scheme());
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            Tell(operation, context);
            return Task.CompletedTask;
        });
    }

    private static OpenApiSecurityScheme Scheme() => new()
    {
        Type = SecuritySchemeType.OAuth2,
        Description = "Tokens last ten minutes. The client shows a secret or a private_key_jwt.",
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
        operation.Tags = null;
        operation.Parameters ??= [];
        foreach (var word in metadata.OfType<QueryWord>())
        {
            operation.Parameters.Add(Parameter(word.Name, ParameterLocation.Query, word.Text, isRequired: false));
        }

        if (metadata.OfType<DoesAttribute>().LastOrDefault() is not { } does || does.MayTry(Roles.None))
        {
            return;
        }

        operation.Parameters.Add(Parameter(RestCall.PurposeHeader, ParameterLocation.Header, $"Why: {string.Join(", ", Enum.GetValues<Purpose>().Select(purpose => purpose.Word()))}.", isRequired: false));
        if (context.Description.HttpMethod == HttpMethods.Post)
        {
            operation.Parameters.Add(Parameter(Once.Header, ParameterLocation.Header, "1 to 255 visible characters: sent again within 24 hours, the call has one effect and the same answer.", isRequired: false));
        }

        if (context.Description.HttpMethod == HttpMethods.Put)
        {
            operation.Parameters.Add(Parameter("If-Match", ParameterLocation.Header, "The ETag that came with the learner.", isRequired: true));
        }

        var scopes = Scope.All.Where(scope => scope.Actions.Intersect(does.Actions).Any()).Select(scope => scope.Name).ToList();
        if (scopes.Count > 0)
        {
            operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Token, context.Document)] = scopes }];
        }
    }

    private static OpenApiParameter Parameter(string name, ParameterLocation where, string text, bool isRequired) =>
        new() { Name = name, In = where, Description = text, Required = isRequired, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
}
