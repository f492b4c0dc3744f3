using Microsoft.Extensions.DependencyInjection;
using OtpNet;
using Plr.Core;
using Plr.Core.Accounts;
using Plr.Testing;

namespace Plr.Server.Tests.SignIn;

/// <summary>Somebody's authenticator app, and the recovery codes that they kept.</summary>
internal sealed class PhoneApp(TestSite site, byte[] secret)
{
    public IReadOnlyList<string> RecoveryCodes { get; private init; } = [];

    /// <summary>The code that the app shows now, or so much later.</summary>
    public string Code(int secondsLater = 0) => new Totp(secret).ComputeTotp(site.Time.GetUtcNow().UtcDateTime.AddSeconds(secondsLater));

    /// <summary>The app that scans the key of a set-up page.</summary>
    public static PhoneApp Reading(TestSite site, string typed) => new(site, Base32Encoding.ToBytes(typed.Replace(" ", "", StringComparison.Ordinal)));

    /// <summary>Sets one up for an account, as its owner did on some day before.</summary>
    public static async Task<PhoneApp> SetUpAsync(TestSite site, Account account)
    {
        var (accounts, factors, now) = (site.Services.GetRequiredService<IAccountStore>(), site.Services.GetRequiredService<IFactorStore>(), site.Time.GetUtcNow());
        var begun = await SessionBegun.BeginAsync(
            accounts, site.Services.GetRequiredService<SessionRules>(), account, now, Seeds.AccessOf(account, Purpose.OwnRecord), default, origin: new(null, null, IsWelsh: false) { IsFactorGiven = true });
        var session = (await accounts.SessionAsync(Secret.Hash(begun.Key), now))!;
        var (secret, codes) = (factors.Offer(session), RecoveryCode.NewSet());
        Assert.True(await factors.SetAsync(session, secret, 0, codes, now, Seeds.AccessOf(account, Purpose.OwnRecord)));
        await accounts.EndSessionAsync(session.SessionId, now);
        return new(site, secret) { RecoveryCodes = codes };
    }
}
