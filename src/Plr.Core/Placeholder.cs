namespace Plr.Core;

internal static class Placeholder;
