namespace Plr.Server.SignIn;

/// <summary>The form of the partial _Passkey: hidden until the script knows that the browser can show passkeys.</summary>
/// <param name="Page">The page that asks and takes the answer, by its handlers Passkey.</param>
/// <param name="To">The page that was asked for before signing in.</param>
/// <param name="Button">What the button says.</param>
/// <param name="Kind">How the button looks; null for the page's own deed.</param>
public sealed record PasskeyForm(string Page, string? To, string Button, string? Kind = null);
