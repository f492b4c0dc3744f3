using Npgsql;
using Plr.Store;
using Plr.Testing;

namespace Plr.Server.Tests.Commands;

/// <summary>The commands of the how-to pages, run as they stand there; only places, names and secrets are the test's.</summary>
public sealed class HowToTests(PostgresDatabase postgres) : IClassFixture<PostgresDatabase>, IDisposable
{
    private static readonly Guide Backup = Guide.Read("how-to", "backup.md");
    private static readonly Guide Postgres = Guide.Read("how-to", "postgresql.md");
    private readonly CommandFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_register_on_SQLite_is_backed_up_restored_and_moved_as_the_page_says()
    {
        await new MovedRegister(_folder, "plr-data", new(EngineKind.Sqlite, "", null)).FillAsync();

        foreach (var words in new[] { "plr backup", "plr restore", "plr export", "plr load" })
        {
            await RunAsync(Backup.Block(words), []);
        }

        var moved = new MovedRegister(_folder, "new-data", new(EngineKind.Sqlite, "", null));
        var again = await moved.ExportAsync("again");
        Assert.All(Directory.GetFiles(again), file => Assert.Equal(File.ReadAllText(Path.Combine(_folder.Folder, "exported", Path.GetFileName(file))), File.ReadAllText(file)));
        await RunAsync(Guide.Read("explain", "audit.md").Block("plr audit verify"), []);
        (await new MovedRegister(_folder, "restored-data", new(EngineKind.Sqlite, "", null)).RunAsync("audit", "verify")).Done();
    }

    [Fact]
    public async Task A_register_on_PostgreSQL_is_made_dumped_and_restored_as_the_pages_say_and_the_servers_role_is_enough_for_it()
    {
        var place = new Place(new NpgsqlConnectionStringBuilder((await postgres.EmptyAsync()).ConnectionString));
        try
        {
            await RunAsync(place.Named(Postgres.Block("CREATE ROLE")), place.AsSuperuser);
            await RunAsync(place.Named(Postgres.Block("plr migrate")), []);
            await RunAsync(place.Named(Postgres.Block("plr doctor")), [("PLR__Urls", "http://127.0.0.1:0"), ("PLR__DataFolder", "plr-data")]);
            var register = new MovedRegister(_folder, "plr-data", new(EngineKind.Postgres, "", place.AppOn(place.Database)));
            await register.FillAsync();

            await RunAsync(place.Named(Backup.Block("pg_dump")), place.AsOwner(place.Database));
            await RunAsync($"createdb --owner={place.Owner} --template=template0 --encoding=UTF8 {place.Restored}", place.AsSuperuser);
            await RunAsync(place.Named(Backup.Block("pg_restore")), place.AsOwner(place.Restored));

            var restored = new MovedRegister(_folder, "restored-data", new(EngineKind.Postgres, "", place.AppOn(place.Restored)));
            Assert.Contains("The trail is whole: nothing was altered, removed or moved.", (await restored.RunAsync("audit", "verify")).Done().Lines);
            var (before, after) = (await register.ExportAsync("before"), await restored.ExportAsync("after"));
            Assert.All(Directory.GetFiles(before), file => Assert.Equal(File.ReadAllText(file), File.ReadAllText(Path.Combine(after, Path.GetFileName(file)))));
        }
        finally
        {
            await RunAsync($"dropdb --if-exists --force {place.Restored}; dropdb --if-exists --force {place.Database}; dropuser --if-exists {place.Owner}", place.AsSuperuser);
        }
    }

