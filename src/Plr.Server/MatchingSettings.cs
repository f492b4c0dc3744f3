using Plr.Core.Learners;
using Plr.Core.Matching;

namespace Plr.Server;

/// <summary>How people are found and when somebody new is registered.</summary>
public sealed record MatchingSettings
{
    /// <summary>Who weighs more than so many bits may be the person who is looked for: each bit doubles the odds. Lower finds a little more and offers strangers to many. -20 to 40.</summary>
    public double PossibleAboveBits { get; init; } = FindIndex.Possible;

    /// <summary>A learner is registered by a page or call only after a search for them by the same organisation within so many minutes. 1 to 1440.</summary>
    public int SearchGoodForMinutes { get; init; } = 120;

    /// <summary>After possible matches were shown, a registration comes no sooner than after so many seconds: time to look at them. 0 to 600.</summary>
    public int LookAtPossibleForSeconds { get; init; } = 5;

    /// <summary>A file with the weights of the matcher, as <c>plr match train</c> writes them. Empty: those that are shipped.</summary>
    public string WeightsFile { get; init; } = "";

    internal SearchRules Rules => new(PossibleAboveBits, TimeSpan.FromMinutes(SearchGoodForMinutes), TimeSpan.FromSeconds(LookAtPossibleForSeconds));

    internal MatchWeights Weights() => WeightsFile.Length == 0 ? MatchWeights.Shipped : MatchWeights.Parse(File.ReadAllText(WeightsFile));

    internal IEnumerable<string> Problems()
    {
        if (PossibleAboveBits is not (>= -20 and <= 40))
        {
            yield return "Matching:PossibleAboveBits allows -20 to 40.";
        }

        if (SearchGoodForMinutes is < 1 or > 1440 || LookAtPossibleForSeconds is < 0 or > 600)
        {
            yield return "Matching allows SearchGoodForMinutes 1 to 1440 and LookAtPossibleForSeconds 0 to 600.";
        }

        if (WeightsFile.Length > 0 && WeightsFault() is { } fault)
        {
            yield return $"Matching:WeightsFile is '{WeightsFile}', which cannot be used: {fault}";
        }
    }

    private string? WeightsFault()
    {
        try
        {
            Weights();
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            return e.Message;
        }
    }
}
