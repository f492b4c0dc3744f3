using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Plr.Server.Tests.Rest;

/// <summary>Software that keeps to the rule: before it registers somebody it searches for them.</summary>
internal sealed class SearchesFirst(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private static readonly string[] Fields = ["givenName", "familyName", "dateOfBirth", "gender", "lastKnownPostCode"];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Method == HttpMethod.Post && request.RequestUri!.AbsolutePath == "/api/learners" && await SearchAsync(request, cancellationToken) is { } search)
        {
            using (search)
            {
                (await base.SendAsync(search, cancellationToken)).Dispose();
            }
        }

        return await base.SendAsync(request, cancellationToken);
    }

    private static async Task<HttpRequestMessage?> SearchAsync(HttpRequestMessage request, CancellationToken ct)
    {
        try
        {
            await request.Content!.LoadIntoBufferAsync(ct);
            var asked = new JsonObject();
            var sent = JsonNode.Parse(await request.Content.ReadAsStringAsync(ct))!.AsObject();
            foreach (var field in Fields)
            {
                asked[field] = sent[field]?.DeepClone();
            }

            var search = new HttpRequestMessage(HttpMethod.Post, "/api/learners/search") { Content = new StringContent(asked.ToJsonString(), Encoding.UTF8, "application/json") };
            search.RequestUri = new Uri(request.RequestUri!, "/api/learners/search");
            search.Headers.Authorization = request.Headers.Authorization;
            foreach (var purpose in request.Headers.TryGetValues("Purpose", out var named) ? named : [])
            {
                search.Headers.Add("Purpose", purpose);
            }

            return search;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException or NullReferenceException)
        {
            // What is sent is no learner: the test is about that.
            return null;
        }
    }
}
