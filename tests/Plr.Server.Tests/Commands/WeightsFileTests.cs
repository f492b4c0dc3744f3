using System.Text.Json.Nodes;
using Plr.Core.Matching;
using Plr.Server.Commands;

namespace Plr.Server.Tests.Commands;

/// <summary>A server whose settings name a file of match weights that is none.</summary>
public sealed class WeightsFileTests : IDisposable
{
    private readonly CommandFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(null, "Could not find file")]
    [InlineData("", "These are no match weights: ")]
    [InlineData("\"version\": 1,|\"version\": 2,", "they are of version 2, this program reads version 1.")]
    [InlineData("\"matchShare\": 2E-06|\"matchShare\": NaN", "These are no match weights: 'N' is an invalid start of a value.")]
    [InlineData("\"matchShare\": 2E-06|\"matchShare\": -2E-06", "matchShare, relativeShare and twinShare are above 0 and below 1.")]
    [InlineData("\"gender\": {|\"gender\": null, \"gender\": {", "These are no match weights: Duplicate properties not allowed")]
    [InlineData("no gender", "the field gender is missing.")]
    [InlineData("no names", "the frequencies of familyName are above 0 and at most 1.")]
    [InlineData("\"fields\": {|\"fields\": null, \"was\": {", "These are no match weights: ")]
    [InlineData("0.98|-0.98", "match of gender has a number that is not above 0 and at most 1.")]
    [InlineData("0.98|1e999", "match of gender has a number that is not above 0 and at most 1.")]
    [InlineData("0.98|0.098", "match of gender does not add up to 1.")]
    [InlineData("0.98|0.49, 0.49", "match of gender has 4 numbers where 3 are needed, the first of which is not used.")]
    [InlineData("\"JONES\": 0.0085|\"JONES\": 0", "the frequencies of familyName are above 0 and at most 1.")]
    [InlineData("cut", "These are no match weights: ")]
    public async Task A_server_does_not_start_with_a_file_that_is_no_weights_and_says_why(string? change, string why)
    {
        var shipped = MatchWeights.Shipped.Print();
        var text = change switch
        {
            "cut" => shipped[..(shipped.Length / 2)],
            "" => "",
            "no gender" => Without(shipped, "fields", "gender"),
            "no names" => Without(shipped, "frequencies", "familyName"),
            _ => Changed(shipped, change),
        };
        var path = Path.Combine(_folder.Folder, "weights.json");
        if (change is not null)
        {
            _folder.Write("weights.json", text);
        }

        using var enough = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var run = await _folder.RunAsync([("Matching:WeightsFile", path)], ["serve", "--urls", "http://127.0.0.1:0", "--data", _folder.Data], enough.Token);
        Assert.Equal(ExitCodes.Usage, run.Code);
        Assert.Contains($"Matching:WeightsFile is '{path}', which cannot be used: ", run.Error, StringComparison.Ordinal);
        Assert.Contains(why, run.Error, StringComparison.Ordinal);
    }

    private static string Without(string text, string part, string field)
    {
        var weights = JsonNode.Parse(text)!;
        weights[part]![field] = null;
        return weights.ToJsonString();
    }

    private static string Changed(string text, string? change)
    {
        if (change?.Split('|') is not [var from, var to])
        {
            return text;
        }

        var at = text.IndexOf(from, from == "0.98" ? text.IndexOf("\"gender\"", StringComparison.Ordinal) : 0, StringComparison.Ordinal);
        Assert.True(at > 0, from);
        return text[..at] + to + text[(at + from.Length)..];
    }
}
