using Plr.Core.LearningEvents;
using Plr.Core.Responses;
using Plr.Server.Web;

namespace Plr.Server.Portal;

/// <summary>The values inside a finding's sentence. Nearly all are codes, numbers and names of columns; the state of an event is a word.</summary>
internal static class FindingWords
{
    /// <summary>The name of the text for a row's class: FieldData, LearnerData or BusinessRule.</summary>
    public static string ClassName(string rowClass) => string.Concat(rowClass.Split(' ').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    public static object Of(FindingRule rule, string value, Texts texts) =>
        rule == FindingRules.WrongState && Enum.TryParse<EventStatus>(value, ignoreCase: true, out var status) ? texts[$"Findings.State.{status}"] : value;
}
