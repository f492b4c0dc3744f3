using System.Text;
using Plr.Core.Learners;
using Plr.Core.LearningEvents;
using Plr.Core.Moves;
using Plr.Core.Organisations;
using Plr.Core.Reports;
using Plr.Server.Files;

namespace Plr.Server.Commands;

/// <summary>The reference page of files, made from their layouts.</summary>
internal static class FilesReference
{
    public const string Page = "files.md";

    public static string Text()
    {
        var page = new StringBuilder("""
            # Files

            A file is CSV in UTF-8 (Windows-1252 is taken too), with a row of headings, commas, and quotes around a value that has a comma, a quote or a line
            end. What the program writes has CR LF at the end of each line and begins with the mark of UTF-8.

            A value that begins with `=`, `+`, `-`, `@`, a tab or a carriage return is written with an apostrophe before it, so that no spreadsheet takes it
            for a formula, and is read without it.

            ## A register that is moved

            `plr export` writes five files, and `plr load` takes them in this order: `organisations.csv`, `qualifications.csv`, `learners.csv`,
            `learning-events.csv`, `reports.csv`. Headings may stand in any order; headings that are not named here are passed over.

            - **Nothing and empty.** An empty cell is nothing. A text that is stored and empty is written as one apostrophe, and a text of nothing but apostrophes
              gets one more. Blanks at the ends of a text are kept, in quotes.
            - **Dates** are `2026-11-23`, **moments** `2026-11-23T12:00:00.000000Z`, in UTC. A spreadsheet that is to keep both, and the ULNs, must open the columns as text.
            - **Versions.** There is a row for each version of a learner or learning event. Rows may stand in any order; it is fastest, and never refuses a version for
              one that comes later in the file, when those of one ULN stand together.
            - **Again.** A row that is held already, as it is, is passed over, so the same file again changes nothing and goes on where it was broken off. A version
              that is held with other values is refused: what is on the register is permanent.
            - **What is asked.** A ULN is one, numbers and dates are such, what the tables below do not call empty is there, versions follow one another, no merges go round
              in a circle, and text is what XML 1.0 can carry (no NUL, no half of a character), of at most 4,000 characters. No rule of registering or uploading is asked
              again: a postcode, an e-mail address or an identifier may be of any shape.
            - **Refused rows** are written to a file of their own with two more columns, `Line` and `Refused`. It can be corrected and loaded. A load overwrites no file.

            """);
        Add(page, "organisations.csv", OrganisationColumns.All);
        page.Append(Reference.Line($"\n### qualifications.csv\n\nThe columns of the register of qualifications' own download, which `plr load qualifications` reads:\n{string.Join(", ", FileLayouts.Qualifications.Columns.Select(column => $"`{column}`"))}.\n"));
        Add(page, "learners.csv", LearnerColumns.All);
        Add(page, "learning-events.csv", LearningEventColumns.All);
        Add(page, "reports.csv", ReportColumns.All);
        AddBatch(page, FileLayouts.Registrations2A);
        AddBatch(page, FileLayouts.Achievements1A);
        return page.ToString();
    }

    private static void Add<T>(StringBuilder page, string name, IReadOnlyList<MoveColumn<T>> columns)
    {
        page.Append(Reference.Line($"\n### {name}\n\n| Heading | What stands in it |\n|---|---|"));
        foreach (var column in columns)
        {
            page.Append(Reference.Line($"| `{column.Heading}` | {column.Meaning} |"));
        }
    }

    private static void AddBatch(StringBuilder page, FileLayout layout)
    {
        page.Append(Reference.Line($"\n## {char.ToUpperInvariant(layout.Name[0])}{layout.Name[1..]}\n\nThe headings stand in this order; the first four columns carry the file header in the first row:"));
        page.Append(Reference.Line($"{string.Join(", ", layout.Columns.Select(column => $"`{column}`"))}.\n\nThe output file adds {string.Join(", ", layout.OutputColumns.Select(column => $"`{column}`"))}."));
    }
}
