using System.Runtime.InteropServices;

namespace Plr.Core.Matching;

/// <summary>Where the table has the members of a key.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct BlockPlace(int Bucket, ushort Tag);

/// <summary>That somebody has a key: their place, and the end of the key.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 2)]
internal readonly record struct Entry(int Place, ushort Tag);

/// <summary>
/// The hashed table of the blocking keys of packed people (<see cref="BlockingKeys.Indexed"/>), and of their e-mail addresses: buckets one after the other, those who share a
/// key in one bucket under one tag. Made once, then read by any number of threads.
/// </summary>
internal sealed class KeyTable
{
    private const int KeysPerBucket = 4;
    private const int AtOnce = 1 << 14;

    private readonly int[] _starts;
    private readonly Entry[] _entries;
    private readonly int _shift;

    private KeyTable(int[] starts, Entry[] entries, int shift) => (_starts, _entries, _shift) = (starts, entries, shift);

    /// <summary>Of nobody.</summary>
    public static KeyTable Empty { get; } = new([], [], 0);

    /// <summary>What it takes of memory, in bytes.</summary>
    public long Bytes => (4L * _starts.Length) + (6L * _entries.Length);

    /// <summary>How many buckets it has.</summary>
    public int Buckets => Math.Max(0, _starts.Length - 1);

    public ReadOnlySpan<Entry> Entries(int bucket) => _entries.AsSpan(_starts[bucket].._starts[bucket + 1]);

    public BlockPlace PlaceOf(ulong key) => new((int)(key >> _shift), (ushort)(key & 0xFFFF));

    /// <summary>How often a key was added.</summary>
    public int SizeOf(ulong key)
    {
        var size = 0;
        foreach (var entry in Entries((int)(key >> _shift)))
        {
            size += entry.Tag == (ushort)(key & 0xFFFF) ? 1 : 0;
        }

        return size;
    }

    /// <summary>The table of everybody's keys, made on all cores.</summary>
    public static KeyTable Of(PackedPeople people)
    {
        var counts = 0;
        Each(people, (_, keys) => Interlocked.Add(ref counts, keys.Length));
        var bits = 1;
        while (1L << bits < counts / KeysPerBucket)
        {
            bits++;
        }

        var shift = 64 - bits;
        var starts = new int[(1 << bits) + 1];
        var entries = new Entry[counts];
        Each(people, (_, keys) =>
        {
            foreach (var key in keys)
            {
                Interlocked.Increment(ref starts[(int)(key >> shift)]);
            }
        });
        var sum = 0;
        for (var bucket = 0; bucket < starts.Length; bucket++)
        {
            sum += starts[bucket];
            starts[bucket] = sum;
        }

        // From the end of each bucket to its beginning, which the start then is.
        Each(people, (place, keys) =>
        {
            foreach (var key in keys)
            {
                var at = Interlocked.Decrement(ref starts[(int)(key >> shift)]);
                entries[at] = new(place, (ushort)(key & 0xFFFF));
            }
        });
        var table = new KeyTable(starts, entries, shift);
        table.Order();
        return table;
    }

    /// <summary>The places of the members of the keys, of none more than <see cref="FindIndex.MostOfOneKey"/>; answers how many.</summary>
    public int Gather(ReadOnlySpan<ulong> keys, Span<int> places)
    {
        // Memory answers late and several questions at once: all buckets are asked for before the first is looked at.
        Span<int> starts = stackalloc int[BlockingKeys.MostIndexed];
        Span<int> ends = stackalloc int[BlockingKeys.MostIndexed];
        for (var at = 0; at < keys.Length; at++)
        {
            var bucket = (int)(keys[at] >> _shift);
            starts[at] = _starts[bucket];
            ends[at] = _starts[bucket + 1];
        }

        var touched = 0;
        for (var at = 0; at < keys.Length; at++)
        {
            touched |= starts[at] < ends[at] ? _entries[starts[at]].Place : 0;
        }

        var count = touched < 0 ? -1 : 0;
        for (var key = 0; key < keys.Length; key++)
        {
            var ofKey = 0;
            var tag = (ushort)(keys[key] & 0xFFFF);
            for (var at = starts[key]; at < ends[key] && ofKey < FindIndex.MostOfOneKey && count < places.Length; at++)
            {
                var entry = _entries[at];
                if (entry.Tag == tag)
                {
                    places[count++] = entry.Place;
                    ofKey++;
                }
            }
        }

        return count;
    }

    // Who came last stands first, whichever core was the quicker: a search that looks at some of a bucket only looks at the same each time.
    private void Order() => Parallel.For(0, (Buckets + AtOnce - 1) / AtOnce, chunk =>
    {
        for (var bucket = chunk * AtOnce; bucket < Math.Min(Buckets, (chunk + 1) * AtOnce); bucket++)
        {
            var (from, count) = (_starts[bucket], _starts[bucket + 1] - _starts[bucket]);
            if (count > 1)
            {
                _entries.AsSpan(from, count).Sort(static (one, other) => other.Place.CompareTo(one.Place));
            }
        }
    });

    private delegate void TakeKeys(int place, ReadOnlySpan<ulong> keys);

    // On all cores, in no order.
    private static void Each(PackedPeople people, TakeKeys take) => Parallel.For(0, (people.Count + AtOnce - 1) / AtOnce, chunk =>
    {
        Span<ulong> keys = stackalloc ulong[BlockingKeys.MostIndexed + 1];
        Span<char> text = stackalloc char[PackedPeople.LongestText];
        for (var place = chunk * AtOnce; place < Math.Min(people.Count, (chunk + 1) * AtOnce); place++)
        {
            var count = BlockingKeys.Indexed(people.View(place, text), keys[..BlockingKeys.MostIndexed]);
            if (BlockingKeys.OfEmail(people.Email(place)) is { } email)
            {
                keys[count++] = email;
            }

            take(place, keys[..count]);
        }
    });
}
