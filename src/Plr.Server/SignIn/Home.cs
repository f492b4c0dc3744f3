using Plr.Core;
using Plr.Core.Accounts;

namespace Plr.Server.SignIn;

/// <summary>Where somebody is at home after signing in.</summary>
public static class Home
{
    private const string PasswordPage = "/sign-in/password";
    private const string FactorPage = "/sign-in/factor";
    private const string SecurityPage = "/account/security";
    private const string AppPage = SecurityPage + "/app";

    /// <summary>The first page of the person's audience, without the language.</summary>
    public static string Of(Roles roles) => roles switch
    {
        _ when roles.HasFlag(Roles.Learner) => "/learner",
        _ when (roles & RoleSets.Office) != Roles.None => "/office",
        _ => "/organisation",
    };

    /// <summary>
    /// Where to go after signing in: to the page that was asked for when it is one of the person's own audience, else home. Anything else,
    /// other sites above all, is not followed: whoever made the link chose it.
    /// </summary>
    public static string After(Roles roles, string? to) => IsPath(to) && (IsBelow(to!, Of(roles)) || IsBelow(to!, SecurityPage) || to == PasswordPage) ? to! : Of(roles);

    /// <summary>What comes next for somebody whose session has come so far: the second factor, setting one up (after a password, if there is none), or <see cref="After"/>.</summary>
    public static string Next(Account account, FactorState factor, string? to) => factor switch
    {
        FactorState.ToGive => FactorPage + (IsPath(to) && After(account.Roles, to) == to ? $"?to={Uri.EscapeDataString(to!)}" : ""),
        FactorState.ToSetUp => account is { EmailAddress: not null, PasswordHash: null } ? PasswordPage : AppPage,
        _ => After(account.Roles, to),
    };

    private static bool IsPath(string? to) =>
        to is { Length: > 1 and <= 200 } && to[0] == '/' && !to.Contains("//", StringComparison.Ordinal) && !to.Contains("..", StringComparison.Ordinal)
        && to.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '-' or '_' or '.');

    private static bool IsBelow(string path, string home) => path == home || path.StartsWith(home + "/", StringComparison.Ordinal);
}
