using Microsoft.AspNetCore.Mvc.ModelBinding;
using Plr.Core.Responses;
using Plr.Server.Web;

namespace Plr.Server.OfficeSite;

/// <summary>Findings of an operation as a form says them: the field's name as on the page, then what is wrong with it.</summary>
internal static class OfficeErrors
{
    public static void Add(ModelStateDictionary modelState, IEnumerable<Finding> findings, Texts texts)
    {
        foreach (var finding in findings)
        {
            object[] values = finding.Field == "Roles" ? [.. finding.Values.Select(value => RoleName(value, texts))] : [.. finding.Values];
            var words = texts[$"Findings.{finding.Rule.Name}", values];
            modelState.AddModelError(finding.Field, texts["Office.Error", texts[$"Office.Field.{finding.Field}"], words]);
        }
    }

    private static string RoleName(string value, Texts texts) => Enum.TryParse<Core.Roles>(value, out var role) ? texts[$"Office.Role.{role}"] : value;
}
