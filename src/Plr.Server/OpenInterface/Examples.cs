using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Plr.Server.Rest;

namespace Plr.Server.OpenInterface;

/// <summary>Who sends an example.</summary>
public enum ExampleCaller
{
    Nobody,
    College,
    AwardingOrganisation,
    Learner,
}

/// <summary>What the server gave to an example: kept beside this file, written by the test that sends them.</summary>
public sealed record ExampleAnswer(int Status, IReadOnlyDictionary<string, string> Headers, JsonNode? Body);

/// <summary>One request with its answer.</summary>
/// <param name="Name">Unique; for a refusal another than the operation's.</param>
/// <param name="Operation">The operation of the OpenAPI document.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Address">Path and query.</param>
public sealed record Example(string Name, string Operation, string Method, string Address)
{
    public ExampleCaller Caller { get; init; } = ExampleCaller.College;

    /// <summary>Beside who calls.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    public string? Body { get; init; }

    /// <summary>As it goes over the wire.</summary>
    public string Request => Wire($"{Method} {Address}", [.. CallerHeaders(), .. Headers], Body);

    /// <summary>As it comes over the wire; null while no server has answered yet.</summary>
    public string? Answer => Examples.AnswerTo(this) is { } answer
        ? Wire($"{answer.Status} {Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(answer.Status)}", [.. answer.Headers.Select(header => (header.Key, header.Value))], Examples.Text(answer.Body))
        : null;

    private IEnumerable<(string, string)> CallerHeaders() => Caller switch
    {
        ExampleCaller.Nobody => [],
        ExampleCaller.Learner => [("Cookie", "plr=…")],
        _ => [("Authorization", "Bearer $TOKEN")],
    };

    private static string Wire(string first, IReadOnlyList<(string Name, string Value)> headers, string? body)
    {
        var text = new StringBuilder(first);
        foreach (var (name, value) in headers)
        {
            text.Append('\n').Append(name).Append(": ").Append(value);
        }

        return body is null ? text.ToString() : text.Append("\n\n").Append(body).ToString();
    }
}

/// <summary>
/// The examples of the open interface: one story, in the order in which it is told. The OpenAPI document and the reference show them, and a test
/// sends them one after another and compares the answers with <c>Answers.json</c>.
/// </summary>
public static class Examples
{
    /// <summary>That of the learner whom the story registers.</summary>
    public const string Uln = RestWords.ExampleUln;

    private const string Person = """
        {
          "givenName": "Siân",
          "familyName": "Pritchard",
          "dateOfBirth": "2008-02-29",
          "gender": "2",
          "lastKnownPostCode": "LL57 1DT",
          "abilityToShare": "1",
          "verificationType": "2"
        }
        """;

    private static readonly JsonSerializerOptions Indented = new(RestJson.Options) { WriteIndented = true, NewLine = "\n" };
    private static readonly Lazy<Dictionary<string, ExampleAnswer>> Answers = new(ReadAnswers);

    /// <summary>How a client gets its token; not an operation of the OpenAPI document but of its security scheme.</summary>
    public static Example Token { get; } = new("token", "token", "POST", SignIn.MachineSignIn.Path)
    {
        Caller = ExampleCaller.Nobody,
        Headers = [("Content-Type", "application/x-www-form-urlencoded")],
        Body = "grant_type=client_credentials&client_id=$ID&client_secret=$SECRET",
    };

