using System.Text.RegularExpressions;
using System.Xml.Linq;
using Plr.Server.Web;
using Plr.Testing;

namespace Plr.Server.Tests.Web;

/// <summary>The resource files against each other and against what the pages ask for.</summary>
public sealed partial class TextTests
{
    /// <summary>Names and codes that are the same in both languages, by their keys.</summary>
    private static readonly HashSet<string> SameInBoth = ["Office.Error"];

    private static readonly Dictionary<string, string> English = ReadAll(".resx");
    private static readonly Dictionary<string, string> Welsh = ReadAll(".cy.resx");

    [Fact]
    public void Every_text_exists_in_both_languages() => Assert.Equal(English.Keys.Order(StringComparer.Ordinal), Welsh.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void No_text_is_empty_or_has_blanks_around_it() =>
        Assert.All(English.Concat(Welsh), text => Assert.True(text.Value.Length > 0 && text.Value == text.Value.Trim(), text.Key));

    [Fact]
    public void Both_languages_have_the_same_places_to_fill() =>
        Assert.All(English.Keys, key => Assert.True(Places(English[key]).SetEquals(Places(Welsh[key])), key));

    [Fact]
    public void A_Welsh_text_differs_from_the_English_one_unless_it_is_a_name() =>
        Assert.All(English.Keys, key => Assert.True(English[key] == Welsh[key] == SameInBoth.Contains(key), key));

    [Fact]
    public void A_key_begins_with_the_name_of_its_file()
    {
        foreach (var file in Texts.Files)
        {
            Assert.All(Read(file, ".resx").Keys, key => Assert.StartsWith(file + ".", key, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Every_key_that_a_page_asks_for_exists()
    {
        var (whole, beginnings) = KeysInSource();

        Assert.True(whole.Count > 50, "The search finds no keys.");
        Assert.All(whole, key => Assert.True(English.ContainsKey(key), key));
        Assert.All(beginnings, beginning => Assert.Contains(English.Keys, key => key.StartsWith(beginning, StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_text_is_used()
    {
        var (whole, beginnings) = KeysInSource();

        Assert.All(English.Keys, key => Assert.True(whole.Contains(key) || beginnings.Any(b => key.StartsWith(b, StringComparison.Ordinal)), key));
    }

    [Fact]
    public void Every_kind_of_problem_has_its_words() =>
        Assert.All(Enum.GetNames<PublicSite.ProblemKind>(), kind => Assert.True(English.ContainsKey($"Site.{kind}.Title") && English.ContainsKey($"Site.{kind}.Text"), kind));

    [Theory]
    [InlineData("Site.Nothing")]
    [InlineData("Nowhere.Title")]
    [InlineData("Title")]
    public void A_key_that_does_not_exist_is_never_shown(string key) => Assert.Throws<KeyNotFoundException>(() => new Texts()[key]);

    [Fact]
    public void A_text_around_html_encodes_what_is_not_html()
    {
        var html = new Texts().Html("Public.Contact.Email", "A & <B>", Server.Govuk.Markup.Of($"<b>{"x < y"}</b>"));

        Assert.Equal("Write to A &amp; &lt;B&gt; at <b>x &lt; y</b>.", Server.Govuk.Markup.From(html).ToString());
    }

    private static readonly string AnyFile = string.Join('|', Texts.Files);
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(5);
    private static readonly Regex WholeKey = new("(?<!\\$)\"(?<key>(?:" + AnyFile + ")(?:\\.[A-Z][A-Za-z0-9]*)+)\"", RegexOptions.None, MostTime);
    private static readonly Regex KeyBeginning = new("\\$\"(?<key>(?:" + AnyFile + ")\\.[A-Za-z0-9.]*)\\{", RegexOptions.None, MostTime);

    private static HashSet<string> Places(string text) => [.. Place().Matches(text).Select(m => m.Value)];

    // Keys stand in the source whole ("Public.Uln.Title") or, where a value completes them, by their beginning ($"Site.Date.{part}").
    private static (HashSet<string> Whole, HashSet<string> Beginnings) KeysInSource()
    {
        var folder = Repository.PathTo("src", "Plr.Server");
        var files = Directory.EnumerateFiles(folder, "*.cs*", SearchOption.AllDirectories)
            .Where(f => f.EndsWith(".cs", StringComparison.Ordinal) || f.EndsWith(".cshtml", StringComparison.Ordinal))
            .Where(f => !Path.GetRelativePath(folder, f).StartsWith("obj", StringComparison.Ordinal) && !Path.GetRelativePath(folder, f).StartsWith("bin", StringComparison.Ordinal));
        HashSet<string> whole = [], beginnings = [];
        foreach (var source in files.Select(File.ReadAllText))
        {
            whole.UnionWith(WholeKey.Matches(source).Select(m => m.Groups["key"].Value));
            beginnings.UnionWith(KeyBeginning.Matches(source).Select(m => m.Groups["key"].Value));
        }

        return (whole, beginnings);
    }

    private static Dictionary<string, string> ReadAll(string ending) =>
        Texts.Files.SelectMany(file => Read(file, ending)).ToDictionary(StringComparer.Ordinal);

    private static Dictionary<string, string> Read(string file, string ending)
    {
        using var reader = File.OpenRead(Repository.PathTo("src", "Plr.Server", "Texts", file + ending));
        return XDocument.Load(reader).Root!.Elements("data").ToDictionary(d => d.Attribute("name")!.Value, d => d.Element("value")!.Value, StringComparer.Ordinal);
    }

    [GeneratedRegex(@"\{\d+\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Place();
}
