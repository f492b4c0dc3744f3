using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Plr.Core.Learners;

/// <summary>
/// The order in which ULN stems are issued: a keyed permutation of the 900,000,000 nine-digit stems, so that each number of a database
/// sequence gives one stem, each stem once, in an order that nobody can guess without the key. A balanced Feistel network over 30 bits,
/// walked until the value falls below 900,000,000 (1.2 steps on average). The round function is a truncated HMAC-SHA256 over the round and the
/// 15-bit half, computed once per round and half when the object is made (8 tables of 32,768 entries, 512 KiB), so a call is some loads.
/// The key must never change for a register: a changed key issues stems again that are taken.
/// </summary>
public sealed class UlnPermutation
{
    /// <summary>How many stems there are: sequence values run from 0 to this number less one.</summary>
    public const int Count = Uln.HighestStem - Uln.LowestStem + 1;

    /// <summary>The length of the key in bytes.</summary>
    public const int KeyLength = 32;

    private const int Rounds = 8;
    private const int HalfBits = 15;
    private const int HalfSize = 1 << HalfBits;
    private const int HalfMask = HalfSize - 1;

    private readonly ushort[] _rounds;

    /// <summary>Derives the round tables from the key; takes some 0.1 s, so keep the object.</summary>
    /// <param name="key">32 secret random bytes.</param>
    /// <exception cref="ArgumentException">The key has another length.</exception>
    public UlnPermutation(ReadOnlySpan<byte> key)
    {
        if (key.Length != KeyLength)
        {
            throw new ArgumentException("The key of the ULN permutation has 32 bytes.", nameof(key));
        }

        _rounds = RoundTables(key);
    }

    /// <summary>The stem that a sequence value stands for.</summary>
    /// <param name="sequenceValue">0 to 899,999,999.</param>
    /// <returns>100,000,000 to 999,999,999. It may have remainder 0, and is then passed over: see <see cref="UlnAt"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The sequence has run out of the range: the register is full.</exception>
    public int Stem(long sequenceValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sequenceValue);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(sequenceValue, Count);
        var value = (int)sequenceValue;
        do
        {
            value = Forward(value);
        }
        while (value >= Count);
        return value + Uln.LowestStem;
    }

    /// <summary>The ULN that a sequence value stands for, or null when its stem has no check digit and is passed over (1 in 11).</summary>
    /// <exception cref="ArgumentOutOfRangeException">See <see cref="Stem"/>.</exception>
    public Uln? UlnAt(long sequenceValue) => Uln.TryFromStem(Stem(sequenceValue), out var uln) ? uln : null;

    /// <summary>The sequence value that gives a stem; the inverse of <see cref="Stem"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not a nine-digit stem.</exception>
    public long SequenceValueOf(int stem)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(stem, Uln.LowestStem);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(stem, Uln.HighestStem);
        var value = stem - Uln.LowestStem;
        do
        {
            value = Backward(value);
        }
        while (value >= Count);
        return value;
    }

    private int Forward(int value)
    {
        var left = value >> HalfBits;
        var right = value & HalfMask;
        for (var round = 0; round < Rounds; round++)
        {
            (left, right) = (right, left ^ _rounds[(round << HalfBits) | right]);
        }

        return (left << HalfBits) | right;
    }

    private int Backward(int value)
    {
        var left = value >> HalfBits;
        var right = value & HalfMask;
        for (var round = Rounds - 1; round >= 0; round--)
        {
            (left, right) = (right ^ _rounds[(round << HalfBits) | left], left);
        }

        return (left << HalfBits) | right;
    }

    private static ushort[] RoundTables(ReadOnlySpan<byte> key)
    {
        // One HMAC gives 16 neighbouring entries of a round's table: its 32 bytes are read as 16 big-endian numbers of 15 bits.
        const int EntriesPerBlock = HMACSHA256.HashSizeInBytes / sizeof(ushort);
        var tables = new ushort[Rounds * HalfSize];
        Span<byte> block = stackalloc byte[sizeof(int)];
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        for (var first = 0; first < tables.Length; first += EntriesPerBlock)
        {
            BinaryPrimitives.WriteInt32BigEndian(block, first / EntriesPerBlock);
            HMACSHA256.HashData(key, block, hash);
            for (var i = 0; i < EntriesPerBlock; i++)
            {
                tables[first + i] = (ushort)(BinaryPrimitives.ReadUInt16BigEndian(hash[(i * sizeof(ushort))..]) & HalfMask);
            }
        }

        return tables;
    }
}
