using Plr.Core;
using Plr.Core.Duplicates;
using Plr.Core.Learners;
using Plr.Server.Commands;
using Plr.Testing;

namespace Plr.Server.Tests.Commands;

/// <summary><c>plr match duplicates</c> and <c>plr match index check</c> on a register of a few.</summary>
public sealed class MatchRegisterTests : IDisposable
{
    private readonly CommandFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_scan_lists_who_may_be_one_person_once_and_nobody_else()
    {
        var ulns = await RegisterAsync(
            A.Learner("Blodwen", "Tegryd", "2006-03-09"),
            A.Learner("Blodwen", "Tegrid", "2006-09-03"),
            A.Learner("Mohammed", "Okonjo", "2004-11-30") with { LastKnownPostCode = "B11 3AB", Gender = "1" });
        var first = (await _folder.RunAsync("match", "duplicates")).Done();
        Assert.Contains("Of 3 learners, 1 pair may be one person: 1 new on the work list, 0 with a new weight", string.Join('\n', first.Lines), StringComparison.Ordinal);
        Assert.Contains("0 new on the work list", string.Join('\n', (await _folder.RunAsync("match", "duplicates")).Done().Lines), StringComparison.Ordinal);

        await using var register = await OpenAsync();
        var listed = await register.Part<IDuplicateStore>().ListAsync(DuplicateState.Open, null, 10, register.Upkeep());
        var pair = Assert.Single(listed);
        Assert.Equal(ulns[..2].Order(), new[] { pair.Low, pair.High });
        Assert.True(pair.Weight > 10);
    }

    [Fact]
    public async Task A_servers_index_is_proved_to_hold_what_the_store_does()
    {
        await RegisterAsync(A.Learner("Blodwen", "Tegryd", "2006-03-09"), A.Learner("Ifan", "Morus", "2004-11-30"));
        await using var served = await Served.StartAsync(_folder, "serve", "--urls", "http://127.0.0.1:0", "--data", _folder.Data);
        var address = served.Lines[^1].Split(' ').First(word => word.StartsWith("http://", StringComparison.Ordinal)).TrimEnd('.');
        var run = (await _folder.RunAsync("match", "index", "check", "--server", address)).Done();
        Assert.Contains("holds what the store does: 2 learners", run.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_said_in_words()
    {
        await RegisterAsync(A.Learner());
        var run = await _folder.RunAsync("match", "index", "check", "--server", "http://127.0.0.1:9");
        Assert.Equal(ExitCodes.Refused, run.Code);
        Assert.Contains("no server answers at http://127.0.0.1:9/", run.Error, StringComparison.Ordinal);
    }

    private Task<OpenRegister> OpenAsync() => OpenRegister.OpenAsync(new Settings { DataFolder = _folder.Data }, Clock.New(), TestContext.Current.CancellationToken);

    private async Task<List<Uln>> RegisterAsync(params LearnerText[] learners)
    {
        await using var register = await OpenAsync();
        var outcomes = await register.Part<ILearnerStore>().RegisterAsync([.. learners.Select((learner, at) => A.Registration(learner, at + 1))], null, register.Upkeep());
        return [.. outcomes.Select(outcome => Uln.Parse(outcome.Uln!))];
    }
}
