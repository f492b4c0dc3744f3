using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;

namespace Plr.Server.SignIn;

/// <summary>What signing in is made of; the operations themselves are among the register's parts.</summary>
public static class SignInParts
{
    public static IServiceCollection AddSignIn(this IServiceCollection services, Settings settings)
    {
        services.AddHttpContextAccessor();
        services.AddDataProtection().SetApplicationName("plr").PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(settings.DataFolder, "protection")));
        services.AddScoped<Visit>();
        services.AddSingleton<Sessions>();
        services.AddAuthentication(SessionCookie.SchemeName).AddScheme<AuthenticationSchemeOptions, SessionCookie>(SessionCookie.SchemeName, null);
        return services;
    }
}
