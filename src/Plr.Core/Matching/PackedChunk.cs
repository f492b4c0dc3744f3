namespace Plr.Core.Matching;

/// <summary>Records that are full: where each begins is told from the beginning of its group, in two bytes.</summary>
internal sealed class PackedChunk
{
    private const int Group = 16;

    private readonly byte[] _bytes;
    private readonly uint[] _bases;
    private readonly ushort[] _offsets;

    /// <param name="bytes">All records.</param>
    /// <param name="starts">Where each begins, and where the last ends.</param>
    public PackedChunk(byte[] bytes, ReadOnlySpan<uint> starts)
    {
        _bytes = bytes;
        _bases = new uint[((starts.Length - 1) / Group) + 1];
        _offsets = new ushort[starts.Length];
        for (var at = 0; at < starts.Length; at++)
        {
            if (at % Group == 0)
            {
                _bases[at / Group] = starts[at];
            }

            _offsets[at] = checked((ushort)(starts[at] - _bases[at / Group]));
        }
    }

    public long Size => _bytes.Length + (4L * _bases.Length) + (2L * _offsets.Length);

    public ReadOnlySpan<byte> Of(int at) => _bytes.AsSpan(Start(at)..Start(at + 1));

    private int Start(int at) => (int)(_bases[at / Group] + _offsets[at]);
}
