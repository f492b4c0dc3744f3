using System.CommandLine;
using Plr.Core.Accounts;
using Plr.Core.Responses;

namespace Plr.Server.Commands;

/// <summary><c>plr admin invite</c>: prints a one-time sign-in link, once. It is nowhere else: the register keeps its hash only.</summary>
internal static class AdminInvite
{
    public static Command Make(CommandTree tree)
    {
        var email = Admin.Text("--email", "The e-mail address of the account; with --learner, the one that a new account is to sign in by.", "ADDRESS");
        var learner = Admin.Text("--learner", "The ULN of the learner to invite.", "ULN");
        return CommandTree.Command(
            "invite",
            "Prints a 30-minute one-time sign-in link for an officer, a person of an organisation, or a learner.",
            [email, learner],
            async (parsed, ct) =>
            {
                if (parsed.GetValue(email) is null && parsed.GetValue(learner) is null)
                {
                    throw new CommandRefusedException("give --email ADDRESS or --learner ULN.", ExitCodes.Usage);
                }

                await using var register = await tree.OpenAsync(parsed, ct);
                var answer = await register.Part<InviteAccount>().RunAsync(new(parsed.GetValue(email), parsed.GetValue(learner)), register.Upkeep(), ct);
                if (answer.Token is not { } token)
                {
                    throw Refused(answer, isLearner: parsed.GetValue(learner) is not null);
                }

                tree.Around.Say($"One-time sign-in link for {answer.Account!.Name}, good for {InviteAccount.Lasts.TotalMinutes:N0} minutes and shown only now:");
                tree.Around.Say(OneTimeLink.Address(register.Settings.Address(), token));
                return ExitCodes.Done;
            });
    }

    private static CommandRefusedException Refused(InviteAccount.Answer answer, bool isLearner) => answer.Code switch
    {
        var code when code == ResponseCodes.UnknownAccount && isLearner => new("the learner's account is suspended: the register office must let it in again first."),
        var code when code == ResponseCodes.UnknownAccount =>
            new("no active account has this e-mail address. Add it with: plr admin user add --organisation CODE --name NAME --email ADDRESS --role ROLE (or --office)"),
        var code when code == ResponseCodes.NoMatch => new("no learner on this register has this ULN."),
        var code => Admin.Refused(code, answer.Findings),
    };
}
