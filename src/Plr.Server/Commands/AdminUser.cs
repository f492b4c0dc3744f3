using System.CommandLine;
using System.Globalization;
using Plr.Core.Accounts;
using Plr.Core.Responses;

namespace Plr.Server.Commands;

/// <summary><c>plr admin user</c>: accounts of the register office and of organisations, and second factors that are lost.</summary>
internal static class AdminUser
{
    private const int Page = 500;

    public static Command Make(CommandTree tree) => CommandTree.Group(
        "user", "Adds and lists accounts of the register office and of organisations, and resets second factors.", [Add(tree), List(tree), ResetFactor(tree)]);

    private static Command Add(CommandTree tree)
    {
        var (organisation, office) = Whose();
        var name = new Option<string>("--name") { Description = "The person's name.", HelpName = "NAME", Required = true };
        var email = new Option<string>("--email") { Description = "The e-mail address to sign in by.", HelpName = "ADDRESS", Required = true };
        var role = new Option<string[]>("--role")
        {
            Description = $"What the person may do, once or more: {string.Join(", ", AddAccount.RoleNames)}.",
            HelpName = "ROLE",
            Required = true,
        };
        return CommandTree.Command("add", "Adds an account; plr admin invite then makes its sign-in link.", [organisation, office, name, email, role], async (parsed, ct) =>
        {
            var code = WhoseCode(parsed, organisation, office);
            await using var register = await tree.OpenAsync(parsed, ct);
            if (code is not null)
            {
                await register.OrganisationAsync(code, "--ukprn", ct);
            }

            var request = new AddAccount.Request(parsed.GetValue(name), parsed.GetValue(email), parsed.GetValue(role) ?? [], code);
            var answer = await register.Part<AddAccount>().RunAsync(request, register.Upkeep(), ct);
            if (answer.Account is not { } added)
            {
                throw Admin.Refused(answer.Code, answer.Findings);
            }

            tree.Around.Say($"Added {added.Name} ({added.Roles}). Next: plr admin invite --email {added.EmailAddress}");
            return ExitCodes.Done;
        });
    }

    private static Command List(CommandTree tree)
    {
        var (organisation, office) = Whose();
        return CommandTree.Command("list", "Lists the accounts of an organisation or of the register office.", [organisation, office], async (parsed, ct) =>
        {
            var code = WhoseCode(parsed, organisation, office);
            await using var register = await tree.OpenAsync(parsed, ct);
            Guid? id = code is null ? null : (await register.OrganisationAsync(code, "--ukprn", ct)).Id;
            var skip = 0;
            IReadOnlyList<Account> page;
            do
            {
                page = await register.Part<IAccountStore>().ListAsync(id, skip, Page, ct);
                foreach (var account in page)
                {
                    tree.Around.Say(string.Create(
                        CultureInfo.InvariantCulture, $"{account.EmailAddress ?? "",-40}  {account.Status,-9}  {account.Name} ({account.Roles})"));
                }

                skip += page.Count;
            }
            while (page.Count == Page);
            tree.Around.Say($"{Surroundings.Many(skip, "account")}.");
            return ExitCodes.Done;
        });
    }

    private static Command ResetFactor(CommandTree tree)
    {
        var email = Admin.Text("--email", "The e-mail address of the account.", "ADDRESS");
        var learner = Admin.Text("--learner", "The ULN of the learner whose account it is.", "ULN");
        return CommandTree.Command(
            "reset-factor",
            "Removes the second factor, passkeys too, of somebody who has lost phone and recovery codes. Be sure who is asking: all their sessions end and they are sent mail.",
            [email, learner],
            async (parsed, ct) =>
            {
                if (string.IsNullOrWhiteSpace(parsed.GetValue(email)) == string.IsNullOrWhiteSpace(parsed.GetValue(learner)))
                {
                    throw new CommandRefusedException("give either --email ADDRESS or --learner ULN.", ExitCodes.Usage);
                }

                await using var register = await tree.OpenAsync(parsed, ct);
                var answer = await register.Part<ResetFactor>().RunAsync(new(parsed.GetValue(email), parsed.GetValue(learner)), register.Upkeep(), ct);
                if (answer.Code == ResponseCodes.NothingChanged)
                {
                    throw new CommandRefusedException($"{answer.Account!.Name} has no second factor and no passkey.", ExitCodes.Refused);
                }

                if (answer.Code != ResponseCodes.FactorChanged)
                {
                    throw Admin.Refused(answer.Code, []);
                }

                tree.Around.Say($"The second factor of {answer.Account!.Name} is removed. At the next sign-in another can be set up.");
                return ExitCodes.Done;
            });
    }

    private static (Option<string?> Organisation, Option<bool> Office) Whose() => (
        Admin.Text("--organisation", "The organisation's UKPRN, organisation reference or recognition number.", "CODE"),
        new Option<bool>("--office") { Description = "The register office's own, of no organisation." });

    private static string? WhoseCode(ParseResult parsed, Option<string?> organisation, Option<bool> office)
    {
        var code = parsed.GetValue(organisation);
        return string.IsNullOrWhiteSpace(code) != parsed.GetValue(office)
            ? throw new CommandRefusedException("give either --organisation CODE or --office.", ExitCodes.Usage)
            : code;
    }
}
