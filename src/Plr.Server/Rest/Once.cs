using System.Security.Cryptography;
using System.Text;
using Plr.Core;
using Plr.Core.Responses;
using Plr.Server.SignIn;
using Plr.Store;

namespace Plr.Server.Rest;

/// <summary>
/// Runs a POST once for its Idempotency-Key (24 hours); without the header it just runs. What is remembered, and what of a call without effect is
/// not: docs/decisions/open-interface.md.
/// </summary>
internal sealed class Once(IdempotentAnswers answers, Visit visit)
{
    public const string Header = "Idempotency-Key";
    private const int LongestKey = 255;

    /// <summary>The answer to a key that is none; null when it is one, or there is none. Asked before a body is read.</summary>
    public static RestAnswer? Refusal(HttpRequest request)
    {
        var keys = request.Headers[Header];
        return keys.Count == 0 || (keys is [{ Length: > 0 and <= LongestKey } key] && !key.AsSpan().ContainsAnyExceptInRange('!', '~'))
            ? null
            : RestAnswer.Refuse(ResponseCodes.BadRequest, $"{Header} is one header of 1 to {LongestKey} visible ASCII characters, such as a UUID.");
    }

    /// <param name="context">The call.</param>
    /// <param name="purpose">Why it is made: the same call for another purpose is another call.</param>
    /// <param name="bodyHash">SHA-256 of what was sent.</param>
    /// <param name="run">The call, and what it made; it may run again from its start.</param>
    /// <param name="again">The answer to the same call, from what it made.</param>
    public async Task<RestAnswer> RunAsync(
        HttpContext context, Purpose purpose, byte[] bodyHash, Func<Task<(RestAnswer Answer, string? Made)>> run, Func<string, Task<RestAnswer>> again)
    {
        var request = context.Request;
        if (Refusal(request) is { } refusal)
        {
            return refusal;
        }

        if (request.Headers[Header] is not [{ } key])
        {
            return (await run()).Answer;
        }

        var what = Hash($"{request.Method} {request.Path}{request.QueryString} {purpose.Word()}", bodyHash);
        var caller = (visit.Machine?.Client.Id ?? visit.Account?.Id ?? Guid.Empty).ToString("N");
        return await answers.RunAsync(caller, Hash(key, []), what, run, again, context.RequestAborted)
            ?? RestAnswer.Refuse(ResponseCodes.KeyUsedOtherwise, "A key belongs to one request: use a new one for another.");
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
