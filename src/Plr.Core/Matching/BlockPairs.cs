using System.Runtime.InteropServices;

namespace Plr.Core.Matching;

/// <summary>One core's share of a <see cref="DuplicateScan"/>: looks through buckets of the index's table, block by block.</summary>
internal sealed class BlockPairs(FindIndex index, Matcher matcher, NameRarities rarities, double threshold, Func<DuplicatePair, bool, bool> give)
{
    private readonly Member[] _members = new Member[DuplicateScan.LargestWhole];
    private readonly ulong[] _oneKeys = new ulong[BlockingKeys.MostIndexed];
    private readonly ulong[] _otherKeys = new ulong[BlockingKeys.MostIndexed];
    private readonly char[] _oneText = new char[PackedPeople.LongestText];
    private readonly char[] _otherText = new char[PackedPeople.LongestText];
    private ulong[] _entries = new ulong[1024];

    /// <summary>What was done so far.</summary>
    public Tally Done { get; } = new();

    public void Look(int from, int to)
    {
        for (var bucket = from; bucket < to; bucket++)
        {
            var found = index.Table.Entries(bucket);
            if (found.Length < 2)
            {
                continue;
            }

            if (_entries.Length < found.Length)
            {
                _entries = new ulong[found.Length * 2];
            }

            for (var at = 0; at < found.Length; at++)
            {
                _entries[at] = ((ulong)found[at].Tag << 32) | (uint)found[at].Place;
            }

            var entries = _entries.AsSpan(0, found.Length);
            entries.Sort();
            LookAtBlocks(bucket, entries);
        }
    }

    private void LookAtBlocks(int bucket, Span<ulong> entries)
    {
        for (var first = 0; first < entries.Length;)
        {
            var tag = (ushort)(entries[first] >> 32);
            var end = first + 1;
            while (end < entries.Length && (ushort)(entries[end] >> 32) == tag)
            {
                end++;
            }

            if (end - first > 1)
            {
                Done.Blocks++;
                LookAtBlock(new(bucket, tag), entries[first..end]);
            }

            first = end;
        }
    }

    private void LookAtBlock(BlockPlace block, ReadOnlySpan<ulong> entries)
    {
        if (entries.Length > DuplicateScan.LargestWhole)
        {
            LookAtNeighbours(block, entries);
            return;
        }

        // Somebody whose names sound alike has a key twice.
        var count = 0;
        var last = -1;
        foreach (var entry in entries)
        {
            var place = (int)(entry & int.MaxValue);
            if (place != last)
            {
                _members[count++] = At(place);
                last = place;
            }
        }

        for (var i = 0; i < count; i++)
        {
            ref readonly var one = ref _members[i];
            Done.Looked += count - 1 - i;
            for (var j = i + 1; j < count; j++)
            {
                if (MayBeOne(one, _members[j]))
                {
                    Weigh(block, one.Place, _members[j].Place, isLarge: false);
                }
            }
        }
    }

    private void LookAtNeighbours(BlockPlace block, ReadOnlySpan<ulong> entries)
    {
        var places = new List<int>(entries.Length);
        foreach (var entry in entries)
        {
            var place = (int)(entry & int.MaxValue);
            if (places.Count == 0 || places[^1] != place)
            {
                places.Add(place);
            }
        }

        Done.LargeBlocks++;
        Done.InLargeBlocks += places.Count;
        places.Sort(index.People.Compare);
        for (var i = 0; i < places.Count; i++)
        {
            var one = At(places[i]);
            for (var j = i + 1; j < places.Count && j - i <= DuplicateScan.Neighbours; j++)
            {
                Done.Looked++;
                if (MayBeOne(one, At(places[j])))
                {
                    Weigh(block, Math.Min(places[i], places[j]), Math.Max(places[i], places[j]), isLarge: true);
                }
            }
        }
    }

    private Member At(int place) => new(place, index.People.Sketches[place], rarities.Given(place), rarities.Family(place));

    private bool MayBeOne(in Member one, in Member other)
    {
        var (given, family) = (Math.Min(one.Given, other.Given), Math.Min(one.Family, other.Family));
        return matcher.Ceiling.Of(one.Sketch, other.Sketch, given, family) > threshold
            && (!(one.Sketch.IsOther || other.Sketch.IsOther) || MayBeOneByAnyName(one, other, given, family));
    }

    private bool MayBeOneByAnyName(in Member one, in Member other, double given, double family)
    {
        Span<Sketch> ones = stackalloc Sketch[Sketch.Most];
        Span<Sketch> others = stackalloc Sketch[Sketch.Most];
        return matcher.Ceiling.MayExceed(threshold, ones[..Sketches(one, ones)], others[..Sketches(other, others)], given, family);
    }

    private int Sketches(in Member member, Span<Sketch> sketches)
    {
        if (member.Sketch.IsOther)
        {
            return Sketch.OfEachName(index.People.View(member.Place, _oneText), sketches);
        }

        sketches[0] = member.Sketch;
        return 1;
    }

    private void Weigh(BlockPlace block, int one, int other, bool isLarge)
    {
        var left = index.People.View(one, _oneText);
        var right = index.People.View(other, _otherText);
        if (!IsWeighedHere(block, left, right, isLarge))
        {
            return;
        }

        Done.Weighed++;
        var weight = matcher.Weigh(left, right);
        if (weight > threshold && give(new(index.People.Number(one), index.People.Number(other), weight), isLarge))
        {
            Done.Found++;
        }
    }

    // Of the blocks that both are in, those that are compared whole come first, and of them the one with the least key. In none but large blocks: in each, and given once.
    private bool IsWeighedHere(BlockPlace block, in PersonView left, in PersonView right, bool isLarge)
    {
        var ones = _oneKeys.AsSpan(0, BlockingKeys.Indexed(left, _oneKeys));
        var others = _otherKeys.AsSpan(0, BlockingKeys.Indexed(right, _otherKeys));
        var least = ulong.MaxValue;
        var isOfBlock = false;
        foreach (var key in ones)
        {
            if (key < least && others.Contains(key))
            {
                isOfBlock |= index.Table.PlaceOf(key) == block;
                least = index.Table.SizeOf(key) <= DuplicateScan.LargestWhole ? key : least;
            }
        }

        return isLarge ? isOfBlock && least == ulong.MaxValue : least != ulong.MaxValue && index.Table.PlaceOf(least) == block;
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Member(int Place, Sketch Sketch, double Given, double Family);

    /// <summary>Counts.</summary>
    internal sealed class Tally
    {
        public long Blocks { get; set; }

        public long Looked { get; set; }

        public long Weighed { get; set; }

        public long Found { get; set; }

        public long LargeBlocks { get; set; }

        public long InLargeBlocks { get; set; }

        public void Add(Tally other)
        {
            Blocks += other.Blocks;
            Looked += other.Looked;
            Weighed += other.Weighed;
            Found += other.Found;
            LargeBlocks += other.LargeBlocks;
            InLargeBlocks += other.InLargeBlocks;
        }
    }
}
