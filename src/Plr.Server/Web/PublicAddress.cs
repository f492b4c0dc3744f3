namespace Plr.Server.Web;

/// <summary>
/// A proxy in front usually speaks http to us. The public address in the settings says what people see, so no forwarded header
/// needs to be believed.
/// </summary>
public static class PublicAddress
{
    public static void UsePublicAddress(this IApplicationBuilder app, Settings settings)
    {
        var scheme = settings.Address().Scheme;
        app.Use((context, next) =>
        {
            context.Request.Scheme = scheme;
            return next(context);
        });
    }
}
