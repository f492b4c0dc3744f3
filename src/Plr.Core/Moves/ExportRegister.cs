using Plr.Core.Responses;

namespace Plr.Core.Moves;

/// <summary>Writes a whole register out: every version of every learner and learning event, and what they refer to. Only the register's own commands may.</summary>
public sealed class ExportRegister(IMoveStore store)
{
    /// <returns>Why not; null when it is done.</returns>
    public async Task<ResponseCode?> RunAsync(MoveParts parts, IExportTarget target, Access access, CancellationToken ct = default)
    {
        if (Policy.Allow(access, PolicyAction.ExportRegister, Subject.None) is { IsAllowed: false } decision)
        {
            return decision.Refusal;
        }

        await store.ExportAsync(parts, target, access, ct);
        return null;
    }
}
