using System.CommandLine;
using System.Globalization;
using Plr.Core.MachineClients;
using Plr.Core.Responses;

namespace Plr.Server.Commands;

/// <summary><c>plr admin client</c>: organisations' software that signs in by itself, and its keys.</summary>
internal static class AdminClient
{
    public static Command Make(CommandTree tree) => CommandTree.Group(
        "client",
        "Keeps machine clients: an organisation's software that signs in by itself, and its keys.",
        [
            Add(tree),
            List(tree),
            AddKey(tree),
            EndKey(tree),
            SetStatus(tree, "suspend", "Suspends a client: its tokens end at once.", MachineClientStatus.Suspended),
            SetStatus(tree, "activate", "Lets a suspended client sign in again.", MachineClientStatus.Active),
        ]);

    private static Command Add(CommandTree tree)
    {
        var organisation = Code();
        var name = new Option<string>("--name") { Description = "What people call it; learners see it in their trail.", HelpName = "NAME", Required = true };
        var role = new Option<string[]>("--role") { Description = "What it may do, once or more, as for an account.", HelpName = "ROLE", Required = true };
        return CommandTree.Command("add", "Adds a client; plr admin client add-key then gives it a key.", [organisation, name, role], async (parsed, ct) =>
        {
            await using var register = await tree.OpenAsync(parsed, ct);
            var code = parsed.GetRequiredValue(organisation);
            await register.OrganisationAsync(code, "--ukprn", ct);
            var answer = await register.Part<AddMachineClient>().RunAsync(new(parsed.GetValue(name), code, parsed.GetValue(role) ?? []), register.Upkeep(), ct);
            if (answer.Client is not { } added)
            {
                throw Admin.Refused(answer.Code, answer.Findings);
            }

            tree.Around.Say($"Added {added.Name}: client_id {added.Id}. Next: plr admin client add-key {added.Id}");
            return ExitCodes.Done;
        });
    }

    private static Command List(CommandTree tree)
    {
        var organisation = Code();
        return CommandTree.Command("list", "Lists an organisation's clients and their keys.", [organisation], async (parsed, ct) =>
        {
            await using var register = await tree.OpenAsync(parsed, ct);
            var whose = await register.OrganisationAsync(parsed.GetRequiredValue(organisation), "--ukprn", ct);
            var clients = await register.Part<IMachineClientStore>().ListAsync(whose.Id, register.Part<TimeProvider>().GetUtcNow(), ct);
            foreach (var client in clients)
            {
                tree.Around.Say($"{client.Id}  {client.Status,-9}  {client.Name} ({client.Roles})");
                foreach (var key in client.Keys)
                {
                    var used = key.LastUsedAt is { } last ? string.Create(CultureInfo.InvariantCulture, $"last used {last:yyyy-MM-dd HH:mm}") : "never used";
                    tree.Around.Say(string.Create(CultureInfo.InvariantCulture, $"  key {key.Id}  {(key.PublicKey is null ? "secret" : "public key"),-10}  until {key.ExpiresAt:yyyy-MM-dd}  {used}"));
                }
            }

            tree.Around.Say($"{Surroundings.Many(clients.Count, "client")}.");
            return ExitCodes.Done;
        });
    }

    private static Command AddKey(CommandTree tree)
    {
        var id = Id("client", "The client_id.");
        var publicKey = Admin.Text("--public-key", "A file with the client's public key as a JSON web key (RSA or EC P-256); without it a secret is made and shown once.", "FILE");
        var days = new Option<int>("--days") { Description = "How long it lasts, 1 to 730 days.", HelpName = "DAYS", DefaultValueFactory = _ => 365 };
        return CommandTree.Command("add-key", "Gives a client a key; earlier ones go on until they end, so that it can change over.", [id, publicKey, days], async (parsed, ct) =>
        {
            await using var register = await tree.OpenAsync(parsed, ct);
            var file = parsed.GetValue(publicKey);
            var text = file is null ? null : await File.ReadAllTextAsync(tree.Around.PathTo(file), ct);
            var answer = await register.Part<AddClientKey>().RunAsync(new(parsed.GetValue(id), text, parsed.GetValue(days)), register.Upkeep(), ct);
            if (answer.Key is not { } key)
            {
                throw Admin.Refused(answer.Code, answer.Findings);
            }

            tree.Around.Say(string.Create(CultureInfo.InvariantCulture, $"Added key {key.Id}, until {key.ExpiresAt:yyyy-MM-dd}."));
            if (answer.Secret is { } secret)
            {
                tree.Around.Say($"The secret, shown once: {secret}");
            }

            return ExitCodes.Done;
        });
    }

    private static Command EndKey(CommandTree tree)
    {
        var (client, key) = (Id("client", "The client_id."), Id("key", "The key, as plr admin client list shows it."));
        return CommandTree.Command("end-key", "Ends a key and the tokens that were given for it.", [client, key], async (parsed, ct) =>
        {
            await using var register = await tree.OpenAsync(parsed, ct);
            return Say(tree, await register.Part<EndClientKey>().RunAsync(parsed.GetValue(client), parsed.GetValue(key), register.Upkeep(), ct), "The key has ended.");
        });
    }

    private static Command SetStatus(CommandTree tree, string name, string help, MachineClientStatus status)
    {
        var id = Id("client", "The client_id.");
        return CommandTree.Command(name, help, [id], async (parsed, ct) =>
        {
            await using var register = await tree.OpenAsync(parsed, ct);
            var answer = await register.Part<SuspendMachineClient>().RunAsync(parsed.GetValue(id), status, register.Upkeep(), ct);
            return Say(tree, answer, $"The client is {(status == MachineClientStatus.Active ? "active" : "suspended")}.");
        });
    }

    private static int Say(CommandTree tree, ResponseCode code, string done)
    {
        if (code != ResponseCodes.MachineClientChanged)
        {
            throw Admin.Refused(code, []);
        }

        tree.Around.Say(done);
        return ExitCodes.Done;
    }

    private static Option<string> Code() =>
        new("--organisation") { Description = "The organisation's UKPRN, organisation reference or recognition number.", HelpName = "CODE", Required = true };

    private static Argument<Guid> Id(string name, string help) => new(name) { Description = help, HelpName = "ID" };
}
