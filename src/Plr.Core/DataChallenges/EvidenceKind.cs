namespace Plr.Core.DataChallenges;

/// <summary>What a file of evidence can be.</summary>
public enum EvidenceKind
{
    Pdf = 1,
    Jpeg = 2,
    Png = 3,
}

/// <summary>Tells what a file is by its content. What it is called, and what the browser says that it is, count for nothing.</summary>
public static class EvidenceKinds
{
    /// <summary>The kind; null for everything else, whatever it is called.</summary>
    public static EvidenceKind? Of(ReadOnlySpan<byte> content) => content switch
    {
        // %PDF-1.7
        [0x25, 0x50, 0x44, 0x46, 0x2D, >= (byte)'1' and <= (byte)'2', (byte)'.', >= (byte)'0' and <= (byte)'9', ..] when content[^Math.Min(content.Length, 1024)..].IndexOf("%%EOF"u8) >= 0 => EvidenceKind.Pdf,
        // Start of image, then a segment or table.
        [0xFF, 0xD8, 0xFF, >= 0xC0 and <= 0xFE, ..] => EvidenceKind.Jpeg,
        // Signature, then the header, which has 13 bytes.
        [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, ..] => EvidenceKind.Png,
        _ => null,
    };

    public static string MediaType(this EvidenceKind kind) => kind switch
    {
        EvidenceKind.Pdf => "application/pdf",
        EvidenceKind.Jpeg => "image/jpeg",
        EvidenceKind.Png => "image/png",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    public static string Extension(this EvidenceKind kind) => kind switch
    {
        EvidenceKind.Pdf => ".pdf",
        EvidenceKind.Jpeg => ".jpg",
        EvidenceKind.Png => ".png",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}

/// <summary>How much evidence is taken.</summary>
/// <param name="LargestMiB">One file at most, in mebibytes.</param>
/// <param name="Most">Files for each challenge at most.</param>
public sealed record EvidenceLimits(int LargestMiB, int Most)
{
    public long LargestBytes => LargestMiB * 1024L * 1024L;
}

/// <summary>A file of evidence, without its content.</summary>
/// <param name="Name">As it was called; text, never a path.</param>
/// <param name="Size">In bytes.</param>
public sealed record Evidence(Guid Id, string Name, EvidenceKind Kind, int Size, DateTimeOffset AddedAt)
{
    /// <summary>Without the name: it may be personal.</summary>
    public override string ToString() => $"{Kind} {Id}";
}

/// <summary>A file of evidence with its content.</summary>
public sealed record EvidenceFile(Evidence Evidence, byte[] Content);

/// <summary>A file as it was sent.</summary>
/// <param name="Name">As the browser gave it; any path before it is dropped.</param>
/// <param name="Content">At most one byte more than the largest that is taken.</param>
public sealed record SentFile(string? Name, byte[] Content)
{
    private const int LongestName = 120;

    /// <summary>What is wrong with it; null when it is evidence.</summary>
    public Responses.ResponseCode? Refusal(EvidenceLimits limits) => Content switch
    {
        { Length: 0 } => Responses.ResponseCodes.EvidenceEmpty,
        _ when Content.Length > limits.LargestBytes => Responses.ResponseCodes.EvidenceTooLarge,
        _ when EvidenceKinds.Of(Content) is null => Responses.ResponseCodes.EvidenceRefused,
        _ => null,
    };

    /// <summary>The name without any path, control characters, or what a text cannot be stored with; with the ending of what the file is.</summary>
    public string CleanName
    {
        get
        {
            var ending = EvidenceKinds.Of(Content)?.Extension() ?? "";
            var name = Name ?? "";
            var clean = new string([.. name[(name.LastIndexOfAny(['/', '\\']) + 1)..].Where(c => !char.IsControl(c) && !char.IsSurrogate(c) && c is not ('\uFFFE' or '\uFFFF') && char.GetUnicodeCategory(c) != System.Globalization.UnicodeCategory.Format)]);
            var stem = clean.LastIndexOf('.') is var dot and > 0 ? clean[..dot] : clean;
            stem = (stem.Length > LongestName ? stem[..LongestName] : stem).Trim(' ', '.');
            return (stem.Length == 0 ? "evidence" : stem) + ending;
        }
    }
}
