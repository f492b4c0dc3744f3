using OtpNet;
using Plr.Core.Accounts;

namespace Plr.Server.SignIn;

/// <summary>Codes of authenticator apps by Otp.NET.</summary>
public sealed class TimedCodes : ITimedCodes
{
    private const int Digits = 6;
    private const int SecondsAStep = 30;

    // One step to either side: a minute and a half in all, for a clock that is not quite right and somebody who types slowly (RFC 6238, 5.2).
    private static readonly VerificationWindow Window = new(previous: 1, future: 1);

    public long? StepOf(byte[] secret, string code, DateTimeOffset now) =>
        code.Length == Digits && new Totp(secret, SecondsAStep, OtpHashMode.Sha1, Digits).VerifyTotp(now.UtcDateTime, code, out var step, Window) ? step : null;

    /// <summary>The address that an app reads from the square (the "Key URI Format" that all of them know).</summary>
    public static string Address(byte[] secret, string service, string owner) =>
        $"otpauth://totp/{Uri.EscapeDataString(service)}:{Uri.EscapeDataString(owner)}?secret={Base32Encoding.ToString(secret)}&issuer={Uri.EscapeDataString(service)}";

    /// <summary>The secret as people type it: letters and digits in groups of four.</summary>
    public static string Typed(byte[] secret) => string.Join(' ', Base32Encoding.ToString(secret).Chunk(4).Select(group => new string(group)));
}
