using System.CommandLine;
using Plr.Core.Audit;

namespace Plr.Server.Commands;

/// <summary><c>plr audit verify</c>: walks every chain of the audit trail.</summary>
internal static class AuditVerify
{
    public static Command Make(CommandTree tree) => CommandTree.Group(
        "audit",
        "Checks the audit trail.",
        [
            CommandTree.Command("verify", "Walks every chain of the trail and names each entry or version that was altered, removed or moved.", [], async (parsed, ct) =>
            {
                await using var register = await tree.OpenAsync(parsed, ct);
                return await RunAsync(register, tree.Around, ct);
            }),
        ]);

    private static async Task<int> RunAsync(OpenRegister register, Surroundings around, CancellationToken ct)
    {
        AuditVerdict? verdict = null;
        var (trail, access) = (register.Part<IAuditTrail>(), register.Upkeep());
        await Meter.RunAsync(around, "Walking the trail", "entries", null, async progress => verdict = await trail.VerifyAsync(progress, access, ct));
        await trail.NoteAsync(new(AuditChain.Register, AuditAction.TrailChecked), access, ct);
        around.Say($"Walked {Surroundings.Many(verdict!.Chains, "chain")} with {verdict.Entries:N0} entries, and {Surroundings.Many(verdict.Versions, "version")}.");
        if (verdict.Faults.Count == 0)
        {
            around.Say("The trail is whole: nothing was altered, removed or moved.");
            return ExitCodes.Done;
        }

        around.Say($"The trail is NOT whole: {Surroundings.Many(verdict.Faults.Count, "fault")}.");
        foreach (var fault in verdict.Faults)
        {
            around.Say($"  {Whose(fault.Chain)}{(fault.Sequence > 0 ? $", entry {fault.Sequence}" : "")}: {fault.Kind}: {fault.Text}");
        }

        return ExitCodes.Refused;
    }

    private static string Whose(AuditChain chain) => chain.Value switch
    {
        > 0 => $"learner {chain.Value}",
        < 0 => $"organisation number {-chain.Value}",
        _ => "the register's own chain",
    };
}
