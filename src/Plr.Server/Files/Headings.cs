using System.Collections.Immutable;

namespace Plr.Server.Files;

/// <summary>Compares the headings of a file with those of its layout.</summary>
internal static class Headings
{
    private const int MostFaults = 50;

    /// <summary>What is wrong with the headings, in words; empty when nothing is. At most 50 faults.</summary>
    public static IReadOnlyList<FileFault> Check(FileLayout layout, IReadOnlyList<string> found, long line)
    {
        if (NotHeadings(layout, found) is { } message)
        {
            return [new FileFault(FileFaultCode.HeadingWrong, line, 1, message)];
        }

        if (layout.AnyOrder && Absent(layout, found) is { Count: > 0 } absent)
        {
            return [new FileFault(FileFaultCode.HeadingMissing, line, 0, AbsentInWords(layout, found, absent))];
        }

        List<FileFault> faults = [.. Repeated(layout, found, line), .. Missing(layout, found, line), .. Unknown(layout, found, line)];
        if (faults.Count == 0 && !layout.AnyOrder)
        {
            // Only now: while one is missing, all that follow it are out of place, and saying so hides what is wrong.
            faults.AddRange(Misplaced(layout, found, line));
        }

        return [.. faults.OrderBy(fault => fault.Column).Take(MostFaults)];
    }

    /// <summary>Where in a row of the file each column of the layout stands, once the headings are right.</summary>
    public static ImmutableArray<int> Places(FileLayout layout, List<string> found) =>
        [.. layout.Columns.Select(column => found.IndexOf(column))];

    private static string? NotHeadings(FileLayout layout, IReadOnlyList<string> found)
    {
        if (found.Any(layout.Has))
        {
            return null;
        }

        if (layout.AnyOrder && LooksLike(layout, found) is { } other)
        {
            return OfAnotherKind(layout, other);
        }

        var begins = $"The first line of a file of the kind {layout.Name} carries its headings, the first of them '{layout.Columns[0]}'; this one begins with {FileFault.Quote(found[0])}.";
        return found.Count == 1 && found[0].AsSpan().IndexOfAny(';', '\t') >= 0 ? $"{begins} Separate the cells by commas." : begins;
    }

    private static List<string> Absent(FileLayout layout, IReadOnlyList<string> found) => [.. layout.Columns.Where(column => !found.Contains(column, StringComparer.Ordinal))];

    private static string AbsentInWords(FileLayout layout, IReadOnlyList<string> found, List<string> absent) => LooksLike(layout, found) is { } other
        ? OfAnotherKind(layout, other)
        : absent.Count == 1
            ? $"The heading '{absent[0]}' is missing: give the column, if only with empty cells."
            : $"{absent.Count} headings are missing: {string.Join(", ", absent.Select(heading => $"'{heading}'"))}. They may stand in any order: give the columns, if only with empty cells.";

    private static string OfAnotherKind(FileLayout layout, FileLayout other) =>
        $"The headings are those of a file of the kind {other.Name}; one of the kind {layout.Name} was expected.";

    /// <summary>The kind of file that most of whose headings are there, when it is another one.</summary>
    private static FileLayout? LooksLike(FileLayout layout, IReadOnlyList<string> found)
    {
        var likeliest = FileLayouts.All.Append(layout).MaxBy(kind => Share(kind, found))!;
        return likeliest != layout && Share(likeliest, found) > Math.Max(0.5, Share(layout, found)) ? likeliest : null;
    }

    private static double Share(FileLayout layout, IReadOnlyList<string> found) => 1 - ((double)Absent(layout, found).Count / layout.Columns.Length);

    private static IEnumerable<FileFault> Repeated(FileLayout layout, IReadOnlyList<string> found, long line)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < found.Count; i++)
        {
            var known = layout.Has(found[i]) || layout.OutputColumns.Contains(found[i]);
            if (known && !seen.TryAdd(found[i], i))
            {
                yield return new FileFault(FileFaultCode.HeadingRepeated, line, i + 1, $"The heading '{found[i]}' stands here again; it is already in column {seen[found[i]] + 1}.");
            }
        }
    }

    private static IEnumerable<FileFault> Missing(FileLayout layout, IReadOnlyList<string> found, long line)
    {
        for (var i = 0; i < layout.Columns.Length; i++)
        {
            var column = layout.Columns[i];
            if (found.Contains(column, StringComparer.Ordinal))
            {
                continue;
            }

            yield return ReplacedAt(layout, found, i)
                ? new FileFault(FileFaultCode.HeadingWrong, line, i + 1, $"The heading is {FileFault.Quote(found[i])}; write exactly '{column}'.")
                : new FileFault(FileFaultCode.HeadingMissing, line, i + 1, $"The heading '{column}' is missing; it belongs in column {i + 1}.");
        }
    }

    private static IEnumerable<FileFault> Unknown(FileLayout layout, IReadOnlyList<string> found, long line)
    {
        for (var i = 0; i < found.Count && !layout.AnyOrder; i++)
        {
            if (!layout.Has(found[i]) && !layout.OutputColumns.Contains(found[i]) && !ReplacedAt(layout, found, i))
            {
                yield return new FileFault(FileFaultCode.HeadingUnknown, line, i + 1, $"The heading {FileFault.Quote(found[i])} is not one of a file of the kind {layout.Name}; take the column out.");
            }
        }
    }

    private static IEnumerable<FileFault> Misplaced(FileLayout layout, IReadOnlyList<string> found, long line)
    {
        for (var i = 0; i < layout.Columns.Length; i++)
        {
            if (found[i] != layout.Columns[i])
            {
                var belongs = layout.Has(found[i]) ? $"belongs in column {layout.PlaceOf(found[i]) + 1}" : "belongs after all others";
                yield return new FileFault(FileFaultCode.HeadingMisplaced, line, i + 1, $"The heading '{found[i]}' {belongs}; '{layout.Columns[i]}' was expected here.");
            }
        }
    }

    /// <summary>Whether an unknown heading stands exactly where a missing one belongs: then it is that one, wrongly written.</summary>
    private static bool ReplacedAt(FileLayout layout, IReadOnlyList<string> found, int place) =>
        place < found.Count && place < layout.Columns.Length && !layout.AnyOrder
        && !layout.Has(found[place]) && !layout.OutputColumns.Contains(found[place])
        && !found.Contains(layout.Columns[place], StringComparer.Ordinal);
}
