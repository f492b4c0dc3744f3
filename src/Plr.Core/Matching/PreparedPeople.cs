using System.Runtime.InteropServices;

namespace Plr.Core.Matching;

/// <summary>Some people, folded and packed and with their keys, made on one core for an index that another one fills.</summary>
internal sealed class PreparedPeople
{
    private readonly List<ulong> _keys = [];
    private readonly List<byte> _counts = [];

    public PackedPeople People { get; } = new();

    public void Add(uint number, PreparedPerson person)
    {
        Span<ulong> keys = stackalloc ulong[BlockingKeys.MostIndexed];
        People.Add(number, person);
        var count = BlockingKeys.Indexed(person.View, keys);
        _keys.AddRange(keys[..count]);
        _counts.Add((byte)count);
    }

    /// <summary>Leaves the room for others.</summary>
    public void Clear()
    {
        People.Clear();
        _keys.Clear();
        _counts.Clear();
    }

    /// <summary>Adds the keys of all of them, whose first has this place.</summary>
    public void AddKeys(KeyParts parts, int first)
    {
        var keys = CollectionsMarshal.AsSpan(_keys);
        foreach (var count in _counts)
        {
            parts.Add(first++, keys[..count]);
            keys = keys[count..];
        }
    }
}
