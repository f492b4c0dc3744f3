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

    /// <summary>Why a file of a kind is sent: it goes with the access.</summary>
    public static Purpose PurposeOf(BatchKind kind) => kind == BatchKind.Registrations ? Purpose.Enrolment : Purpose.Award;

    /// <summary>How an address names a kind.</summary>
    public static string WordOf(BatchKind kind) => kind == BatchKind.Registrations ? "registrations" : "achievements";

    private static bool Fits(BatchKind kind, Organisation organisation) =>
        kind == BatchKind.Registrations ? organisation.IsProvider : organisation.IsAwardingOrganisation;

    private static bool IsAllowed(BatchKind kind, Visit visit, Organisation organisation) =>
        Policy.Allow(visit.Access(PurposeOf(kind)), SubmitBatch.ActionOf(kind), Subject.Of(organisation.Id)).IsAllowed;
}
