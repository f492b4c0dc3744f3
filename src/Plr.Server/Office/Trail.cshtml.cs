using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plr.Core;
using Plr.Core.Audit;
using Plr.Core.Journeys;
using Plr.Server.SignIn;

namespace Plr.Server.OfficeSite;

/// <summary>The result of a check as the page tells it: no ULN, because a chain's number is a learner's.</summary>
/// <param name="At">When the check ended.</param>
/// <param name="FaultCount">All faults; <paramref name="Faults"/> has the first of them.</param>
public sealed record TrailResult(DateTimeOffset At, long Chains, long Entries, long Versions, int FaultCount, IReadOnlyList<TrailFault> Faults);

/// <summary>One fault: whose chain (Learner, Organisation, Register), which entry, and the name of the text that says what.</summary>
public sealed record TrailFault(string Whose, int Sequence, string Kind);

/// <summary>Walks the whole trail and tells what was found. The result is kept in a journey, so that reading it again does not walk again.</summary>
[Does(PolicyAction.CheckTrail)]
public sealed class TrailModel(Visit visit, IAuditTrail trail, IJourneyStore journeys, TimeProvider time) : PageModel
{
    private const string Kind = "trail-check";
    private const int MostFaults = 100;
    private static readonly TimeSpan Lasts = TimeSpan.FromHours(12);

    public TrailResult? Result { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid? id, CancellationToken ct)
    {
        if (id is not { } result)
        {
            return Page();
        }

        Result = await journeys.GetAsync(result, visit.Account!.Id, time.GetUtcNow(), ct) is { Kind: Kind } journey ? JsonSerializer.Deserialize<TrailResult>(journey.Answers) : null;
        return Result is null ? NotFound() : Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var access = visit.Access(Purpose.Audit);
        var verdict = await trail.VerifyAsync(null, access, ct);
        await trail.NoteAsync(new(AuditChain.Register, AuditAction.TrailChecked), access, ct);
        var now = time.GetUtcNow();
        var result = new TrailResult(
            now, verdict.Chains, verdict.Entries, verdict.Versions, verdict.Faults.Count, [.. verdict.Faults.Take(MostFaults).Select(fault => new TrailFault(Whose(fault.Chain), fault.Sequence, Name(fault.Kind)))]);
        var id = await journeys.AddAsync(visit.Account!.Id, Kind, JsonSerializer.Serialize(result), now + Lasts, ct);
        return RedirectToPage(new { id });
    }

    /// <summary>The kind's words as the name of a text: <c>head-removed</c> is HeadRemoved.</summary>
    public static string Name(string kind) => string.Concat(kind.Split('-', ' ').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    private static string Whose(AuditChain chain) => chain.Value switch { > 0 => "Learner", < 0 => "Organisation", _ => "Register" };
}
