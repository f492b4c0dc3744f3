using Plr.Core.Sharing;

namespace Plr.Server;

/// <summary>How shares of records are checked.</summary>
public sealed record SharingSettings
{
    /// <summary>After so many wrong dates of birth a share code waits. 1 to 100.</summary>
    public int WrongTriesOfACode { get; init; } = 5;

    /// <summary>After so many wrong tries from one address, whatever the codes, that address waits; those who have a link do not. 1 to 10000.</summary>
    public int WrongTriesOfAnAddress { get; init; } = 20;

    /// <summary>How many minutes they wait. 1 to 1440.</summary>
    public int WaitMinutes { get; init; } = 15;

    internal ShareTries Tries => new(WrongTriesOfACode, WrongTriesOfAnAddress, TimeSpan.FromMinutes(WaitMinutes));

    internal IEnumerable<string> Problems()
    {
        if (WrongTriesOfACode is < 1 or > 100 || WrongTriesOfAnAddress is < 1 or > 10_000 || WaitMinutes is < 1 or > 1440)
        {
            yield return "Sharing allows WrongTriesOfACode 1 to 100, WrongTriesOfAnAddress 1 to 10000 and WaitMinutes 1 to 1440.";
        }
    }
}
