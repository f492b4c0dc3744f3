namespace Plr.Server.SignIn;

/// <summary>What somebody knows their browser by: its family and the system, as its User-Agent says them. Nothing finer is kept, and no address.</summary>
public static class Browsers
{
    // In this order: most browsers name others too.
    private static readonly (string Mark, string Name)[] Families =
        [("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox/", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];

    private static readonly (string Mark, string Name)[] Systems =
        [("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("CrOS", "ChromeOS"), ("Mac OS X", "Mac"), ("Linux", "Linux")];

    /// <summary>For example <c>Firefox, Windows</c>; null when it says neither.</summary>
    public static string? Of(string? userAgent)
    {
        var known = new[] { Find(Families, userAgent), Find(Systems, userAgent) }.OfType<string>().ToList();
        return known.Count == 0 ? null : string.Join(", ", known);
    }

    private static string? Find((string Mark, string Name)[] among, string? userAgent) =>
        Array.Find(among, one => userAgent?.Contains(one.Mark, StringComparison.Ordinal) is true).Name;
}
