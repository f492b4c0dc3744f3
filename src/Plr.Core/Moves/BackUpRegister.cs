using Plr.Core.Audit;
using Plr.Core.Responses;

namespace Plr.Core.Moves;

/// <summary>Whether the whole register may be copied, and the entry in its trail that it was. Only the register's own commands may.</summary>
public sealed class BackUpRegister(IAuditTrail trail)
{
    /// <summary>Call this before anything is copied: the entry is then in the copy too.</summary>
    /// <returns>Why not; null when it may be done.</returns>
    public async Task<ResponseCode?> BeginAsync(Access access, CancellationToken ct = default)
    {
        if (Policy.Allow(access, PolicyAction.BackUpRegister, Subject.None) is { IsAllowed: false } decision)
        {
            return decision.Refusal;
        }

        var person = access.Actor.Name is { } name ? new CanonicalJson().Begin().Add("person", name).End().ToString() : null;
        await trail.NoteAsync(new(AuditChain.Register, AuditAction.RegisterBackedUp, Details: person), access, ct);
        return null;
    }
}
