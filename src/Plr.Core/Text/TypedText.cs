using System.Globalization;
using Plr.Core.Responses;

namespace Plr.Core.Text;

/// <summary>Reads what somebody typed into a form of the register's own keeping, and collects what is wrong. Outer blanks are cut off; what is blank is nothing.</summary>
internal sealed class TypedText
{
    public List<Finding> Findings { get; } = [];

    public string? Optional(string field, string? typed, int longest)
    {
        var text = typed?.Trim();
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (text.Length > longest)
        {
            Refuse(field, FindingRules.TooLong, longest.ToString(CultureInfo.InvariantCulture));
        }
        else if (WireText.FirstFlaw(text) is { } flaw)
        {
            Refuse(field, FindingRules.BadCharacters, (flaw.Position + 1).ToString(CultureInfo.InvariantCulture));
        }

        return text;
    }

    public string Needed(string field, string? typed, int longest)
    {
        var text = Optional(field, typed, longest);
        if (text is null)
        {
            Refuse(field, FindingRules.Missing);
        }

        return text ?? "";
    }

    public void Refuse(string field, FindingRule rule, params string[] values) => Findings.Add(new(ResponseCodes.DetailsIncorrect, field, rule, values));
}
