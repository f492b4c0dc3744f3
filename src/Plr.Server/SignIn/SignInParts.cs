using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Plr.Server.Rest;

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
        services.AddSingleton<Passkeys>();
        services.AddSingleton<ClientAssertions>();
        services.AddScoped<MachineSignIn>();

        // The open interface knows software by its token; people, there as everywhere, by their session.
        const string either = "Either";
        services.AddAuthentication(either)
            .AddScheme<AuthenticationSchemeOptions, SessionCookie>(SessionCookie.SchemeName, null)
            .AddScheme<AuthenticationSchemeOptions, MachineToken>(MachineToken.SchemeName, null)
            .AddPolicyScheme(either, null, o => o.ForwardDefaultSelector = context =>
                Routes.Includes(context.Request) && MachineToken.IsCarried(context.Request) ? MachineToken.SchemeName : SessionCookie.SchemeName);
        return services;
    }
}
