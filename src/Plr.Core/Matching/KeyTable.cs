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

    private readonly int[] _starts;
    private readonly Entry[] _entries;
    private readonly uint _bucketsOfPart;

    private KeyTable(int[] starts, Entry[] entries, uint bucketsOfPart) => (_starts, _entries, _bucketsOfPart) = (starts, entries, bucketsOfPart);

    /// <summary>Of nobody.</summary>
    public static KeyTable Empty { get; } = Of(new());

    /// <summary>What it takes of memory, in bytes.</summary>
    public long Bytes => (4L * _starts.Length) + (6L * _entries.Length);

    /// <summary>How many buckets it has.</summary>
    public int Buckets => _starts.Length - 1;

    public ReadOnlySpan<Entry> Entries(int bucket) => _entries.AsSpan(_starts[bucket].._starts[bucket + 1]);

    public BlockPlace PlaceOf(ulong key) => new(BucketOf(key), KeyParts.TagOf(KeyParts.WordOf(key)));

    private int BucketOf(ulong key) => (int)(((uint)KeyParts.PartOf(key) * _bucketsOfPart) + InPart(KeyParts.WordOf(key), _bucketsOfPart));

    private static uint InPart(uint word, uint buckets) => (uint)(((ulong)word * buckets) >> 32);

    /// <summary>How often a key was added.</summary>
    public int SizeOf(ulong key)
    {
        var place = PlaceOf(key);
        var size = 0;
        foreach (var entry in Entries(place.Bucket))
        {
            size += entry.Tag == place.Tag ? 1 : 0;
        }

        return size;
    }

    /// <summary>The table of all keys, made on all cores; of each part of them the room is given back when it is in the table.</summary>
    public static KeyTable Of(KeyParts keys)
    {
        var bucketsOfPart = (uint)Math.Max(1, (keys.Count + (KeysPerBucket * KeyParts.Parts) - 1) / (KeysPerBucket * KeyParts.Parts));
        var starts = new int[checked((int)(bucketsOfPart * KeyParts.Parts) + 1)];
        var entries = new Entry[keys.Count];
        var firsts = new int[KeyParts.Parts];
        for (var part = 1; part < KeyParts.Parts; part++)
        {
            firsts[part] = firsts[part - 1] + keys.CountOf(part - 1);
        }

        Parallel.For(0, KeyParts.Parts, part =>
        {
            Fill(keys, part, firsts[part], starts.AsSpan((int)(part * bucketsOfPart), (int)bucketsOfPart), entries);
            keys.Release(part);
        });
        starts[^1] = entries.Length;
        return new(starts, entries, bucketsOfPart);
    }

    private static void Fill(KeyParts keys, int part, int first, Span<int> starts, Entry[] entries)
    {
        foreach (var block in keys.BlocksOf(part))
        {
            foreach (var key in block.Span)
            {
                starts[(int)InPart((uint)(key >> 32), (uint)starts.Length)]++;
            }
        }

        var end = first;
        foreach (ref var start in starts)
        {
            end += start;
            start = end;
        }

        // From the end of each bucket to its beginning, which the start then is: who came last stands first.
        foreach (var block in keys.BlocksOf(part))
        {
            foreach (var key in block.Span)
            {
                var word = (uint)(key >> 32);
                entries[--starts[(int)InPart(word, (uint)starts.Length)]] = new((int)(key & int.MaxValue), KeyParts.TagOf(word));
            }
        }
    }

    /// <summary>The places of the members of the keys, of none more than <see cref="FindIndex.MostOfOneKey"/>; answers how many.</summary>
    public int Gather(ReadOnlySpan<ulong> keys, Span<int> places)
    {
        // Memory answers late and several questions at once: all buckets are asked for before the first is looked at.
        Span<int> starts = stackalloc int[BlockingKeys.MostIndexed];
        Span<int> ends = stackalloc int[BlockingKeys.MostIndexed];
        for (var at = 0; at < keys.Length; at++)
        {
            var bucket = BucketOf(keys[at]);
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
            var tag = KeyParts.TagOf(KeyParts.WordOf(keys[key]));
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
}
