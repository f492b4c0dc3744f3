namespace Plr.Server.OpenInterface;

/// <summary>The reference of this server's open interface, made once: neither routes nor settings change while it runs.</summary>
public sealed class OpenReference(IServiceProvider parts)
{
    private readonly Lazy<Task<RestReference>> _read = new(() => RestReference.ReadAsync(parts));

    public Task<RestReference> ReadAsync() => _read.Value;
}
