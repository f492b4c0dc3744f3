using System.Globalization;
using System.Text.Json;
using Plr.Core.Matching;

namespace Plr.Server.Commands;

/// <summary>Match weights side by side, for a person who reviews them: m, u and bits of each level of each field, and how common names are.</summary>
internal sealed class WeightsTable
{
    // A change that is worth a look, in bits.
    private const double Noticed = 0.5;
    private const int MostNames = 10;

    private readonly Surroundings _around;
    private readonly List<(string Title, MatchWeights Weights)> _columns;

    public WeightsTable(Surroundings around, (string Title, MatchWeights Weights) before, (string Title, MatchWeights Weights) after)
    {
        _around = around;
        _columns = before.Weights == MatchWeights.Shipped ? [($"shipped, {before.Title}", before.Weights), after] : [("shipped", MatchWeights.Shipped), before, after];
    }

    private MatchWeights Before => _columns[^2].Weights;

    private MatchWeights After => _columns[^1].Weights;

    public void Say()
    {
        foreach (var (title, weights) in _columns)
        {
            _around.Say($"{title,-16} {weights.Edition ?? "without a name"}. {weights.Origin}");
        }

        if (After.Training is { } note)
        {
            _around.Say($"Learned on {note.At:yyyy-MM-dd HH:mm} UTC from {Surroundings.Many(note.Learners, "learner")} and {Surroundings.Many(note.Pairs, "pair")} of {note.PartOfBlocks:P1} of the blocks, which seem to hold {note.Matches:N0} pairs of one person. Seed {note.Seed}.");
        }

        _around.Say();
        _around.Say($"m, u and weight in bits of each level; * where the weight changes by half a bit or more.");
        _around.Say();
        _around.Say($"{string.Empty,-38}{string.Concat(_columns.Select(column => $"  {column.Title,24}"))}");
        _around.Say($"{string.Empty,-38}{string.Concat(_columns.Select(_ => $"  {"m",8}{"u",8}{"bits",8}"))}");
        var (changed, same) = (Enum.GetValues<MatchField>().Where(IsChanged).ToList(), Enum.GetValues<MatchField>().Where(field => !IsChanged(field)).ToList());
        changed.ForEach(SayField);
        if (same.Count > 0)
        {
            _around.Say($"As shipped: {string.Join(", ", same.Select(Name))}.");
        }

        _around.Say();
        SayNames(MatchField.GivenName);
        SayNames(MatchField.FamilyName);
    }

    private bool IsChanged(MatchField field) => _columns.Exists(column =>
        !column.Weights.Fields[field].Match.Skip(1).SequenceEqual(MatchWeights.Shipped.Fields[field].Match.Skip(1))
        || !column.Weights.Fields[field].Chance.Skip(1).SequenceEqual(MatchWeights.Shipped.Fields[field].Chance.Skip(1)));

    private void SayField(MatchField field)
    {
        var bits = _columns.ConvertAll(column => LevelBits.Of(field, column.Weights.Fields[field]));
        for (var level = 1; level < MatchFields.Levels(field); level++)
        {
            var cells = _columns.Select((column, at) =>
                $"  {Share(column.Weights.Fields[field].Match[level]),8}{Share(column.Weights.Fields[field].Chance[level]),8}{bits[at][level].ToString("F2", CultureInfo.InvariantCulture),8}");
            var mark = Math.Abs(bits[^1][level] - bits[^2][level]) >= Noticed ? " *" : "";
            _around.Say($"{(level == 1 ? Name(field) : ""),-13} {MatchFields.Word(field, level),-24}{string.Concat(cells)}{mark}");
        }
    }

    // Names that many have, or that are shipped: there are no others in a file.
    private void SayNames(MatchField field)
    {
        var (before, after) = (Shares(Before, field), Shares(After, field));
        _around.Say($"{Name(field)}: {Surroundings.Many(after.Count, "name")} with a share of their own, {before.Count:N0} before; any other name {Share(After.Fields[field].Rest)}, {Share(Before.Fields[field].Rest)} before.");
        var most = before.Keys.Union(after.Keys)
            .Select(name => (Name: name, Before: before.GetValueOrDefault(name, Before.Fields[field].Rest), After: after.GetValueOrDefault(name, After.Fields[field].Rest)))
            .Where(line => line is { Before: > 0, After: > 0 } && Math.Abs(Math.Log2(line.After / line.Before)) >= Noticed)
            .OrderByDescending(line => Math.Abs(Math.Log2(line.After / line.Before))).ThenBy(line => line.Name, StringComparer.Ordinal)
            .Take(MostNames);
        foreach (var line in most)
        {
            _around.Say($"  {line.Name,-24} {Share(line.Before),8} -> {Share(line.After),8}  {Math.Log2(line.Before / line.After),8:F2} bits");
        }
    }

    private static Dictionary<string, double> Shares(MatchWeights weights, MatchField field) => weights.Frequencies.TryGetValue(field, out var shares) ? shares.ToDictionary() : [];

    private static string Name(MatchField field) => JsonNamingPolicy.CamelCase.ConvertName(field.ToString());

    private static string Share(double share) => share.ToString(share >= 0.001 ? "F4" : "0.0E-0", CultureInfo.InvariantCulture);
}
