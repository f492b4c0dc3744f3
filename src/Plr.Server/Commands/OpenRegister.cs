using Microsoft.Extensions.DependencyInjection.Extensions;
using Plr.Core;
using Plr.Core.Organisations;

namespace Plr.Server.Commands;

/// <summary>
/// A register that a command has open. It does not take the data folder's lock, so that it may be used beside a running server: the database
/// keeps writers apart.
/// </summary>
public sealed class OpenRegister : IAsyncDisposable
{
    private readonly ServiceProvider _parts;

    private OpenRegister(ServiceProvider parts, Settings settings)
    {
        _parts = parts;
        Settings = settings;
    }

    public Settings Settings { get; }

    /// <summary>Ties together in the trail what one run of a command did.</summary>
    public string Correlation { get; } = $"command-{Guid.CreateVersion7():N}";

    public T Part<T>()
        where T : notnull => _parts.GetRequiredService<T>();

    /// <summary>The register's own upkeep by this run of a command.</summary>
    public Access Upkeep() => Access.Upkeep(Correlation);

    /// <summary>As <see cref="Upkeep"/>, with the name of the machine's user in the erasable details of the entry: who took the whole register away must be seen.</summary>
    public Access UpkeepByPerson() => Upkeep() with { Actor = Actor.Register with { Name = Environment.UserName } };

    /// <summary>Opens, as <c>serve</c> does at its start.</summary>
    public static async Task<OpenRegister> OpenAsync(Settings settings, TimeProvider time, CancellationToken ct)
    {
        var register = new OpenRegister(Parts(settings, time), settings);
        try
        {
            await register._parts.OpenRegisterAsync(settings.Store.MigrateAtStart, ct);
            return register;
        }
        catch
        {
            await register.DisposeAsync();
            throw;
        }
    }

    /// <summary>The parts of a register that is not opened yet.</summary>
    public static ServiceProvider Parts(Settings settings, TimeProvider time)
    {
        var services = new ServiceCollection();
        services.AddRegister(settings, isServer: false);
        services.Replace(ServiceDescriptor.Singleton(time));
        return services.BuildServiceProvider();
    }

    /// <summary>The organisation by UKPRN, reference or recognition number.</summary>
    /// <param name="code">What was typed.</param>
    /// <param name="add">The option that adds one with such a number.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="CommandRefusedException">There is none.</exception>
    public async Task<Organisation> OrganisationAsync(string code, string add, CancellationToken ct) =>
        await Part<IOrganisationStore>().FindAsync(code, ct) ?? throw new CommandRefusedException(
            $"no organisation {code} is on this register. Add it with: plr admin organisation add {add} {code} --name \"Its name\"");

    public ValueTask DisposeAsync() => _parts.DisposeAsync();
}