    [Fact]
    public async Task A_client_is_connected_as_the_page_says()
    {
        Tools.Require("curl");
        var guide = Guide.Read("how-to", "connect-a-client.md");
        var port = FreePort();
        var script = $"""
            {guide.Block("plr admin client add ")}
            dotnet '{Path.Combine(AppContext.BaseDirectory, "plr.dll")}' serve --data plr-data --urls http://localhost:5080 > serve.txt 2>&1 &
            SERVER=$!
            trap 'kill $SERVER; wait $SERVER || true' EXIT
            for i in $(seq 100); do curl -sf http://localhost:5080/health/ready > /dev/null && break; sleep 0.2; done
            {guide.Block("oauth/token")}
            (
            {guide.Block("learners/search")}
            ) > searched.json
            (
            {guide.Block("Idempotency-Key")}
            ) > registered.json
            ULN=$(sed -E 's/.*"uln":"([0-9]+)".*/\1/' registered.json)
            (
            {guide.Block("reports?language")}
            ) > record.json
            (
            {guide.Block("If-Match")}
            ) > updated.json
            """;
        await RunAsync(script.Replace("localhost:5080", $"localhost:{port}", StringComparison.Ordinal), []);

        string Written(string name) => File.ReadAllText(Path.Combine(_folder.Folder, name));
        Assert.Contains("\"outcome\":\"NoMatch\"", Written("searched.json"), StringComparison.Ordinal);
        Assert.Contains("\"outcome\":\"LearnerRegistered\"", Written("registered.json"), StringComparison.Ordinal);
        Assert.Contains("\"events\":[]", Written("record.json"), StringComparison.Ordinal);
        Assert.StartsWith("%PDF-", Written("report.pdf"), StringComparison.Ordinal);
        Assert.Contains("ETag: \"1\"", Written("headers.txt"), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("\"outcome\":\"LearnerUpdated\",\"version\":2", Written("updated.json"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_register_runs_under_its_own_name_behind_a_proxy_as_the_page_says()
    {
        Tools.Require("curl");
        var guide = Guide.Read("how-to", "your-own-name.md");
        var script = $"""
            {guide.Block("PLR__ServiceName")}
            {guide.Block("PLR__PublicUrl")}
            {guide.Block("plr doctor")}
            dotnet '{Path.Combine(AppContext.BaseDirectory, "plr.dll")}' serve > serve.txt 2>&1 &
            SERVER=$!
            trap 'kill $SERVER; wait $SERVER || true' EXIT
            for i in $(seq 100); do curl -sf http://localhost:5080/health/ready > /dev/null && break; sleep 0.2; done
            (
            {guide.Block("curl")}
            ) > seen.txt
            """;
        await RunAsync(script.Replace("localhost:5080", $"localhost:{FreePort()}", StringComparison.Ordinal), []);

        var seen = await File.ReadAllTextAsync(Path.Combine(_folder.Folder, "seen.txt"));
        Assert.Contains("Privacy notice – Skills Passport", seen, StringComparison.Ordinal);
        Assert.Contains("Hysbysiad preifatrwydd – Pasbort Sgiliau", seen, StringComparison.Ordinal);
        Assert.Contains("mailto:records@example.org", seen, StringComparison.Ordinal);
        Assert.Matches("(?i)set-cookie: __Host-plr-af=[^;]+; path=/; secure; samesite=strict; httponly", seen);
        Assert.Contains("strict-transport-security: max-age=31536000", seen, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("https://records.example.org/sign-in/link", await File.ReadAllTextAsync(Path.Combine(_folder.Folder, "serve.txt")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_lines_of_the_README_and_of_the_banner_read_a_record_of_the_demo()
    {
        Tools.Require("curl");
        var script = $"""
            dotnet '{Path.Combine(AppContext.BaseDirectory, "plr.dll")}' demo --urls http://localhost:5080 > demo.txt 2>&1 &
            DEMO=$!
            trap 'kill $DEMO; wait $DEMO || true' EXIT
            for i in $(seq 600); do grep -q '^└' demo.txt && break; sleep 0.2; done
            (
            {Guide.Read("..", "README.md").Block("client.env")}
            ) > readme.json
            sed -n 's/^│ *//p' demo.txt > banner.sh
            bash banner.sh > banner.json
            """;
        await RunAsync(script.Replace("localhost:5080", $"localhost:{FreePort()}", StringComparison.Ordinal), []);

        string Written(string name) => File.ReadAllText(Path.Combine(_folder.Folder, name));
        Assert.Contains("\"subject\":\"AQA Level 1/Level 2 GCSE (9-1) in English Language\"", Written("readme.json"), StringComparison.Ordinal);
        Assert.Contains("\"qualification\":{\"number\":\"601/4292/3\"", Written("readme.json"), StringComparison.Ordinal);
        Assert.Contains("\"underDataChallenge\":true", Written("banner.json"), StringComparison.Ordinal);
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }

    private Task RunAsync(string script, IReadOnlyList<(string Name, string Value)> environment) => Guide.RunAsync(script, _folder.Folder, environment);

    /// <summary>What the pages' names stand for on the tests' cluster. plr_app stays when the test is over: other databases of the cluster may grant to it.</summary>
    private sealed class Place(NpgsqlConnectionStringBuilder cluster)
    {
        private readonly string _unique = Guid.CreateVersion7().ToString("N")[^12..];

        public string Database => "register_" + _unique;

        public string Restored => "restored_" + _unique;

        public string Owner => "plr_owner_" + _unique;

        public IReadOnlyList<(string, string)> AsSuperuser => As(cluster.Username!, cluster.Password!);

        private string Host => $"Host={cluster.Host};Port={cluster.Port};";

        public IReadOnlyList<(string, string)> AsOwner(string database) =>
            [.. As(Owner, "one secret"), ("PLR__Store__Engine", "Postgres"), ("PLR__Store__ConnectionString", $"{Host}Database={database};Username={Owner};Password=one secret")];

        public string AppOn(string database) => $"{Host}Database={database};Username=plr_app;Password=another secret";

        public string Named(string block) => block
            .Replace("CREATE ROLE plr_app LOGIN", "SELECT 'CREATE ROLE plr_app' WHERE NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'plr_app') \\gexec\nALTER ROLE plr_app LOGIN", StringComparison.Ordinal)
            .Replace("plr_owner", Owner, StringComparison.Ordinal)
            .Replace("DATABASE register", "DATABASE " + Database, StringComparison.Ordinal)
            .Replace("Host=db.example.org;Database=register", $"{Host}Database={Database}", StringComparison.Ordinal)
            .Replace("register.dump register", "register.dump " + Database, StringComparison.Ordinal)
            .Replace("--dbname=restored ", $"--dbname={Restored} ", StringComparison.Ordinal);

        private IReadOnlyList<(string, string)> As(string user, string password) =>
            [("PGHOST", cluster.Host!), ("PGPORT", $"{cluster.Port}"), ("PGUSER", user), ("PGPASSWORD", password)];
    }
}
