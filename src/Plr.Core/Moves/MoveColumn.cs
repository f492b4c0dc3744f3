using System.Globalization;

namespace Plr.Core.Moves;

/// <summary>A column of a file by which a register is moved.</summary>
/// <param name="Heading">As it is written.</param>
/// <param name="Meaning">One sentence for the documentation.</param>
/// <param name="Write">What stands in the cell of a row; null is an empty cell.</param>
public sealed record MoveColumn<T>(string Heading, string Meaning, Func<T, MoveCodes, string?> Write);

/// <summary>What organisations are called in files: the UKPRN, else the organisation reference, else the recognition number.</summary>
public sealed class MoveCodes(IReadOnlyDictionary<Guid, string> codes)
{
    /// <summary>Nobody; or an id that is on no organisation, which stands as it is, so that nothing is lost.</summary>
    public string? Of(Guid? organisation) => organisation is { } id ? codes.GetValueOrDefault(id) ?? id.ToString() : null;
}

/// <summary>
/// How values stand in cells. An empty cell is nothing. A text that is stored and empty is one apostrophe, and a text of nothing but
/// apostrophes gets one more: so both come back, and no spreadsheet takes either for anything else.
/// </summary>
public static class MoveText
{
    internal const string InstantForm = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";
    internal const string DateForm = "yyyy-MM-dd";
    private const char Mark = '\'';

    public static string? Write(string? text) => text is not null && text.AsSpan().TrimStart(Mark).IsEmpty ? Mark + text : text;

    public static string? Write(long? number) => number?.ToString(CultureInfo.InvariantCulture);

    public static string? Write(DateOnly? date) => date?.ToString(DateForm, CultureInfo.InvariantCulture);

    public static string Write(DateTimeOffset instant) => instant.UtcDateTime.ToString(InstantForm, CultureInfo.InvariantCulture);

    public static string? Read(string? cell) => string.IsNullOrEmpty(cell) ? null : cell.AsSpan().TrimStart(Mark).IsEmpty ? cell[1..] : cell;
}

/// <summary>The words that files have for coded values: the names of the code, or the trail's words for channels.</summary>
internal static class MoveWords
{
    public static IReadOnlyDictionary<string, Channel> Channels { get; } = Enum.GetValues<Channel>().ToDictionary(channel => channel.Word());

    public static IReadOnlyDictionary<string, Purpose> Purposes { get; } = Enum.GetValues<Purpose>().ToDictionary(purpose => purpose.Word());

    public static IReadOnlyDictionary<string, T> Of<T>()
        where T : struct, Enum => Enum.GetValues<T>().ToDictionary(value => $"{value}");
}
