using System.CommandLine;
using System.Text;
using Plr.Core.Responses;

namespace Plr.Server.Commands;

/// <summary><c>plr codes</c>: the reference page of response codes, from the one table.</summary>
internal static class Codes
{
    public const string Page = "response-codes.md";

    public static Command Make(CommandTree tree)
    {
        var check = Reference.CheckOption();
        return CommandTree.Command(
            "codes",
            "Writes docs/reference/response-codes.md from the table of response codes.",
            [check],
            (parsed, _) => Task.FromResult(Reference.Write(tree.Around, [(Page, Text())], parsed.GetValue(check))));
    }

    public static string Text()
    {
        var page = new StringBuilder("""
            # Response codes

            Every outcome that the service can answer, in the order in which rows are judged. An outcome has one name and, on each face, its form:
            the web services' code, the code in a row of a file, and the HTTP status.

            | Outcome | Web services | Row | Class | HTTP | Text |
            |---|---|---|---|---|---|

            """);
        // Two outcomes may share a code; the page speaks about it at the first.
        var anchors = new HashSet<string>();
        foreach (var code in ResponseCodes.All)
        {
            var anchor = anchors.Add(code.Anchor) ? $"<a id=\"{code.Anchor}\"></a>" : "";
            page.Append(Reference.Line($"| {anchor}{code.Name} | {code.Wire} | {code.Row} | {code.RowClass} | {code.Http} | {code.Text} |"));
        }

        page.Append("""

            ## Failure flags

            When a ULN is verified, what of the person does not agree with the register. A name that agrees with its own has none; of one that does not, the flags say with
            which of the three names there it does not agree either. A previous family name that the register does not have agrees with nothing.

            | Flag | Text |
            |---|---|

            """);
        foreach (var flag in FailureFlags.All)
        {
            page.Append(Reference.Line($"| {flag.Code} | {flag.Text} |"));
        }

        page.Append("""

            ## What a finding says

            A row or a call that is refused says of each field what is wrong with it. The value itself is never repeated.

            | Rule | Sentence after the field's name |
            |---|---|

            """);
        foreach (var rule in FindingRules.All)
        {
            page.Append(Reference.Line($"| {rule.Name} | {rule.Text} |"));
        }

        return page.ToString();
    }
}
