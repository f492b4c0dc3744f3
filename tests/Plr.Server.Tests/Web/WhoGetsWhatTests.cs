using Plr.Core;
using Plr.Server.PublicSite;
using Plr.Server.Web;

namespace Plr.Server.Tests.Web;

public sealed class WhoGetsWhatTests : IAsyncLifetime
{
    private TestSite _site = null!;

    public async ValueTask InitializeAsync() => _site = await TestSite.StartAsync();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task The_page_says_who_may_do_what_what_they_see_and_what_for()
    {
        var page = await _site.OpenAsync("/who-gets-what");

        var providers = page.TableRows("Schools, colleges and training providers");
        Assert.Contains(providers, row => row.SequenceEqual(
            ["Look at your whole record", "Your details and qualifications Only if you let your record be shared", "To register or enrol you. To give you advice and guidance"]));
        Assert.Contains(providers, row => row[0] == "Ask if a ULN is yours" && row[1] == "None of your details");
        Assert.DoesNotContain(page.TableRows("Awarding organisations"), row => row[0] == "Look at your whole record");
        Assert.Equal([["Check what you shared with them", "What you chose to share", "To check what you shared"]], page.TableRows("Anyone you share with"));
    }

    [Fact]
    public async Task Every_row_of_the_policy_that_is_about_learners_stands_on_the_page_in_both_languages()
    {
        var texts = new Texts();
        var audiences = WhoGetsWhatModel.Audiences;
        var (page, tudalen) = (await _site.OpenAsync("/who-gets-what"), await _site.OpenAsync("/cy/who-gets-what"));

        foreach (var row in Policy.Table.Where(row => row.Purposes.Length > 0))
        {
            foreach (var (audience, roles) in audiences.Where(one => one.Roles == Roles.None ? row.Role == Roles.None : (one.Roles & row.Role) != Roles.None))
            {
                Assert.Contains(page.TableRows(texts[$"MyRecord.Gets.Audience.{audience}"]), cells => cells[0] == texts[$"MyRecord.Gets.Action.{row.Action}"]);
            }
        }

        Assert.Equal(page.Document.QuerySelectorAll("main tbody tr").Length, tudalen.Document.QuerySelectorAll("main tbody tr").Length);
    }

    [Fact]
    public void Every_role_is_somebodys_of_the_page() =>
        Assert.Equal(Enum.GetValues<Roles>().Aggregate((all, role) => all | role), WhoGetsWhatModel.Audiences.Aggregate(Roles.None, (all, one) => all | one.Roles));

    [Fact]
    public async Task The_privacy_notice_and_the_first_page_lead_to_both_pages()
    {
        foreach (var address in new[] { "/privacy", "/" })
        {
            var page = await _site.OpenAsync(address);
            Assert.Equal(("/who-gets-what", "/parents-and-young-learners"), (page.Link("Who gets what, and why"), page.Link("For parents, and for learners aged 13 to 15")));
        }
    }

    [Fact]
    public async Task Parents_and_young_learners_read_short_sentences_that_say_what_to_do()
    {
        var page = await _site.OpenAsync("/parents-and-young-learners");

        Assert.Contains("The law lets us keep the record, so we do not ask if we may.", page.Text, StringComparison.Ordinal);
        Assert.Contains("Being a parent does not let you open it by yourself.", page.Text, StringComparison.Ordinal);
        Assert.All(page.Document.QuerySelectorAll("main h3 + p").SelectMany(text => text.TextContent.Split('.', StringSplitOptions.RemoveEmptyEntries)),
            sentence => Assert.InRange(sentence.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length, 0, 20));
    }
}
