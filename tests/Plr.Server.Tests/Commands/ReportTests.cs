using System.Text;
using Plr.Core;
using Plr.Core.Audit;
using Plr.Core.Learners;
using Plr.Server.Commands;
using Plr.Testing;

namespace Plr.Server.Tests.Commands;

/// <summary><c>plr report</c> on a register with one learner.</summary>
public sealed class ReportTests : IDisposable
{
    private readonly CommandFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_report_is_made_at_the_console_and_the_learners_trail_says_so()
    {
        var uln = await LearnerAsync("Siân");
        var run = (await _folder.RunAsync("report", uln.ToDisplayString(), "--language", "cy", "--output", "made.pdf", "--reason", "Phoned, and gave her school.")).Done();

        var path = Path.Combine(_folder.Folder, "made.pdf");
        Assert.Matches(@"^.*made\.pdf: report ([0-9A-Z]{3}-){4}[0-9A-Z]{3}\.$", Assert.Single(run.Lines));
        Assert.StartsWith("%PDF-1.7", Encoding.Latin1.GetString(await File.ReadAllBytesAsync(path)), StringComparison.Ordinal);
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(path) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
        await using var register = await OpenAsync();
        var (lines, _) = await register.Part<IAuditTrail>().ReadAsync(uln, 0, 10, register.Upkeep());
        Assert.Equal(("report-made", "command-line", "register-upkeep"), (lines[0].Action, lines[0].Channel, lines[0].Purpose));
        Assert.Equal(ExitCodes.Refused, (await _folder.RunAsync("report", uln.ToString(), "--output", "made.pdf", "--reason", "Again.")).Code);
    }

    [Theory]
    [InlineData("123", "Called.", "pdf", "the ULN is not one")]
    [InlineData("1000000078", "Called.", "pdf", "no report was made: ULN not found")]
    [InlineData("own", " ", "csv", "Reason is missing")]
    [InlineData("own", "Called.", "pdf", "美 (Given name)")]
    public async Task What_cannot_be_made_is_refused_in_words_and_writes_no_file(string asked, string reason, string format, string said)
    {
        var uln = await LearnerAsync("美");
        var run = await _folder.RunAsync("report", asked == "own" ? uln.ToString() : asked, "--format", format, "--output", "none", "--reason", reason);

        Assert.Equal(ExitCodes.Refused, run.Code);
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_folder.Folder, "none")));
    }

    private Task<OpenRegister> OpenAsync() => OpenRegister.OpenAsync(new Settings { DataFolder = _folder.Data }, Clock.New(), TestContext.Current.CancellationToken);

    private async Task<Uln> LearnerAsync(string givenName)
    {
        await using var register = await OpenAsync();
        var outcomes = await register.Part<ILearnerStore>().RegisterAsync([A.Registration(A.Learner(givenName))], null, register.Upkeep());
        return Uln.Parse(outcomes[0].Uln!);
    }
}
