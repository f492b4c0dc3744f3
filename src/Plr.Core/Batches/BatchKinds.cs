namespace Plr.Core.Batches;

/// <summary>How addresses name kinds of file, and why each is sent.</summary>
public static class BatchKinds
{
    /// <summary>The word of a kind.</summary>
    public static string Word(this BatchKind kind) => kind == BatchKind.Registrations ? "registrations" : "achievements";

    /// <summary>The kind of a word; null when there is none.</summary>
    public static BatchKind? Of(string? word) => Enum.GetValues<BatchKind>().Where(kind => kind.Word() == word).Select(kind => (BatchKind?)kind).FirstOrDefault();

    /// <summary>Why a file of a kind is sent: it goes with the access.</summary>
    public static Purpose Purpose(this BatchKind kind) => kind == BatchKind.Registrations ? Core.Purpose.Enrolment : Core.Purpose.Award;
}
