using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Plr.Core;
using Plr.Server.Govuk;
using Plr.Server.SignIn;

namespace Plr.Server.Tests.Pages;

/// <summary>Refuses everything that is empty or wrong, in the order opposite to the page's, as a careless author might.</summary>
[Does(PolicyAction.ReadPublicPages)]
public sealed class EveryFieldModel : PageModel
{
    [BindProperty]
    public string? FamilyName { get; set; }

    [BindProperty]
    public DateParts DateOfBirth { get; set; } = new();

    [BindProperty]
    public string? Answer { get; set; }

    [BindProperty]
    public string? Where { get; set; }

    [BindProperty]
    public IReadOnlyList<string> Kinds { get; set; } = [];

    [BindProperty]
    public string? Level { get; set; }

    [BindProperty]
    public string? Note { get; set; }

    [BindProperty]
    public IFormFile? Upload { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    public bool Sent { get; private set; }

    public IReadOnlyList<SelectListItem> Levels { get; } = [new("Level 1", "1"), new("Level 2", "2"), new("Level 3", "3")];

    public void OnPost()
    {
        Require(!string.IsNullOrEmpty(Password), nameof(Password), "Enter your password");
        Require(Upload is not null || Note == "no file", nameof(Upload), "Select a file");
        Require(Note is null || !Note.Contains('<', StringComparison.Ordinal), nameof(Note), "Note must not contain <");
        Require(Answer is not null, nameof(Answer), "Select yes if you have studied here before");
        var words = $"Date of birth must include a {string.Join(" and ", DateOfBirth.MissingParts()).ToLowerInvariant()}";
        foreach (var part in DateOfBirth.MissingParts())
        {
            ModelState.AddModelError($"{nameof(DateOfBirth)}.{part}", words);
            words = "";
        }

        Require(!DateOfBirth.IsEmpty, nameof(DateOfBirth), "Enter your date of birth");
        Require(!string.IsNullOrEmpty(FamilyName), nameof(FamilyName), "Enter your family name");
        Sent = ModelState.IsValid;
    }

    private void Require(bool holds, string key, string message)
    {
        if (!holds)
        {
            ModelState.AddModelError(key, message);
        }
    }
}
