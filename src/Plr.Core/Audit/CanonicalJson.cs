using System.Buffers;
using System.Globalization;
using System.Text;

namespace Plr.Core.Audit;

/// <summary>
/// Writes JSON in the canonical form of RFC 8785 for what the trail and the versions need: objects whose members are given in the order of
/// their names, strings, whole numbers, booleans and nulls. The same facts give the same bytes on any engine and any machine.
/// </summary>
public sealed class CanonicalJson
{
    private static readonly SearchValues<char> Escaped = SearchValues.Create([.. Enumerable.Range(0, ' ').Select(c => (char)c), '"', '\\']);
    private byte[] _buffer = new byte[1024];
    private int _length;
    private string? _last;

    /// <summary>The bytes of the whole object, after <see cref="End"/>.</summary>
    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, _length);

    /// <summary>As <see cref="Bytes"/>; valid until <see cref="Begin"/>.</summary>
    public ReadOnlyMemory<byte> Memory => _buffer.AsMemory(0, _length);

    public override string ToString() => Encoding.UTF8.GetString(Bytes);

    /// <summary>Begins anew, keeping the buffer.</summary>
    public CanonicalJson Begin()
    {
        _length = 0;
        Put('{');
        _last = null;
        return this;
    }

    public CanonicalJson End()
    {
        Put('}');
        return this;
    }

    /// <summary>A member; absent when the value is null, so that a field added later does not change old bytes.</summary>
    public CanonicalJson Add(string name, string? value)
    {
        if (value is not null)
        {
            Name(name);
            Text(value);
        }

        return this;
    }

    public CanonicalJson Add(string name, long? value)
    {
        if (value is { } number)
        {
            Name(name);
            Format(number, default);
        }

        return this;
    }

    public CanonicalJson Add(string name, bool? value)
    {
        if (value is { } claim)
        {
            Name(name);
            Put(claim ? "true"u8 : "false"u8);
        }

        return this;
    }

    public CanonicalJson Add(string name, Guid? value)
    {
        if (value is { } id)
        {
            Name(name);
            Quoted(id, "D");
        }

        return this;
    }

    /// <summary>A date as yyyy-MM-dd.</summary>
    public CanonicalJson Add(string name, DateOnly? value)
    {
        if (value is { } date)
        {
            Name(name);
            Quoted(date, "yyyy-MM-dd");
        }

        return this;
    }

    /// <summary>An instant as yyyy-MM-ddTHH:mm:ss.ffffffZ.</summary>
    public CanonicalJson Add(string name, DateTimeOffset? value)
    {
        if (value is { } instant)
        {
            Name(name);
            Quoted(instant.UtcDateTime, "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'");
        }

        return this;
    }

    /// <summary>Bytes as lower-case hexadecimal.</summary>
    public CanonicalJson AddHex(string name, ReadOnlySpan<byte> value)
    {
        Name(name);
        Put('"');
        Reserve(value.Length * 2);
        Convert.TryToHexStringLower(value, _buffer.AsSpan(_length), out var written);
        _length += written;
        Put('"');
        return this;
    }

    private void Name(string name)
    {
        if (_last is not null)
        {
            if (string.CompareOrdinal(_last, name) >= 0)
            {
                throw new InvalidOperationException($"RFC 8785 wants {name} before {_last}.");
            }

            Put(',');
        }

        _last = name;
        Text(name);
        Put(':');
    }

    private void Text(string value)
    {
        Put('"');
        var rest = value.AsSpan();
        int next;
        while ((next = rest.IndexOfAny(Escaped)) >= 0)
        {
            Utf8(rest[..next]);
            Escape(rest[next]);
            rest = rest[(next + 1)..];
        }

        Utf8(rest);
        Put('"');
    }

    private void Escape(char c)
    {
        ReadOnlySpan<byte> escaped = c switch
        {
            '"' => "\\\""u8,
            '\\' => "\\\\"u8,
            '\b' => "\\b"u8,
            '\f' => "\\f"u8,
            '\n' => "\\n"u8,
            '\r' => "\\r"u8,
            '\t' => "\\t"u8,
            _ => default,
        };
        if (escaped.IsEmpty)
        {
            Utf8(string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"));
        }
        else
        {
            Put(escaped);
        }
    }

    private void Quoted<T>(T value, string format)
        where T : IUtf8SpanFormattable
    {
        Put('"');
        Format(value, format);
        Put('"');
    }

    private void Format<T>(T value, ReadOnlySpan<char> format)
        where T : IUtf8SpanFormattable
    {
        Reserve(64);
        value.TryFormat(_buffer.AsSpan(_length), out var written, format, CultureInfo.InvariantCulture);
        _length += written;
    }

    private void Utf8(ReadOnlySpan<char> text)
    {
        Reserve(text.Length * 3);
        _length += Encoding.UTF8.GetBytes(text, _buffer.AsSpan(_length));
    }

    private void Put(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_buffer.AsSpan(_length));
        _length += bytes.Length;
    }

    private void Put(char ascii)
    {
        Reserve(1);
        _buffer[_length++] = (byte)ascii;
    }

    private void Reserve(int more)
    {
        if (_buffer.Length - _length < more)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + more));
        }
    }
}
