using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plr.Core;
using Plr.Core.LearningEvents;
using Plr.Server.Records;
using Plr.Server.SignIn;

namespace Plr.Server.LearnerSite;

/// <summary>The learner's home: who they are on the register, and everything they achieved.</summary>
[Does(PolicyAction.ViewOwnRecord)]
public sealed class RecordModel(GetLearningEvents getEvents, Visit visit, RecordWords words) : PageModel
{
    public PersonalLearningRecord Record { get; private set; } = null!;

    public RecordList List { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string? sort, string? order, string? type, string? level, string? year, string? awarding, string? status, string? view)
    {
        var answer = await getEvents.RunAsync(visit.OwnUln, null, visit.Access(), HttpContext.RequestAborted);
        if (answer.Record is not { } record)
        {
            return NotFound();
        }

        Record = record;
        List = new RecordList(record.Events, new(sort, order, type, level, year, awarding, status) { View = view }, words);
        return Page();
    }

    /// <summary>The address of the same list sorted by a column; by the column that it is sorted by already, the other way round.</summary>
    public IDictionary<string, string?> SortedBy(string column)
    {
        var isCurrent = column == List.Sort;
        var descending = isCurrent ? !List.IsDescending : column == "Date";
        return Chosen(("sort", column.ToLowerInvariant()), ("order", descending ? "desc" : "asc"));
    }

    /// <summary>The address of the same choice as a timeline, or as a table.</summary>
    public IDictionary<string, string?> SeenAs(string? view) => Chosen(("view", view));

    private Dictionary<string, string?> Chosen(params (string Name, string? Value)[] sort)
    {
        var choice = List.Choice;
        return new[] { ("type", choice.Type), ("level", choice.Level), ("year", choice.Year), ("awarding", choice.Awarding), ("status", choice.Status) }
            .Concat(sort).Where(part => !string.IsNullOrEmpty(part.Item2)).ToDictionary(part => part.Item1, part => part.Item2, StringComparer.Ordinal);
    }
}
