using System.Globalization;
using System.Text;
using System.Text.Json;
using Plr.Core.Learners;
using Plr.Core.Matching;

namespace Plr.Bench;

/// <summary>
/// Faulty searches over the open interface, with sign-in, policy, judging and entries in the trail that are durable before the answer leaves, against an empty endpoint of the same
/// server (<c>/health/live</c>), turn by turn, from as many connections each.
/// </summary>
internal static class SearchBench
{
    private const int Rounds = 5;
    private const int Searches = 20_000;

    public static async Task<int> RunAsync(string[] args)
    {
        var engine = args.ElementAtOrDefault(0) ?? "postgres";
        var learners = int.Parse(args.ElementAtOrDefault(1) ?? "200000", CultureInfo.InvariantCulture);
        Load.Connections = int.Parse(args.ElementAtOrDefault(2) ?? "16", CultureInfo.InvariantCulture);
        await using var register = await BenchRegister.OpenAsync(engine);
        await StoredRegister.FillAsync(register.Engine, learners);
        using var http = await Load.SignInAsync(register);
        while (!register.Get<LearnerFollower>().IsReady)
        {
            await Task.Delay(100);
        }

        byte[][] asks =
        [
            .. InventedRegister.Searches(learners, Searches).Select(search => Asked(search.Text)).Where(asked => register.Get<SearchLearners>().Check(asked).Count == 0)
                .Select(asked => Encoding.UTF8.GetBytes(JsonSerializer.Serialize(asked, Web))),
        ];
        HttpRequestMessage Ask(int i)
        {
            var content = new ByteArrayContent(asks[i % asks.Length]);
            content.Headers.ContentType = new("application/json");
            return new(HttpMethod.Post, new Uri("api/learners/search", UriKind.Relative)) { Content = content };
        }

        await ShowAsync(http, Ask);
        await Load.RateAsync(http, Ask);
        await Load.RateAsync(http, _ => "health/live");
        var ratios = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            var (search, empty) = (await Load.RateAsync(http, Ask), await Load.RateAsync(http, _ => "health/live"));
            ratios.Add(search.Rate / empty.Rate);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  search {search}; empty endpoint {empty}: ratio {ratios[^1]:F2}"));
        }

        ratios.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{engine}, faulty searches of {learners} learners with their entries, {Load.Connections} connections: ratio to an empty endpoint, median {ratios[Rounds / 2]:F2} (0.15 wanted, 0.3 aimed at)"));
        return 0;
    }

    private static async Task ShowAsync(HttpClient http, Func<int, HttpRequestMessage> ask)
    {
        var codes = new Dictionary<string, int>();
        for (var i = 0; i < 200; i++)
        {
            using var request = ask(i);
            using var answer = await http.SendAsync(request);
            using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
            var code = body.RootElement.GetProperty("code").GetString()!;
            codes[code] = codes.GetValueOrDefault(code) + 1;
        }

        Console.WriteLine($"  of 200 answers: {string.Join(", ", codes.Select(code => $"{code.Value} {code.Key}"))}");
    }

    private static SearchLearners.Request Asked(PersonText text) => new()
    {
        GivenName = text.GivenName,
        FamilyName = text.FamilyName,
        PreviousFamilyName = text.PreviousFamilyName,
        DateOfBirth = InventedRegister.Date(text.BirthDate),
        Gender = text.Gender.ToString(CultureInfo.InvariantCulture),
        LastKnownPostCode = text.Postcode,
    };

    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);
}
