using Plr.Core.Text;

namespace Plr.Core.Accounts;

/// <summary>What an e-mail address to sign in by looks like; whether it works, only a message to it can tell.</summary>
internal static class EmailAddresses
{
    public const int Longest = 254;

    public static bool IsOne(string text)
    {
        var address = text.AsSpan().Trim();
        var at = address.IndexOf('@');
        return address.Length <= Longest && at > 0 && at == address.LastIndexOf('@') && WireText.FirstFlaw(address) is null
            && !ContainsBlank(address) && IsDomain(address[(at + 1)..]);
    }

    private static bool IsDomain(ReadOnlySpan<char> domain) =>
        domain.Contains('.') && domain[0] != '.' && domain[^1] != '.' && !domain.Contains("..", StringComparison.Ordinal);

    private static bool ContainsBlank(ReadOnlySpan<char> address)
    {
        foreach (var c in address)
        {
            if (char.IsWhiteSpace(c))
            {
                return true;
            }
        }

        return false;
    }
}
