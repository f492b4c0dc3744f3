using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plr.Core;
using Plr.Core.Learners;
using Plr.Core.LearningEvents;
using Plr.Server.SignIn;
using Plr.Server.Web;

namespace Plr.Server.LearnerSite;

/// <summary>Everything that the register holds about the person, in groups; what it does not hold is said too.</summary>
[Does(PolicyAction.ViewOwnRecord)]
public sealed class DetailsModel(GetLearningEvents getEvents, Visit visit, Texts texts, Dates dates) : PageModel
{
    private Learner _learner = null!;

    private LearnerDetails Held => _learner.Details;

    public int AbilityToShare => Held.AbilityToShare;

    /// <summary>The groups of the page in order: the key of the heading, then each label's key with what is held.</summary>
    public IReadOnlyList<(string Title, IReadOnlyList<(string Label, string? Value)> Rows)> Groups() =>
    [
        ("Names", Names()),
        ("Birth", Birth()),
        ("Contact", Contact()),
        ("Numbers", Numbers()),
        ("School", [("SchoolAtAge16", Held.SchoolAtAge16)]),
        ("Identity", Identity()),
        ("Register", Register()),
    ];

    public async Task<IActionResult> OnGetAsync()
    {
        var answer = await getEvents.RunAsync(visit.OwnUln, null, visit.Access(), HttpContext.RequestAborted);
        if (answer.Record is not { } record)
        {
            return NotFound();
        }

        _learner = record.Learner;
        return Page();
    }

    private List<(string Label, string? Value)> Names() =>
    [
        ("PersonTitle", Held.Title),
        ("GivenName", Held.GivenName),
        ("PreferredGivenName", Held.PreferredGivenName),
        ("MiddleOtherName", Held.MiddleOtherName),
        ("FamilyName", Held.FamilyName),
        ("PreviousFamilyName", Held.PreviousFamilyName),
        ("FamilyNameAtAge16", Held.FamilyNameAtAge16),
    ];

    private List<(string Label, string? Value)> Birth() =>
    [
        ("DateOfBirth", dates.Day(Held.DateOfBirth)),
        ("PlaceOfBirth", Held.PlaceOfBirth),
        ("Gender", texts.Code("Gender", Held.Gender)),
        ("Nationality", Held.Nationality),
    ];

    private List<(string Label, string? Value)> Contact() =>
    [
        ("AddressLine1", Held.LastKnownAddressLine1),
        ("AddressLine2", Held.LastKnownAddressLine2),
        ("Town", Held.LastKnownAddressTown),
        ("CountyOrCity", Held.LastKnownAddressCountyOrCity),
        ("PostCode", Held.LastKnownPostCode),
        ("DateOfAddressCapture", Held.DateOfAddressCapture is { } captured ? dates.Day(captured) : null),
        ("EmailAddress", Held.EmailAddress),
    ];

    private List<(string Label, string? Value)> Numbers() =>
    [
        ("Uln", _learner.Uln.ToDisplayString()),
        ("UniqueCandidateIdentifier", Held.UniqueCandidateIdentifier),
        ("UniquePupilNumber", Held.UniquePupilNumber),
        ("ScottishCandidateNumber", Held.ScottishCandidateNumber),
    ];

    private List<(string Label, string? Value)> Identity() =>
    [
        ("VerificationType", texts.Code("Verification", Held.VerificationType)),
        ("OtherVerificationDescription", Held.OtherVerificationDescription),
    ];

    private List<(string Label, string? Value)> Register() =>
    [
        ("RegisteredOn", dates.Day(_learner.CreatedAt)),
        ("LastUpdatedOn", dates.DayAndTime(_learner.LastUpdatedAt)),
        ("Notes", Held.Notes),
    ];
}
