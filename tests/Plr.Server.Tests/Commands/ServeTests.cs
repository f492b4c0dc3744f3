using System.Net;
using Plr.Server.Commands;

namespace Plr.Server.Tests.Commands;

/// <summary>The commands that listen, in this process, on a port that the system picks.</summary>
public sealed class ServeTests : IDisposable
{
    private readonly CommandFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_first_start_prints_an_administrator_link_that_opens()
    {
        await using var served = await Served.StartAsync(_folder, "serve", "--urls", "http://127.0.0.1:0", "--data", _folder.Data);
        Assert.StartsWith("Nobody of the register office can sign in yet.", served.Lines[0], StringComparison.Ordinal);
        Assert.StartsWith("http://127.0.0.1:", served.Lines[1], StringComparison.Ordinal);

        using var browser = new HttpClient();
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(served.Lines[1])).StatusCode);
        Assert.Equal(HttpStatusCode.Gone, (await browser.GetAsync(served.Lines[1] + "x")).StatusCode);
    }

    [Fact]
    public async Task Without_a_password_for_the_first_officer_the_next_start_prints_a_new_link_and_with_another_officer_none()
    {
        await using (var first = await Served.StartAsync(_folder, "serve", "--urls", "http://127.0.0.1:0", "--data", _folder.Data))
        {
            Assert.Equal(3, first.Lines.Count);
        }

        await using (var second = await Served.StartAsync(_folder, "serve", "--urls", "http://127.0.0.1:0", "--data", _folder.Data))
        {
            Assert.Equal(3, second.Lines.Count);
        }

        (await _folder.RunAsync("admin", "user", "add", "--office", "--name", "Olwen Rees", "--email", "olwen@example.org", "--role", "OfficeSenior")).Done();
        await using var third = await Served.StartAsync(_folder, "serve", "--urls", "http://127.0.0.1:0", "--data", _folder.Data);
        Assert.Single(third.Lines);
    }

    [Fact]
    public async Task Two_servers_on_one_data_folder_are_refused_in_words()
    {
        await using var first = await Served.StartAsync(_folder, "serve", "--urls", "http://127.0.0.1:0", "--data", _folder.Data);

        var second = await _folder.RunAsync("serve", "--urls", "http://127.0.0.1:0");

        Assert.Equal(ExitCodes.Refused, second.Code);
        Assert.Contains("is in use by another server", second.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_runs_beside_a_server()
    {
        await using var served = await Served.StartAsync(_folder, "serve", "--urls", "http://127.0.0.1:0", "--data", _folder.Data);

        Assert.Equal(["Added Coleg Dyffryn (10007945)."], (await _folder.RunAsync("admin", "organisation", "add", "--ukprn", "10007945", "--name", "Coleg Dyffryn")).Done().Lines);
    }

    [Fact]
    public async Task A_form_too_large_for_the_token_endpoint_is_refused_in_its_own_words()
    {
        await using var served = await Served.StartAsync(_folder, "serve", "--urls", "http://127.0.0.1:0", "--data", _folder.Data);
        using var http = new HttpClient { BaseAddress = new Uri(new Uri(served.Lines[1]).GetLeftPart(UriPartial.Authority)) };
        using var form = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("client_secret", new string('x', 40_000))]);
        using var refused = await http.PostAsync("/oauth/token", form);
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "application/json"), (refused.StatusCode, refused.Content.Headers.ContentType!.MediaType));
        Assert.Contains("\"invalid_request\"", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://0.0.0.0:5080")]
    [InlineData("http://*:5080")]
    [InlineData("http://localhost:5080;http://192.168.0.4:5080")]
    [InlineData("http://records.example.org:5080")]
    public async Task The_demo_refuses_to_listen_for_other_machines(string urls)
    {
        var run = await _folder.RunAsync("demo", "--urls", urls);

        Assert.Equal(ExitCodes.Usage, run.Code);
        Assert.Contains("listens on this machine only", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.Data));
    }

    [Fact]
    public async Task The_demo_deletes_no_folder_that_is_not_a_demo()
    {
        (await _folder.RunAsync("migrate")).Done();

        var run = await _folder.RunAsync("demo", "--reset", "--urls", "http://127.0.0.1:0");

        Assert.Equal(ExitCodes.Refused, run.Code);
        Assert.Contains("holds something that is not a demo", run.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_folder.Data, "plr.db")));
    }

    [Fact]
    public async Task The_demo_is_filled_once_with_a_thousand_learners_and_six_thousand_events_and_a_whole_trail()
    {
        string first;
        await using (var demo = await Served.StartAsync(_folder, "demo", "--urls", "http://127.0.0.1:0", "--data", _folder.Data))
        {
            first = demo.Lines[0];
            Assert.Equal(7, demo.Lines.Count);
            Assert.Contains("docs/tutorial.md", demo.Lines[^1], StringComparison.Ordinal);
            using var browser = new HttpClient();
            var signIn = await browser.GetStringAsync(demo.Lines[1].Split(' ', StringSplitOptions.RemoveEmptyEntries)[^1] + "sign-in");
            Assert.All(["Amelia Okafor", "Noah Whitfield", "Megan Ellis", "Olwen Rees"], name => Assert.Contains(name, signIn, StringComparison.Ordinal));
        }

        Assert.Matches("demo: 1,[0-9]{3} invented learners, [6-9],[0-9]{3} learning events, 13 organisations  \\(", first);
        await using var again = await Served.StartAsync(_folder, "demo", "--urls", "http://127.0.0.1:0", "--data", _folder.Data);
        Assert.Equal(first[..first.IndexOf('(', StringComparison.Ordinal)] + "(kept from last time)", again.Lines[0]);
        (await _folder.RunAsync("audit", "verify")).Done();
    }
}
