using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Plr.Server.Files;

/// <summary>The columns of a kind of file.</summary>
public sealed class FileLayout
{
    /// <summary>How many columns at the beginning carry the file header, when the layout has a version: version, name, owner, count.</summary>
    public const int HeaderColumns = 4;

    private readonly FrozenDictionary<string, int> _places;

    private FileLayout(string name, string? version, ImmutableArray<string> columns, ImmutableArray<string> outputColumns, bool anyOrder)
    {
        Name = name;
        Version = version;
        Columns = columns;
        OutputColumns = outputColumns;
        AnyOrder = anyOrder;
        _places = columns.Select((column, place) => KeyValuePair.Create(column, place)).ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>What people call such a file, as "learner registration (2A)".</summary>
    public string Name { get; }

    /// <summary>The value of <c>FileVersion</c>, or null when the layout has no file header.</summary>
    public string? Version { get; }

    /// <summary>The headings, exactly as they are written and in order.</summary>
    public ImmutableArray<string> Columns { get; }

    /// <summary>The columns that our own output adds at the end; accepted and ignored on the way in.</summary>
    public ImmutableArray<string> OutputColumns { get; }

    /// <summary>Whether the headings may stand in any order, with unknown ones between them, as in a register's extract that grows.</summary>
    public bool AnyOrder { get; }

    /// <summary>A file that organisations send: headings in order, the first four columns carry the file header.</summary>
    public static FileLayout Batch(string name, string version, ImmutableArray<string> columns, ImmutableArray<string> outputColumns) =>
        new(name, version, columns, outputColumns, anyOrder: false);

    /// <summary>An extract of a register: the named headings anywhere, others ignored, no file header.</summary>
    public static FileLayout Extract(string name, ImmutableArray<string> columns) => new(name, version: null, columns, [], anyOrder: true);

    /// <summary>The place of a heading in <see cref="Columns"/>, from 0.</summary>
    /// <exception cref="ArgumentException">The layout has no such heading.</exception>
    public int PlaceOf(string heading) =>
        _places.TryGetValue(heading, out var place) ? place : throw new ArgumentException($"The layout {Name} has no column {heading}.", nameof(heading));

    internal bool Has(string heading) => _places.ContainsKey(heading);
}
