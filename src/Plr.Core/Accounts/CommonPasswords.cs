using System.Collections.Frozen;

namespace Plr.Core.Accounts;

/// <summary>The passwords that most people have, and that are tried first (CommonPasswords.txt; where they are from stands beside it). Read at the first question.</summary>
internal static class CommonPasswords
{
    private static readonly Lazy<FrozenSet<string>> All = new(Read);

    /// <summary>Capital and small letters are one: whoever tries them tries both.</summary>
    public static bool Contain(string password) => All.Value.Contains(password);

    private static FrozenSet<string> Read()
    {
        using var stream = typeof(CommonPasswords).Assembly.GetManifestResourceStream("CommonPasswords.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    }
}
