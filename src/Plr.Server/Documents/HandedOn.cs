namespace Plr.Server.Documents;

/// <summary>
/// Takes what is written to it and hands it on when it is told to: the framework's zip writer ends an entry with a write that waits, which a response does
/// not allow.
/// </summary>
/// <param name="to">Stays open.</param>
internal sealed class HandedOn(Stream to) : Stream
{
    private readonly MemoryStream _held = new();

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Hands on what was written since the last time.</summary>
    public async Task HandOnAsync(CancellationToken ct)
    {
        _held.Position = 0;
        await _held.CopyToAsync(to, ct);
        _held.SetLength(0);
    }

    public override void Write(byte[] buffer, int offset, int count) => _held.Write(buffer, offset, count);

    public override void Write(ReadOnlySpan<byte> buffer) => _held.Write(buffer);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => _held.WriteAsync(buffer, offset, count, cancellationToken);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => _held.WriteAsync(buffer, cancellationToken);

    public override void Flush()
    {
        // Nothing goes anywhere before it is handed on.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _held.Dispose();
        base.Dispose(disposing);
    }
}
