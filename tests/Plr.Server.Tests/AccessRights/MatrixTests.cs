using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Plr.Core;
using Plr.Core.Accounts;
using Plr.Core.MachineClients;
using Plr.Core.Organisations;
using Plr.Server.Tests.Rest;
using Plr.Testing;

namespace Plr.Server.Tests.AccessRights;

/// <summary>Every endpoint × every role and nobody, as <see cref="Policy"/> says. Endpoints are found, not listed, so a new one is tested as it is made.</summary>
public sealed class MatrixTests(MatrixTests.Register register) : IClassFixture<MatrixTests.Register>
{
    public static TheoryData<Roles> AllRoles => [.. Enum.GetValues<Roles>().Where(role => role != Roles.Register)];

    [Fact]
    public async Task Every_endpoint_says_what_it_does()
    {
        var all = await Endpoints.AllAsync(register.Site.Services);

        Assert.True(all.Count > 25, "The search finds no endpoints.");
        Assert.Equal([], all.Where(endpoint => endpoint.Does is null).Select(endpoint => endpoint.Pattern));
    }

    [Theory]
    [MemberData(nameof(AllRoles))]
    public async Task A_role_comes_to_what_the_policy_lets_it_try_and_to_nothing_else(Roles role)
    {
        var wrong = new List<string>();
        foreach (var (pattern, method, does) in await Endpoints.AllAsync(register.Site.Services))
        {
            // A browser of its own each time: one of the endpoints signs out. Changes over the open interface are made by software.
            using var browser = method == HttpMethod.Get ? await register.BrowserAsync(role) : await register.SoftwareAsync(role);
            using var request = new HttpRequestMessage(method, Endpoints.Address(pattern));
            var answer = await browser.SendAsync(request);
            var isLetIn = IsLetIn(answer);
            var mayCome = does!.MayTry(role) && (method == HttpMethod.Get || !pattern.StartsWith("/api/", StringComparison.Ordinal) || !HasNoSoftware(role));
            if (isLetIn != mayCome)
            {
                wrong.Add($"{pattern} ({string.Join(" or ", does.Actions)}): {(int)answer.StatusCode} {answer.Headers.Location}");
            }
        }

        Assert.Equal([], wrong);
    }

    [Theory]
    [MemberData(nameof(AllRoles))]
    public async Task A_forged_form_changes_nothing_whoever_sends_it(Roles role)
    {
        var wrong = new List<string>();
        foreach (var (pattern, _, does) in await Endpoints.AllAsync(register.Site.Services))
        {
            using var browser = await register.BrowserAsync(role);
            using var form = new FormUrlEncodedContent([new("Name", "Forged")]);
            var answer = await browser.PostAsync(Endpoints.Address(pattern), form);
            // Nobody can be signed out by anybody: there is nothing to end.
            var endsNothing = role == Roles.None && does!.Actions.Contains(PolicyAction.SignOut);
            if (!endsNothing && (answer.IsSuccessStatusCode || answer.StatusCode == HttpStatusCode.Redirect))
            {
                wrong.Add($"{pattern} ({string.Join(" or ", does!.Actions)}): {(int)answer.StatusCode} {answer.Headers.Location}");
            }
        }

        Assert.Equal([], wrong);
    }

    /// <summary>The register office has no software of its own, and a person's session sends nothing over the open interface: its officers read there.</summary>
    private static bool HasNoSoftware(Roles role) => (role & RoleSets.Office) != Roles.None;

    /// <summary>Not sent to sign in, not refused.</summary>
    private static bool IsLetIn(HttpResponseMessage answer) =>
        answer.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        && answer.Headers.Location?.OriginalString.StartsWith("/sign-in?to=", StringComparison.Ordinal) is not true;

    /// <summary>One account of each role.</summary>
    public sealed class Register : IAsyncLifetime
    {
        private readonly Dictionary<Roles, Account> _accounts = [];
        private Organisation _organisation = null!;

        public TestSite Site { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Site = await TestSite.StartAsync();
            // Provider and awarding organisation in one, so that what is refused is refused for the role alone.
            var (both, _) = await Site.Services.GetRequiredService<IOrganisationStore>().AddAsync("Coleg a Bwrdd", "10007945", "RN5196", "RN5196", Seeds.Upkeep);
            _organisation = both!;
            var registrar = await Site.Seed.CollegePersonAsync(both!);
            var learner = A.Learner();
            _accounts[Roles.Learner] = await Site.Seed.LearnerAccountAsync(await Site.Seed.RegisterAsync(learner, registrar), learner);
            foreach (var role in Enum.GetValues<Roles>().Where(role => role is not (Roles.None or Roles.Learner or Roles.Register)))
            {
                _accounts[role] = await Site.Seed.AccountAsync($"Person {role}", role, (role & RoleSets.Office) != Roles.None ? null : both);
            }
        }

        public ValueTask DisposeAsync() => Site.DisposeAsync();

        /// <summary>A machine client of the organisation with this role; where it cannot have one, the person's browser.</summary>
        public async Task<HttpClient> SoftwareAsync(Roles role)
        {
            if (role == Roles.None || Scope.Of(role).Count == 0 || _accounts[role].OrganisationId is null)
            {
                return await BrowserAsync(role);
            }

            var (client, secret) = await RestSite.ClientAsync(Site.Services, _organisation, role);
            var http = Site.Browser();
            http.DefaultRequestHeaders.Authorization = new("Bearer", await RestSite.TokenAsync(http, client.Id, secret));
            return http;
        }

        public async Task<HttpClient> BrowserAsync(Roles role) => role == Roles.None ? Site.Browser() : await Site.BrowserAsync(_accounts[role]);
    }
}