    public static IReadOnlyList<Example> All { get; } =
    [
        Token,
        new("searchLearners", "searchLearners", "POST", "/api/learners/search")
        {
            Headers = [Json],
            Body = """
                {
                  "givenName": "Siân",
                  "familyName": "Pritchard",
                  "dateOfBirth": "2008-02-29",
                  "gender": "2",
                  "lastKnownPostCode": "LL57 1DT"
                }
                """,
        },
        new("registerLearner", "registerLearner", "POST", "/api/learners") { Headers = [("Idempotency-Key", "enrolment-2026-00017"), Json], Body = Person },
        new("registerLearner-refused", "registerLearner", "POST", "/api/learners") { Headers = [Json], Body = Person.Replace("\"gender\": \"2\"", "\"gender\": \"7\"", StringComparison.Ordinal) },
        new("findLearner", "findLearner", "POST", "/api/learners/find")
        {
            Headers = [("Purpose", "advice-and-guidance"), Json],
            Body = $$"""
                {
                  "uln": "{{Uln}}",
                  "givenName": "Siân",
                  "familyName": "Pritchard"
                }
                """,
        },
        new("verifyLearner", "verifyLearner", "POST", "/api/learners/verify")
        {
            Caller = ExampleCaller.AwardingOrganisation,
            Headers = [Json],
            Body = $$"""
                {
                  "uln": "{{Uln}}",
                  "givenName": "Sian",
                  "familyName": "Pritchard",
                  "dateOfBirth": "2008-02-29"
                }
                """,
        },
        new("verifyLearner-other", "verifyLearner", "POST", "/api/learners/verify")
        {
            Headers = [Json],
            Body = $$"""
                {
                  "uln": "{{Uln}}",
                  "givenName": "Pritchard",
                  "familyName": "Siân",
                  "dateOfBirth": "2008-02-28",
                  "gender": "2"
                }
                """,
        },
        new("retrieveUlns", "retrieveUlns", "POST", "/api/ulns/retrieve")
        {
            Headers = [Json],
            Body = $$"""
                {
                  "ulns": ["{{Uln}}", "1000000043"]
                }
                """,
        },
        new("reportMergedUlns", "reportMergedUlns", "GET", "/api/uln-reports/merged?from=2026-11-01&to=2026-11-30"),
        new("reportDeletedUlns", "reportDeletedUlns", "GET", "/api/uln-reports/deleted?from=2026-11-01"),
        new("getLearner", "getLearner", "GET", $"/api/learners/{Uln}"),
        new("updateLearner", "updateLearner", "PUT", $"/api/learners/{Uln}")
        {
            Headers = [("If-Match", "\"1\""), Json],
            Body = Person.Replace("\"LL57 1DT\"", "\"LL55 1AB\"", StringComparison.Ordinal),
        },
        new("submitBatch", "submitBatch", "POST", "/api/batches?kind=achievements&fileName=AO_RN5196_23112026.CSV")
        {
            Caller = ExampleCaller.AwardingOrganisation,
            Headers = [("Idempotency-Key", "results-2026-08"), ("Content-Type", "text/csv")],
            Body = $"""
                FileVersion,FileName,OrganisationRef,AchievementRecordCount,MISIdentifier,ULN,GivenName,FamilyName,DateOfBirth,Gender,LearnerPostcode,ProviderUKPRN,UnitOrQualificationReferenceNumber,AchievementAwardDate,Grade,LanguageForAssessment,Action,ActionDate,ActionReason,SubmissionType
                1A,AO_RN5196_23112026.CSV,RN5196,2,,{Uln},Siân,Pritchard,,,,10007945,600/1166/X,2026-08-20,7,,1,2026-08-20,,FINAL
                ,,,,,{Uln},Siân,Pritchard,,,,10007945,600/1167/1,2026-08-20,A,,1,2026-08-20,,FINAL

                """,
        },
        new("listBatches", "listBatches", "GET", "/api/batches?limit=20") { Caller = ExampleCaller.AwardingOrganisation },
        new("getBatch", "getBatch", "GET", "/api/batches/1") { Caller = ExampleCaller.AwardingOrganisation },
        new("listBatchRows", "listBatchRows", "GET", "/api/batches/1/rows?rows=rejected") { Caller = ExampleCaller.AwardingOrganisation },
        new("getBatchOutput", "getBatchOutput", "GET", "/api/batches/1/output?rows=rejected") { Caller = ExampleCaller.AwardingOrganisation },
        new("getLearningEvents", "getLearningEvents", "GET", $"/api/learners/{Uln}/learning-events") { Headers = [("Purpose", "advice-and-guidance")] },
        new("getLearningEvent", "getLearningEvent", "GET", $"/api/learners/{Uln}/learning-events/1"),
        new("makeReport", "makeReport", "POST", $"/api/learners/{Uln}/reports?language=cy") { Headers = [("Idempotency-Key", "report-2026-00004")] },
        new("getOwnLearningEvents", "getOwnLearningEvents", "GET", "/api/me/learning-events?asOf=2026-11-23") { Caller = ExampleCaller.Learner },
        new("getOwnTrail", "getOwnTrail", "GET", "/api/me/trail?limit=2") { Caller = ExampleCaller.Learner },
        new("listQualifications", "listQualifications", "GET", "/api/qualifications?awardingOrganisation=RN5196&limit=1") { Caller = ExampleCaller.Nobody },
        new("getQualification", "getQualification", "GET", "/api/qualifications/6001166X") { Caller = ExampleCaller.Nobody },
    ];

    private static (string, string) Json => ("Content-Type", "application/json");

    public static ExampleAnswer? AnswerTo(Example example) => Answers.Value.GetValueOrDefault(example.Name);

    /// <summary>A body as it is shown.</summary>
    public static string? Text(JsonNode? body) => body switch
    {
        null => null,
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        _ => body.ToJsonString(Indented),
    };

    public static string Write(IEnumerable<KeyValuePair<string, ExampleAnswer>> answers) => JsonSerializer.Serialize(new SortedDictionary<string, ExampleAnswer>(answers.ToDictionary(), StringComparer.Ordinal), Indented) + "\n";

    public static void AddTo(OpenApiDocument document)
    {
        foreach (var operation in document.Paths.Values.SelectMany(path => path.Operations!.Values))
        {
            foreach (var example in All.Where(example => example.Operation == operation.OperationId))
            {
                if (example.Name == example.Operation && operation.RequestBody?.Content?.Values.FirstOrDefault() is { } sent)
                {
                    sent.Example = sent.Schema?.Type == JsonSchemaType.String ? JsonValue.Create(example.Body) : JsonNode.Parse(example.Body!);
                }

                if (AnswerTo(example) is { Body: { } body } answer
                    && operation.Responses![$"{answer.Status}"].Content is { } contents
                    && contents.TryGetValue(answer.Headers["Content-Type"], out var given))
                {
                    given.Example ??= body.DeepClone();
                }
            }
        }
    }

    private static Dictionary<string, ExampleAnswer> ReadAnswers()
    {
        using var file = typeof(Examples).Assembly.GetManifestResourceStream("Plr.Server.OpenInterface.Answers.json")!;
        return JsonSerializer.Deserialize<Dictionary<string, ExampleAnswer>>(file, RestJson.Options)!;
    }
}
