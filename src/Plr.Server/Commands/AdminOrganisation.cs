using System.CommandLine;
using System.Globalization;
using Plr.Core.Organisations;
using Plr.Core.Responses;

namespace Plr.Server.Commands;

/// <summary><c>plr admin organisation</c>: adds, lists, suspends and reactivates organisations.</summary>
internal static class AdminOrganisation
{
    private const int Page = 500;

    public static Command Make(CommandTree tree) => CommandTree.Group(
        "organisation",
        "Adds, lists, suspends and reactivates organisations.",
        [
            Add(tree),
            List(tree),
            SetStatus(tree, "suspend", "Suspends an organisation: whoever is signed in for it is out at their next request.", OrganisationStatus.Suspended),
            SetStatus(tree, "activate", "Lets a suspended organisation use the register again.", OrganisationStatus.Active),
        ]);

    private static Command Add(CommandTree tree)
    {
        var ukprn = Admin.Text("--ukprn", "The UK provider reference number, 8 characters, of a provider.", "UKPRN");
        var reference = Admin.Text("--ref", "The organisation reference, 6 characters; an awarding organisation's is its recognition number.", "REF");
        var recognition = Admin.Text("--recognition-number", "The recognition number of an awarding organisation, such as RN5196.", "RN");
        var name = new Option<string>("--name") { Description = "The organisation's name.", HelpName = "NAME", Required = true };
        return CommandTree.Command("add", "Adds an organisation.", [ukprn, reference, recognition, name], async (parsed, ct) =>
        {
            await using var register = await tree.OpenAsync(parsed, ct);
            var request = new AddOrganisation.Request(parsed.GetValue(name), parsed.GetValue(ukprn), parsed.GetValue(reference), parsed.GetValue(recognition));
            var answer = await register.Part<AddOrganisation>().RunAsync(request, register.Upkeep(), ct);
            if (answer.Organisation is not { } added)
            {
                throw Admin.Refused(answer.Code, answer.Findings);
            }

            tree.Around.Say($"Added {added.Name} ({added.Code}).");
            return ExitCodes.Done;
        });
    }

    private static Command List(CommandTree tree)
    {
        var search = Admin.Text("--search", "Only those with this in their name or a number.", "TEXT");
        return CommandTree.Command("list", "Lists the organisations by name.", [search], async (parsed, ct) =>
        {
            await using var register = await tree.OpenAsync(parsed, ct);
            var store = register.Part<IOrganisationStore>();
            var skip = 0;
            IReadOnlyList<Organisation> page;
            do
            {
                page = await store.ListAsync(parsed.GetValue(search), skip, Page, ct);
                foreach (var organisation in page)
                {
                    tree.Around.Say(string.Create(
                        CultureInfo.InvariantCulture,
                        $"{organisation.Ukprn ?? "",-8}  {organisation.OrganisationRef ?? organisation.RecognitionNumber ?? "",-6}  {organisation.Status,-9}  {organisation.Name}"));
                }

                skip += page.Count;
            }
            while (page.Count == Page);
            tree.Around.Say($"{Surroundings.Many(skip, "organisation")}.");
            return ExitCodes.Done;
        });
    }

    private static Command SetStatus(CommandTree tree, string name, string help, OrganisationStatus status)
    {
        var code = new Argument<string>("organisation") { Description = "The UKPRN, organisation reference or recognition number.", HelpName = "CODE" };
        return CommandTree.Command(name, help, [code], async (parsed, ct) =>
        {
            await using var register = await tree.OpenAsync(parsed, ct);
            var organisation = await register.OrganisationAsync(parsed.GetRequiredValue(code), "--ukprn", ct);
            var answer = await register.Part<SuspendOrganisation>().RunAsync(new(organisation.Id, status), register.Upkeep(), ct);
            if (answer != ResponseCodes.OrganisationChanged)
            {
                throw Admin.Refused(answer, []);
            }

            tree.Around.Say($"{organisation.Name} ({organisation.Code}) is {(status == OrganisationStatus.Active ? "active" : "suspended")}.");
            return ExitCodes.Done;
        });
    }
}
