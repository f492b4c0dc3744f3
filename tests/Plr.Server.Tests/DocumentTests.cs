using System.Text.RegularExpressions;
using Plr.Testing;

namespace Plr.Server.Tests;

public sealed partial class DocumentTests
{
    [Fact]
    public void Every_relative_link_of_every_page_leads_to_a_file()
    {
        var links = Pages().SelectMany(page => LinkTarget().Matches(File.ReadAllText(page)).Select(match => (Page: page, Target: match.Groups["target"].Value)))
            .Where(link => !link.Target.Contains(':', StringComparison.Ordinal) && !link.Target.StartsWith('#')).ToList();

        Assert.True(links.Count >= 5, "The search finds no links.");
        Assert.All(links, link =>
        {
            var path = Path.Combine(Path.GetDirectoryName(link.Page)!, link.Target.Split('#')[0]);
            Assert.True(File.Exists(path) || Directory.Exists(path), $"{Path.GetRelativePath(Repository.Root, link.Page)} links to {link.Target}");
        });
    }

    [Fact]
    public void The_index_of_the_documentation_links_to_every_page()
    {
        var index = File.ReadAllText(Repository.PathTo("docs", "README.md"));
        var pages = Pages().Where(page => page.StartsWith(Repository.PathTo("docs"), StringComparison.Ordinal) && !page.EndsWith("README.md", StringComparison.Ordinal))
            .Select(page => Path.GetRelativePath(Repository.PathTo("docs"), page).Replace('\\', '/'));

        Assert.All(pages, page => Assert.Contains($"({page})", index, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Pages() =>
        Directory.EnumerateFiles(Repository.Root, "*.md").Concat(Directory.EnumerateFiles(Repository.PathTo("docs"), "*.md", SearchOption.AllDirectories));

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LinkTarget();
}
