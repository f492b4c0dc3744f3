using System.Security.Cryptography;
using System.Text;
using Plr.Core.Responses;
using Plr.Server.SignIn;
using Plr.Store;

namespace Plr.Server.Rest;

/// <summary>Runs a POST once for its Idempotency-Key (24 hours); without the header it just runs.</summary>
internal sealed class Once(IdempotentAnswers answers, Visit visit)
{
    public const string Header = "Idempotency-Key";
    private const int LongestKey = 255;

    /// <param name="context">The call.</param>
    /// <param name="bodyHash">SHA-256 of what was sent.</param>
    /// <param name="run">The call; it may run again from its start.</param>
    public async Task<RestAnswer> RunAsync(HttpContext context, byte[] bodyHash, Func<Task<RestAnswer>> run)
    {
        var keys = context.Request.Headers[Header];
        if (keys.Count == 0)
        {
            return await run();
        }

        if (keys is not [{ Length: > 0 and <= LongestKey } key] || key.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            return RestAnswer.Refuse(ResponseCodes.BadRequest, $"{Header} is one header of 1 to {LongestKey} visible ASCII characters, such as a UUID.");
        }

        var request = context.Request;
        var what = Hash($"{request.Method} {request.Path}{request.QueryString}", bodyHash);
        var caller = (visit.Machine?.Client.Id ?? visit.Account?.Id ?? Guid.Empty).ToString("N");
        var kept = await answers.RunAsync(caller, Hash(key, []), what, async () => (await run()).Keep(), context.RequestAborted);
        return kept is null ? RestAnswer.Refuse(ResponseCodes.KeyUsedOtherwise, "A key belongs to one request: use a new one for another.") : RestAnswer.Of(kept);
    }

    private static byte[] Hash(string text, ReadOnlySpan<byte> more)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(text));
        hash.AppendData([0]);
        hash.AppendData(more);
        return hash.GetHashAndReset();
    }
}
