using BenchmarkDotNet.Attributes;
using Plr.Core;
using Plr.Core.Audit;
using Plr.Core.Learners;
using Plr.Core.LearningEvents;

namespace Plr.Bench;

/// <summary>What runs once for every row or every request.</summary>
[MemoryDiagnoser]
public class HotPaths : IDisposable
{
    private readonly UlnPermutation _permutation = new(new byte[UlnPermutation.KeyLength]);
    private readonly AuditForm _form = new(new byte[32]);
    private readonly AuditNote _note = new(AuditChain.Of(Uln.Parse("1000000043")), AuditAction.RecordShown);
    private readonly Access _access = new(Actor.Register, Channel.Portal, Purpose.Enrolment, "00000000000000000000000000000000");
    private readonly byte[] _previous = new byte[AuditForm.HashLength];
    private readonly AchievementText _achievement = new()
    {
        Uln = "1000000043",
        GivenName = "Amelia",
        FamilyName = "Johnson",
        DateOfBirth = "1999-07-21",
        Gender = "2",
        ProviderUkprn = "10000001",
        UnitOrQualificationReferenceNumber = "600/1166/X",
        AchievementAwardDate = "2024-08-22",
        Grade = "A*",
        LanguageForAssessment = "English",
        Action = "1",
        ActionDate = "2026-11-23",
        SubmissionType = "FINAL",
    };

    private long _sequence;

    [Benchmark]
    public bool ParseUln() => Uln.TryParse("1000000043", out _);

    [Benchmark]
    public Uln? IssueUln() => _permutation.UlnAt(_sequence++ % UlnPermutation.Count);

    [Benchmark]
    public int CheckAchievement() => AchievementRules.Check(_achievement).Count;

    [Benchmark]
    public int WriteAuditEntry() => _form.Write(_note, _access, DateTimeOffset.UnixEpoch, 17, _previous, default).Length;

    public void Dispose()
    {
        _form.Dispose();
        GC.SuppressFinalize(this);
    }
}
