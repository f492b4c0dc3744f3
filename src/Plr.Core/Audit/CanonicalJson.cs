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
    private readonly ArrayBufferWriter<byte> _bytes = new(512);
    private string? _last;

    /// <summary>The bytes of the whole object, after <see cref="End"/>.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.WrittenSpan;

    public override string ToString() => Encoding.UTF8.GetString(_bytes.WrittenSpan);

    /// <summary>Begins anew, keeping the buffer.</summary>
    public CanonicalJson Begin()
    {
        _bytes.ResetWrittenCount();
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
            number.TryFormat(_bytes.GetSpan(20), out var written, default, CultureInfo.InvariantCulture);
            _bytes.Advance(written);
        }

        return this;
    }

    public CanonicalJson Add(string name, bool? value)
    {
        if (value is { } claim)
        {
            Name(name);
            _bytes.Write(claim ? "true"u8 : "false"u8);
        }

        return this;
    }

    public CanonicalJson Add(string name, Guid? value)
    {
        if (value is { } id)
        {
            Name(name);
            Put('"');
            id.TryFormat(_bytes.GetSpan(36), out var written);
            _bytes.Advance(written);
            Put('"');
        }

        return this;
    }

    /// <summary>A date as yyyy-MM-dd.</summary>
    public CanonicalJson Add(string name, DateOnly? value) => Add(name, value?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    /// <summary>An instant as yyyy-MM-ddTHH:mm:ss.ffffffZ.</summary>
    public CanonicalJson Add(string name, DateTimeOffset? value) =>
        Add(name, value?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));

    /// <summary>Bytes as lower-case hexadecimal.</summary>
    public CanonicalJson AddHex(string name, ReadOnlySpan<byte> value) => Add(name, Convert.ToHexStringLower(value));

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
        var from = 0;
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] is '"' or '\\' or < ' ')
            {
                Encoding.UTF8.GetBytes(value.AsSpan(from, i - from), _bytes);
                Escape(value[i]);
                from = i + 1;
            }
        }

        Encoding.UTF8.GetBytes(value.AsSpan(from), _bytes);
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
            Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"), _bytes);
        }
        else
        {
            _bytes.Write(escaped);
        }
    }

    private void Put(char ascii)
    {
        _bytes.GetSpan(1)[0] = (byte)ascii;
        _bytes.Advance(1);
    }
}
