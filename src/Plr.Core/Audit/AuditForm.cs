using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using Plr.Core.Learners;

namespace Plr.Core.Audit;

/// <summary>
/// The final form of an entry: canonical JSON without personal data. The chain is named by a keyed pseudonym, the previous entry by its
/// SHA-256, the details by a salted SHA-256. A chain's head is sealed with a key that is not in the database, so that somebody who can
/// write to the database cannot forge a whole chain. Not thread-safe: one for each writer.
/// </summary>
public sealed class AuditForm : IDisposable
{
    /// <summary>Of the hash that stands for "none before me".</summary>
    public const int HashLength = 32;

    /// <summary>Of the salts beside details and versions, in bytes.</summary>
    public const int SaltLength = 16;

    private readonly IncrementalHash _keyed;
    private readonly CanonicalJson _json = new();
    private (AuditChain Chain, string Pseudonym)? _last;

    /// <param name="key">32 secret bytes; the same on every server of one register.</param>
    public AuditForm(ReadOnlySpan<byte> key)
    {
        if (key.Length != 32)
        {
            throw new ArgumentException("The trail's key has 32 bytes.", nameof(key));
        }

        _keyed = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
    }

    /// <summary>Writes an entry and gives its bytes, which stay valid until the next call.</summary>
    /// <param name="note">What happened.</param>
    /// <param name="access">Who, through what and why.</param>
    /// <param name="at">When, UTC, to the microsecond.</param>
    /// <param name="sequence">The place in the chain, from 1.</param>
    /// <param name="previous">SHA-256 of the entry before it in the chain; 32 zero bytes for the first.</param>
    /// <param name="detailsHash">Salted hash of the details, empty without.</param>
    public ReadOnlyMemory<byte> Write(AuditNote note, Access access, DateTimeOffset at, int sequence, ReadOnlySpan<byte> previous, ReadOnlySpan<byte> detailsHash)
    {
        _json.Begin()
            .Add("account", access.Actor.AccountId)
            .Add("action", note.Action.Word)
            .Add("actor", access.Actor.Kind)
            .Add("at", at)
            .Add("batch", note.Batch)
            .Add("batchRow", note.BatchRow)
            .Add("chain", Pseudonym(note.Chain))
            .Add("channel", access.Channel.Word())
            .Add("client", access.Actor.MachineClientId);
        if (note.Made is { } made)
        {
            _json.AddHex("content", made.ContentHash.Span);
        }

        _json.Add("correlation", access.CorrelationId);
        if (!detailsHash.IsEmpty)
        {
            _json.AddHex("details", detailsHash);
        }

        _json.Add("id", note.Made is { Table: not "learner" } ? note.Made.Id : note.EventId)
            .Add("organisation", access.Actor.OrganisationId)
            .AddHex("previous", previous)
            .Add("purpose", access.Purpose.Word())
            .Add("sequence", (long)sequence)
            .Add("table", note.Made?.Table ?? (note.EventId is null ? null : "learning_event"))
            .Add("version", note.Made?.Version)
            .End();
        return _json.Memory;
    }

    /// <summary>The keyed pseudonym of a chain: 32 hexadecimal digits.</summary>
    public string Pseudonym(AuditChain chain)
    {
        if (_last is { } last && last.Chain == chain)
        {
            return last.Pseudonym;
        }

        Span<byte> input = stackalloc byte[13];
        "chain"u8.CopyTo(input);
        BinaryPrimitives.WriteInt64BigEndian(input[5..], chain.Value);
        Span<byte> hash = stackalloc byte[32];
        _keyed.AppendData(input);
        _keyed.GetHashAndReset(hash);
        var pseudonym = Convert.ToHexStringLower(hash[..16]);
        _last = (chain, pseudonym);
        return pseudonym;
    }

    /// <summary>The seal of a chain's head: a keyed hash over chain, sequence and the last entry's hash.</summary>
    public byte[] Seal(AuditChain chain, int sequence, ReadOnlySpan<byte> hash)
    {
        Span<byte> input = stackalloc byte[8 + 4 + HashLength];
        BinaryPrimitives.WriteInt64BigEndian(input, chain.Value);
        BinaryPrimitives.WriteInt32BigEndian(input[8..], sequence);
        hash.CopyTo(input[12..]);
        _keyed.AppendData(input);
        return _keyed.GetHashAndReset();
    }

    /// <summary>Whether a head was sealed with this key.</summary>
    public bool IsSealed(AuditChain chain, int sequence, ReadOnlySpan<byte> hash, ReadOnlySpan<byte> seal) =>
        hash.Length == HashLength && CryptographicOperations.FixedTimeEquals(Seal(chain, sequence, hash), seal);

    /// <summary>SHA-256 of salt and bytes: for details and for the content of versions.</summary>
    public static byte[] SaltedHash(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> content)
    {
        var both = ArrayPool<byte>.Shared.Rent(salt.Length + content.Length);
        try
        {
            salt.CopyTo(both);
            content.CopyTo(both.AsSpan(salt.Length));
            return SHA256.HashData(both.AsSpan(0, salt.Length + content.Length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(both, clearArray: true);
        }
    }

    public void Dispose() => _keyed.Dispose();
}
