using Plr.Core;
using Plr.Core.Batches;
using Plr.Core.Organisations;
using Plr.Server.SignIn;

namespace Plr.Server.Portal;

/// <summary>Which kinds of file somebody may send: what their roles and their organisation's numbers allow.</summary>
internal static class FileKinds
{
    /// <summary>The kinds, in the order of the pages.</summary>
    public static IReadOnlyList<BatchKind> For(Visit visit, Organisation organisation) =>
        [.. Enum.GetValues<BatchKind>().Where(kind => Fits(kind, organisation) && IsAllowed(kind, visit, organisation))];

    private static bool Fits(BatchKind kind, Organisation organisation) =>
        kind == BatchKind.Registrations ? organisation.IsProvider : organisation.IsAwardingOrganisation;

    private static bool IsAllowed(BatchKind kind, Visit visit, Organisation organisation) =>
        Policy.Allow(visit.Access(kind.Purpose()), SubmitBatch.ActionOf(kind), Subject.Of(organisation.Id)).IsAllowed;
}
