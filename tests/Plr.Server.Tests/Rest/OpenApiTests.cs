using Plr.Testing;

namespace Plr.Server.Tests.Rest;

public sealed class OpenApiTests(RestSite rest) : IClassFixture<RestSite>
{
    private static readonly string Snapshot = Repository.PathTo("docs", "reference", "openapi.json");

    /// <summary>PLR_ACCEPT=1 writes it.</summary>
    [Fact]
    public async Task The_committed_document_is_the_one_that_the_server_gives()
    {
        using var http = rest.Site.Browser();
        var served = (await http.GetStringAsync("/api/openapi.json")).ReplaceLineEndings("\n").TrimEnd() + "\n";
        if (Environment.GetEnvironmentVariable("PLR_ACCEPT") == "1" && !Repository.IsCI)
        {
            await File.WriteAllTextAsync(Snapshot, served);
        }

        Assert.StartsWith("{\n  \"openapi\": \"3.1.", served, StringComparison.Ordinal);
        Assert.Equal(await File.ReadAllTextAsync(Snapshot), served);
    }
}
