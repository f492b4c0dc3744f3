using System.Reflection;
using System.Text.RegularExpressions;
using NetArchTest.Rules;
using Plr.Core;
using Plr.Core.Duplicates;
using Plr.Core.Learners;
using Plr.Core.LearningEvents;
using Plr.Testing;

namespace Plr.Server.Tests.Architecture;

/// <summary>The directions of DESIGN §3 that projects alone do not enforce.</summary>
public partial class ArchitectureTests
{
    private static readonly Assembly Core = typeof(Uln).Assembly;
    private static readonly Assembly Server = typeof(PlrHost).Assembly;

    /// <summary>Faces: each calls operations, none calls another.</summary>
    private static readonly string[] Faces = ["Plr.Server.LearnerSite", "Plr.Server.Portal", "Plr.Server.OfficeSite", "Plr.Server.PublicSite", "Plr.Server.Rest", "Plr.Server.Soap"];

    [Fact]
    public void The_core_refers_to_the_base_class_library_only() =>
        Assert.All(Core.GetReferencedAssemblies(), reference => Assert.StartsWith("System", reference.Name, StringComparison.Ordinal));

    [Fact]
    public void The_core_knows_no_database_no_network_and_no_files() =>
        Holds(Types.InAssembly(Core).ShouldNot().HaveDependencyOnAny("System.Data", "System.Net.Http", "System.IO.File", "System.IO.FileStream", "System.IO.Directory"));

    /// <summary>The reader of CSV files inherits a type of System.Data; it reads no database.</summary>
    [Fact]
    public void Only_the_store_knows_SQL() =>
        Holds(Types.InAssembly(Server).That().DoNotHaveName("CsvRows").ShouldNot().HaveDependencyOnAny("System.Data", "Microsoft.Data", "Npgsql", "Dapper"));

    [Fact]
    public void A_face_never_calls_another()
    {
        Assert.Contains(Server.GetTypes(), type => type.Namespace?.StartsWith("Plr.Server.PublicSite", StringComparison.Ordinal) == true);
        foreach (var face in Faces)
        {
            Holds(Types.InAssembly(Server).That().ResideInNamespaceStartingWith(face).ShouldNot().HaveDependencyOnAny([.. Faces.Where(other => other != face)]));
        }
    }

    [Theory]
    [InlineData(typeof(ILearnerStore))]
    [InlineData(typeof(ILearningEventStore))]
    [InlineData(typeof(IDuplicateStore))]
    [InlineData(typeof(IUlnReports))]
    public void Every_method_that_touches_a_learners_data_says_who_and_why(Type store) =>
        Assert.All(store.GetMethods(), method => Assert.Contains(method.GetParameters(), parameter => parameter.ParameterType == typeof(Access) && !parameter.IsOptional));

    [Fact]
    public void Response_codes_are_written_in_one_folder_only()
    {
        var responses = Repository.PathTo("src", "Plr.Core", "Responses") + Path.DirectorySeparatorChar;
        var found = Sources().Where(file => !file.StartsWith(responses, StringComparison.Ordinal))
            .SelectMany(file => Literals().Matches(WithoutComments(file)).Where(literal => Code().IsMatch(literal.Value)).Select(literal => $"{Path.GetFileName(file)}: {literal.Value}"));
        Assert.Empty(found);
        Assert.Contains(Directory.GetFiles(responses), file => Code().IsMatch(File.ReadAllText(file)));
    }

    [Fact]
    public void Nothing_in_src_is_random_that_must_not_be_guessed() => Assert.Empty(Sources().Where(file => Chance().IsMatch(WithoutComments(file))).Select(Path.GetFileName));

    private static void Holds(ConditionList rule) => Assert.Empty(rule.GetResult().FailingTypeNames ?? []);

    private static List<string> Sources()
    {
        string[] built = ["bin", "obj"];
        var sources = new[] { "*.cs", "*.cshtml" }.SelectMany(pattern => Directory.EnumerateFiles(Repository.PathTo("src"), pattern, SearchOption.AllDirectories))
            .Where(file => !Path.GetRelativePath(Repository.Root, file).Split(Path.DirectorySeparatorChar).Intersect(built).Any()).ToList();
        Assert.True(sources.Count > 50);
        return sources;
    }

    private static string WithoutComments(string file) =>
        string.Join('\n', File.ReadLines(file).Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal)));

    [GeneratedRegex("\"[^\"\n]*\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Literals();

    [GeneratedRegex("WSRC[0-9]|WSEC[0-9]|WSVRC[0-9]|VRF[0-9]|\\b(RC0|AC)[0-9]{2,3}\\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Code();

    [GeneratedRegex(@"\bnew Random\b|\bRandom\.Shared\b|\bGuid\.NewGuid\b", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Chance();
}
