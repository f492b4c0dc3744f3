namespace Plr.Core.Matching;

/// <summary>Writes the folded texts of a person one after another (<see cref="Slot"/>), most of them without anything between what came and what is kept.</summary>
internal ref struct SlotWriter(Span<char> room)
{
    /// <summary>Far more than the register's fields hold; a file may hold anything.</summary>
    public const int LongestSlot = 128;

    // A text of more blanks than this may have more words than are read of one.
    private const int LongestCode = 12;

    private readonly Span<char> _room = room;
    private int _length;

    public readonly ReadOnlySpan<char> Text => _room[.._length];

    private readonly Span<char> Next => _room.Slice(_length, LongestSlot);

    /// <summary>A given or family name; answers what was written.</summary>
    public ReadOnlySpan<char> Write(string? name, bool isFamily)
    {
        var from = _length;
        var length = NameWords.WriteOneWord(name, isFamily, Next);
        End(length >= 0 ? length : Copy(isFamily ? NameWords.Family(name) : NameWords.Given(name)));
        return _room[from..(_length - 1)];
    }

    /// <summary>The words of other names that are neither the given nor the family name, each once.</summary>
    public void WriteOtherNames(scoped ReadOnlySpan<string?> names, scoped ReadOnlySpan<char> given, scoped ReadOnlySpan<char> family)
    {
        var next = Next;
        var length = 0;
        foreach (var name in names)
        {
            if (string.IsNullOrEmpty(name))
            {
                continue;
            }

            var words = NameWords.Family(name).AsSpan();
            foreach (var range in words.Split(' '))
            {
                var word = words[range];
                if (word.Length > 1 && !NameComparison.HasWord(given, word) && !NameComparison.HasWord(family, word) && !NameComparison.HasWord(next[..length], word) && length + 1 + word.Length <= next.Length)
                {
                    next[length] = ' ';
                    length += length == 0 ? 0 : 1;
                    word.CopyTo(next[length..]);
                    length += word.Length;
                }
            }
        }

        End(length);
    }

    /// <summary>Words of any text.</summary>
    public void WriteWords(string? text) => End(string.IsNullOrEmpty(text) ? 0 : Copy(NameWords.Plain(text)));

    /// <summary>Letters and digits of a code, such as a postcode.</summary>
    public void WriteLetters(string? code)
    {
        var next = Next;
        var length = 0;
        foreach (var letter in code ?? string.Empty)
        {
            if (code!.Length > LongestCode || !(char.IsAsciiLetterOrDigit(letter) || letter == ' '))
            {
                length = Copy(NameWords.Plain(code).Replace(" ", string.Empty, StringComparison.Ordinal));
                break;
            }

            if (letter != ' ')
            {
                next[length++] = char.IsAsciiLetterLower(letter) ? (char)(letter - 'a' + 'A') : letter;
            }
        }

        End(length);
    }

    /// <summary>An e-mail address in capitals.</summary>
    public void WriteEmail(string? address)
    {
        if (string.IsNullOrEmpty(address))
        {
            End(0);
            return;
        }

        var kept = address.Where(c => !char.IsWhiteSpace(c) && !char.IsControl(c));
        End(Copy(string.Concat(kept).ToUpperInvariant()));
    }

    private readonly int Copy(string text)
    {
        var kept = text.AsSpan(0, Math.Min(text.Length, LongestSlot));
        kept.CopyTo(Next);
        return kept.Length;
    }

    private void End(int length)
    {
        _length += length;
        _room[_length++] = PersonView.Separator;
    }
}
