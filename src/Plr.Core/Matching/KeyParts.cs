namespace Plr.Core.Matching;

/// <summary>
/// Keys with the places of those who have them, until the table is made: in parts by the beginning of the key, so that each part of the table is filled by itself, in memory that is near. In a
/// part they stand in the order of the places. Eight bytes a key.
/// </summary>
internal sealed class KeyParts
{
    public const int Parts = 256;
    private const int SmallestBlock = 16;
    private const int LargestBlock = 1 << 14;

    private readonly Part[] _parts = new Part[Parts];

    /// <summary>How many keys.</summary>
    public int Count { get; private set; }

    /// <summary>The part of a key: its first eight bits.</summary>
    public static int PartOf(ulong key) => (int)(key >> 56);

    /// <summary>What of a key tells it apart in its part.</summary>
    public static uint WordOf(ulong key) => unchecked((uint)(key >> 24));

    /// <summary>The end of a word: its beginning is told by the bucket already.</summary>
    public static ushort TagOf(uint word) => unchecked((ushort)word);

    public void Add(int place, ReadOnlySpan<ulong> keys)
    {
        Count = checked(Count + keys.Length);
        foreach (var key in keys)
        {
            _parts[PartOf(key)].Add(((ulong)WordOf(key) << 32) | (uint)place);
        }
    }

    public int CountOf(int part) => _parts[part].Count;

    public IEnumerable<ReadOnlyMemory<ulong>> BlocksOf(int part) => _parts[part].Blocks();

    public void Release(int part) => _parts[part] = default;

    // Blocks rather than one array that grows: the largest register needs hundreds of megabytes of them, once.
    private struct Part
    {
        private List<ulong[]>? _full;
        private ulong[]? _open;
        private int _inOpen;

        public int Count { get; private set; }

        public void Add(ulong key)
        {
            if (_open is null || _inOpen == _open.Length)
            {
                Open();
            }

            _open![_inOpen++] = key;
            Count++;
        }

        public readonly IEnumerable<ReadOnlyMemory<ulong>> Blocks()
        {
            foreach (var block in _full ?? [])
            {
                yield return block;
            }

            if (_open is not null)
            {
                yield return _open.AsMemory(0, _inOpen);
            }
        }

        private void Open()
        {
            if (_open is not null)
            {
                (_full ??= []).Add(_open);
            }

            _open = GC.AllocateUninitializedArray<ulong>(Math.Clamp(2 * (_open?.Length ?? 0), SmallestBlock, LargestBlock));
            _inOpen = 0;
        }
    }
}
