namespace Plr.Core.Accounts;

/// <summary>The codes of authenticator apps: six digits, a new one every 30 seconds (RFC 6238, HMAC-SHA-1, as every app knows them). How, the server says.</summary>
public interface ITimedCodes
{
    /// <summary>The time step whose code this is: the present one, the one before or the one after, since clocks differ; null when it is none of theirs.</summary>
    long? StepOf(byte[] secret, string code, DateTimeOffset now);
}
