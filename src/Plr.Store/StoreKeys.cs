namespace Plr.Store;

/// <summary>The register's secret keys; they lie in the data folder or the settings, never in the database.</summary>
/// <param name="Ulns">32 bytes: the order in which ULNs are issued. Changing it after the first ULN changes the order, never an issued number.</param>
/// <param name="Audit">32 bytes: pseudonyms and seals of the trail. It must never change.</param>
public sealed record StoreKeys(byte[] Ulns, byte[] Audit);
