using System.Buffers;
using System.Globalization;
using Plr.Core.Text;

namespace Plr.Core.Accounts;

/// <summary>What an e-mail address to sign in by looks like; whether it works, only a message to it can tell.</summary>
public static class EmailAddresses
{
    public const int Longest = 254;

    private const int LongestLocalPart = 64;
    private const int LongestLabel = 63;

    // RFC 5321, 4.1.2: Dot-string. What must stand in quotes is no address that a person has.
    private static readonly SearchValues<char> Atom = SearchValues.Create("!#$%&'*+-/0123456789=?ABCDEFGHIJKLMNOPQRSTUVWXYZ^_`abcdefghijklmnopqrstuvwxyz{|}~");
    private static readonly SearchValues<char> Label = SearchValues.Create("-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>Whether mail can be sent to it: local part and domain as RFC 5321 has them without quotes; a domain may have letters of any language.</summary>
    public static bool IsOne(string text)
    {
        var address = text.AsSpan().Trim();
        var at = address.LastIndexOf('@');
        return MayBeOne(text) && IsLocalPart(address[..at]) && IsDomain(address[(at + 1)..].ToString());
    }

    /// <summary>Whether an account may be looked for under it: also under what was taken before <see cref="IsOne"/> asked for more.</summary>
    public static bool MayBeOne(string text)
    {
        var address = text.AsSpan().Trim();
        return address.Length <= Longest && address.IndexOf('@') > 0 && WireText.FirstFlaw(address) is null;
    }

    private static bool IsLocalPart(ReadOnlySpan<char> part) => part.Length <= LongestLocalPart && HasParts(part, LongestLocalPart, Atom);

    private static bool IsDomain(string domain)
    {
        try
        {
            var ascii = new IdnMapping().GetAscii(domain);
            var dot = ascii.LastIndexOf('.');
            var labels = ascii.Split('.');
            return dot > 0 && HasParts(ascii, LongestLabel, Label) && labels.All(label => label[0] != '-' && label[^1] != '-') && labels[^1].Any(char.IsAsciiLetter);
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>Parts with a dot between, none of them empty.</summary>
    private static bool HasParts(ReadOnlySpan<char> text, int longest, SearchValues<char> allowed)
    {
        foreach (var part in text.Split('.'))
        {
            if (text[part].IsEmpty || text[part].Length > longest || text[part].ContainsAnyExcept(allowed))
            {
                return false;
            }
        }

        return true;
    }
}
