using Microsoft.AspNetCore.Antiforgery;
using Plr.Core.DataChallenges;
using Plr.Core.Responses;
using Plr.Server.Files;

namespace Plr.Server.LearnerSite;

/// <summary>What came with a form that sends a file of evidence.</summary>
/// <param name="File">The file; null when there is none to take.</param>
/// <param name="Refusal">The last part of the key of the words that say why not; null with a file.</param>
/// <param name="IsForged">The form is none of ours.</param>
public sealed record SentEvidence(SentFile? File, string? Refusal, bool IsForged = false);

/// <summary>
/// Takes in one file of evidence. The form is read as it comes and the file is held in memory, up to the largest that is taken: nothing of it comes to
/// the disk before it is encrypted. Therefore the antiforgery token is checked here, by the same rules as everywhere, before the first byte of the file is taken.
/// </summary>
public sealed class EvidenceUpload(IAntiforgery antiforgery, EvidenceLimits limits)
{
    // What a form is beside its file.
    private const int FormBytes = 64 * 1024;

    public async Task<SentEvidence> ReadAsync(HttpContext context, CancellationToken ct)
    {
        var request = context.Request;
        if (request.ContentLength > limits.LargestBytes + FormBytes)
        {
            return new(null, nameof(ResponseCodes.EvidenceTooLarge));
        }

        try
        {
            var names = antiforgery.GetTokens(context);
            var form = await FormUpload.ReadAsync(request, names.FormFieldName, ct);
            request.Headers[names.HeaderName!] = form?.Token;
            if (form?.Token is null || !await antiforgery.IsRequestValidAsync(context))
            {
                return new(null, null, IsForged: true);
            }

            return form is { FileName: { } name, Content: { } content } ? new(new(name, await BytesAsync(content, ct)), null) : new(null, "NoFile");
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return new(null, nameof(ResponseCodes.EvidenceTooLarge));
        }
        catch (Exception e) when (e is IOException or InvalidDataException && !ct.IsCancellationRequested)
        {
            // The form broke off: nothing is kept.
            return new(null, "NotKept");
        }
    }

    /// <summary>Whether a form without a file is ours: a page that reads its form itself asks for each of its deeds.</summary>
    public Task<bool> IsOursAsync(HttpContext context) => antiforgery.IsRequestValidAsync(context);

    /// <summary>The file, or of one that is too large one byte more than is taken.</summary>
    private async Task<byte[]> BytesAsync(Stream content, CancellationToken ct)
    {
        using var taken = new MemoryStream();
        var buffer = new byte[81_920];
        int read;
        while (taken.Length <= limits.LargestBytes && (read = await content.ReadAsync(buffer, ct)) > 0)
        {
            taken.Write(buffer, 0, (int)Math.Min(read, limits.LargestBytes + 1 - taken.Length));
        }

        return taken.ToArray();
    }
}
