using System.Buffers;

namespace Plr.Server.Files;

/// <summary>
/// Keeps a spreadsheet from taking a value for a formula (decisions, "Files"): a value that begins with = + - @, a tab or CR is written with
/// a leading apostrophe, and the importer takes it off again. A value that itself begins with apostrophes and then one of these gets one
/// more, so that every value comes back as it was.
/// </summary>
public static class SpreadsheetGuard
{
    private static readonly SearchValues<char> Starters = SearchValues.Create("=+-@\t\r");

    /// <summary>The value as it is written to a file.</summary>
    public static string Protect(string value) => Begins(value) ? "'" + value : value;

    /// <summary>The value that a file's text stands for.</summary>
    public static string Restore(string text) => text.Length > 1 && text[0] == '\'' && Begins(text) ? text[1..] : text;

    internal static ReadOnlySpan<char> Restore(ReadOnlySpan<char> text) => text.Length > 1 && text[0] == '\'' && Begins(text) ? text[1..] : text;

    private static bool Begins(ReadOnlySpan<char> text)
    {
        var first = text.TrimStart('\'');
        return first.Length > 0 && Starters.Contains(first[0]);
    }
}
