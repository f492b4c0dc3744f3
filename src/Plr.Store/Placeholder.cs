namespace Plr.Store;

internal static class Placeholder;
