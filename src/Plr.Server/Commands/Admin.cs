using System.CommandLine;

namespace Plr.Server.Commands;

/// <summary><c>plr admin</c>: what the register office needs before anybody can sign in.</summary>
internal static class Admin
{
    public static Command Make(CommandTree tree) => CommandTree.Group(
        "admin",
        "Keeps organisations, accounts and machine clients, and makes one-time sign-in links.",
        [AdminOrganisation.Make(tree), AdminUser.Make(tree), AdminInvite.Make(tree), AdminClient.Make(tree)]);

    public static Option<string?> Text(string name, string help, string placeholder) => new(name) { Description = help, HelpName = placeholder };

    /// <summary>What was wrong with what was typed, as one refusal.</summary>
    public static CommandRefusedException Refused(Core.Responses.ResponseCode code, IReadOnlyList<Core.Responses.Finding> findings) =>
        new(findings.Count > 0 ? $"{string.Join("; ", findings.Select(finding => finding.Text))}." : $"{code.Text}.", ExitCodes.Refused);
}
