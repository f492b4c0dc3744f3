namespace Plr.Core.Organisations;

/// <summary>An awarding organisation, and of which years it has sent results to this register.</summary>
/// <param name="Organisation">Which.</param>
/// <param name="First">The earliest year of award; null while it has sent none.</param>
/// <param name="Last">The latest.</param>
public sealed record ResultsSent(Organisation Organisation, int? First, int? Last);
