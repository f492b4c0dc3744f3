namespace Plr.Server.SignIn;

/// <summary>Somebody of the demo whom a visitor can be, with one hint of what there is to see. Only the command <c>demo</c> makes any.</summary>
/// <param name="AccountId">The account to sign in as.</param>
/// <param name="Name">The invented person's name.</param>
/// <param name="Audience">learner, organisation or office.</param>
/// <param name="Hint">The key of the hint in the resource file SignIn, such as <c>SignIn.Demo.Amelia</c>.</param>
public sealed record DemoDoor(Guid AccountId, string Name, string Audience, string Hint);

/// <summary>The question "Who do you want to be?". It exists as a part of the host only under <c>demo</c>, which binds loopback only.</summary>
public sealed record DemoDoors(IReadOnlyList<DemoDoor> All);
