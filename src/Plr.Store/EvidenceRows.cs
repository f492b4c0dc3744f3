using System.Buffers.Binary;
using System.Security.Cryptography;
using Plr.Core.DataChallenges;

namespace Plr.Store;

/// <summary>
/// How evidence lies in the database: in parts, each encrypted with AES-256-GCM and bound to its file, its place and the number of parts, so that none can be
/// exchanged, left out or cut off. The key is made of the register's keys, which are not in the database.
/// </summary>
internal sealed class EvidenceRows(StoreKeys keys)
{
    /// <summary>Somebody writes so many challenges at once at most, as far as their files go.</summary>
    public const int MostJourneys = 4;

    private const string Select = "SELECT id, name, kind, size, added_at FROM data_challenge_evidence";
    private const int PartLength = 256 * 1024;
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private readonly byte[] _sealing = keys.For("challenge evidence");
    private readonly byte[] _hashing = keys.For("challenge evidence digests");

    public static async Task<IReadOnlyList<Evidence>> OfChallengeAsync(Session session, Guid challenge) =>
        [.. (await session.QueryAsync<Row>($"{Select} WHERE challenge_id = @challenge ORDER BY added_at, id", new { challenge })).Select(row => row.ToEvidence())];

    public static async Task<IReadOnlyList<Evidence>> OfJourneyAsync(Session session, Guid journey, Guid account) =>
        [.. (await session.QueryAsync<Row>($"{Select} WHERE journey_id = @journey AND account_id = @account ORDER BY added_at, id", new { journey, account })).Select(row => row.ToEvidence())];

    /// <summary>What was sent with a journey goes with the challenge that was written in it.</summary>
    public static Task<int> AttachAsync(Session session, Guid? journey, Guid? account, Guid challenge) => journey is null
        ? Task.FromResult(0)
        : session.ExecuteAsync("UPDATE data_challenge_evidence SET challenge_id = @challenge, journey_id = NULL WHERE journey_id = @journey AND account_id = @account", new { challenge, journey, account });

    /// <summary>Whether the same file is among these: the button was pressed twice.</summary>
    public async Task<bool> HasAsync(Session session, IReadOnlyList<Evidence> among, SentFile file) => among.Count > 0 && await session.SingleOrDefaultAsync<int>(
        $"SELECT count(*) FROM data_challenge_evidence WHERE digest = @digest AND {session.AnyOf("id", "ids")}", new { digest = Digest(file.Content), ids = session.Keys(among.Select(one => one.Id)) }) > 0;

    public async Task AddAsync(Session session, SentFile file, Guid? journey, Guid? challenge, Guid? account, DateTimeOffset at)
    {
        var id = Guid.CreateVersion7(at);
        await session.ExecuteAsync(
            """
            INSERT INTO data_challenge_evidence (id, challenge_id, journey_id, account_id, name, kind, size, digest, added_at)
            VALUES (@id, @challenge, @journey, @account, @CleanName, @kind, @size, @digest, @at)
            """,
            new
            {
                id,
                challenge,
                journey,
                account,
                file.CleanName,
                kind = (int)(EvidenceKinds.Of(file.Content) ?? throw new ArgumentException("It is no evidence.", nameof(file))),
                size = file.Content.Length,
                digest = Digest(file.Content),
                at,
            });
        var parts = PartsOf(file.Content.Length);
        for (var number = 0; number < parts; number++)
        {
            var content = Seal(file.Content.AsSpan(number * PartLength, Math.Min(PartLength, file.Content.Length - (number * PartLength))), id, number, parts);
            await session.ExecuteAsync("INSERT INTO data_challenge_evidence_part (evidence_id, number, content) VALUES (@id, @number, @content)", new { id, number, content });
        }
    }

    /// <exception cref="CryptographicException">A part was changed, exchanged or removed.</exception>
    public async Task<byte[]> ContentAsync(Session session, Evidence evidence)
    {
        var parts = (await session.QueryAsync<byte[]>("SELECT content FROM data_challenge_evidence_part WHERE evidence_id = @Id ORDER BY number", new { evidence.Id })).ToList();
        var content = new byte[evidence.Size];
        if (parts.Count != PartsOf(evidence.Size))
        {
            throw new CryptographicException("Evidence is not whole.");
        }

        foreach (var (number, part) in parts.Index())
        {
            Open(part, content.AsSpan(number * PartLength, Math.Min(PartLength, evidence.Size - (number * PartLength))), evidence.Id, number, parts.Count);
        }

        return content;
    }

    private byte[] Seal(ReadOnlySpan<byte> plain, Guid id, int number, int parts)
    {
        var stored = new byte[NonceLength + TagLength + plain.Length];
        var nonce = stored.AsSpan(0, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(_sealing, TagLength);
        cipher.Encrypt(nonce, plain, stored.AsSpan(NonceLength + TagLength), stored.AsSpan(NonceLength, TagLength), Bound(id, number, parts));
        return stored;
    }

    private void Open(byte[] stored, Span<byte> plain, Guid id, int number, int parts)
    {
        if (stored.Length != NonceLength + TagLength + plain.Length)
        {
            throw new CryptographicException("Evidence is not whole.");
        }

        using var cipher = new AesGcm(_sealing, TagLength);
        cipher.Decrypt(stored.AsSpan(0, NonceLength), stored.AsSpan(NonceLength + TagLength), stored.AsSpan(NonceLength, TagLength), plain, Bound(id, number, parts));
    }

    private static byte[] Bound(Guid id, int number, int parts)
    {
        var bound = new byte[24];
        id.TryWriteBytes(bound);
        BinaryPrimitives.WriteInt32BigEndian(bound.AsSpan(16), number);
        BinaryPrimitives.WriteInt32BigEndian(bound.AsSpan(20), parts);
        return bound;
    }

    private static int PartsOf(int length) => (length + PartLength - 1) / PartLength;

    private byte[] Digest(byte[] content) => HMACSHA256.HashData(_hashing, content);

    private sealed class Row
    {
        public Guid Id { get; init; }

        public string Name { get; init; } = "";

        public EvidenceKind Kind { get; init; }

        public int Size { get; init; }

        public DateTimeOffset AddedAt { get; init; }

        public Evidence ToEvidence() => new(Id, Name, Kind, Size, AddedAt);
    }
}
