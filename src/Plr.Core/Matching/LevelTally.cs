namespace Plr.Core.Matching;

/// <summary>How much of each level was seen.</summary>
internal sealed class LevelTally
{
    private readonly double[] _seen = new double[MatchFields.Count * 16];

    public double Pairs { get; private set; }

    public double this[MatchField field, int level] => _seen[((int)field * 16) + level];

    public void Add(MatchLevels levels, double weight)
    {
        Pairs += weight;
        for (var field = 0; field < MatchFields.Count; field++)
        {
            _seen[(field * 16) + levels[(MatchField)field]] += weight;
        }
    }

    /// <summary>The pairs that have the field on both sides.</summary>
    public double Known(MatchField field)
    {
        double sum = 0;
        for (var level = 1; level < 16; level++)
        {
            sum += this[field, level];
        }

        return sum;
    }
}
