namespace Plr.Core.Responses;

/// <summary>One named outcome and how each face writes it. The page's words are in the resource file Codes, under the name.</summary>
/// <param name="Name">The outcome's name, unique in the table.</param>
/// <param name="Wire">The web services' form: WSRC…, WSEC…, WSVRC….</param>
/// <param name="Row">The form in a row of a file: RC… (registrations) or AC… (achievements).</param>
/// <param name="Http">The HTTP status.</param>
/// <param name="Text">The official text, English, for the wire and for files.</param>
/// <param name="RowClass">For AC codes: field data, learner data or business rule.</param>
public sealed record ResponseCode(string Name, string? Wire, string? Row, int Http, string Text, string? RowClass = null)
{
    /// <summary>What a person quotes: the wire's code, else the row's, else the name.</summary>
    public string Code => Wire ?? Row ?? Name;

    /// <summary>Where the reference page speaks about it.</summary>
    public string Anchor => Code.ToLowerInvariant();

    public override string ToString() => Code;
}
