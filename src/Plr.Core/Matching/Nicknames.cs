using System.Collections.Frozen;

namespace Plr.Core.Matching;

/// <summary>
/// Which given names are used for each other (Bob and Robert, Gwen and Gwendolen, Mohammed and Muhammad). The table Nicknames.txt was written for this project; its
/// head says what is in it and how to add to it.
/// </summary>
public static class Nicknames
{
    private static readonly FrozenDictionary<string, uint[]> Groups = Read();

    private static readonly FrozenDictionary<string, uint[]>.AlternateLookup<ReadOnlySpan<char>> BySpan = Groups.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The groups that a folded given name belongs to: numbers from 1; empty when the table does not know the name.</summary>
    public static ReadOnlySpan<uint> Of(ReadOnlySpan<char> name) => BySpan.TryGetValue(name, out var groups) ? groups : [];

    /// <summary>Whether the table gives both names to one person. A name is no nickname of itself.</summary>
    public static bool AreFor(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        if (left.SequenceEqual(right))
        {
            return false;
        }

        var others = Of(right);
        foreach (var group in Of(left))
        {
            if (others.Contains(group))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The groups as they are in the table, formal name first.</summary>
    public static IEnumerable<string[]> All() =>
        Lines().Select(line => line.Split([':', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private static FrozenDictionary<string, uint[]> Read()
    {
        var groups = new Dictionary<string, List<uint>>();
        var number = 0u;
        foreach (var names in All())
        {
            number++;
            foreach (var name in names.Distinct())
            {
                if (!groups.TryGetValue(name, out var list))
                {
                    groups[name] = list = [];
                }

                list.Add(number);
            }
        }

        return groups.ToFrozenDictionary(pair => pair.Key, pair => pair.Value.ToArray());
    }

    private static IEnumerable<string> Lines()
    {
        using var stream = typeof(Nicknames).Assembly.GetManifestResourceStream("Plr.Core.Matching.Nicknames.txt")
            ?? throw new InvalidOperationException("The table of nicknames is not in the assembly.");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
            {
                yield return line;
            }
        }
    }
}
