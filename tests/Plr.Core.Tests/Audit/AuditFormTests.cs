using System.Security.Cryptography;
using System.Text;
using Plr.Core.Audit;
using Plr.Core.Learners;
using Plr.Testing;

namespace Plr.Core.Tests.Audit;

/// <summary>The form is final: entries that were written stand for ever, so the bytes are held here one by one.</summary>
public class AuditFormTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];
    private static readonly Uln Learner = Uln.Parse("9276308686");

    private static readonly Core.Access Clerk = new(
        new Actor(Roles.LrbBatch, Guid.Parse("0199aaaa-0000-7000-8000-000000000002"), "Huw Pugh", Guid.Parse("0199aaaa-0000-7000-8000-000000000003")),
        Channel.Batch, Purpose.Enrolment, "batch-5");

    private static byte[] Keyed(byte[] bytes) => HMACSHA256.HashData(Key, bytes);

    private static string Write(AuditNote note, Core.Access access, byte[] detailsHash)
    {
        using var form = new AuditForm(Key);
        return Encoding.UTF8.GetString(form.Write(note, access, Clock.Noon, 2, new byte[32], detailsHash).Span);
    }

    [Fact]
    public void An_entry_of_a_write_has_these_bytes()
    {
        var made = new AuditedVersion("learning_event", 7, 3, new byte[] { 0xAB, 0xCD });
        Assert.Equal(
            """{"account":"0199aaaa-0000-7000-8000-000000000002","action":"event-updated","actor":"organisation-user","at":"2026-11-23T12:00:00.000000Z","batch":5,"batchRow":17,"chain":"CHAIN","channel":"batch","content":"abcd","correlation":"batch-5","details":"ef01","id":7,"organisation":"0199aaaa-0000-7000-8000-000000000003","previous":"0000000000000000000000000000000000000000000000000000000000000000","purpose":"enrolment","sequence":2,"table":"learning_event","version":3}"""
                .Replace("CHAIN", LearnerPseudonym, StringComparison.Ordinal),
            Write(new(AuditChain.Of(Learner), AuditAction.EventUpdated, made, 5, 17, "{}"), Clerk, [0xEF, 0x01]));
    }

    [Fact]
    public void An_entry_of_a_reading_has_these_bytes() => Assert.Equal(
        """{"action":"record-shown","actor":"learner","at":"2026-11-23T12:00:00.000000Z","chain":"CHAIN","channel":"learner-site","correlation":"c","previous":"0000000000000000000000000000000000000000000000000000000000000000","purpose":"own-record","sequence":2}"""
            .Replace("CHAIN", LearnerPseudonym, StringComparison.Ordinal),
        Write(new(AuditChain.Of(Learner), AuditAction.RecordShown), new(new Actor(Roles.Learner, null, "Siân", null, Learner), Channel.LearnerSite, Purpose.OwnRecord, "c"), []));

    [Fact]
    public void An_entry_holds_nothing_personal_not_even_the_ULN()
    {
        var made = new AuditedVersion("learner", Learner.Value, 1, new byte[32]);
        var entry = Write(new(AuditChain.Of(Learner), AuditAction.LearnerRegistered, made, Details: """{"person":"Huw Pugh"}"""), Clerk, new byte[32]);
        Assert.DoesNotContain("Huw", entry, StringComparison.Ordinal);
        Assert.DoesNotContain(Learner.ToString(), entry, StringComparison.Ordinal);
        Assert.DoesNotContain("\"id\"", entry, StringComparison.Ordinal);
    }

    [Fact]
    public void Pseudonyms_and_seals_are_keyed_hashes_of_these_bytes()
    {
        using var form = new AuditForm(Key);
        byte[] number = [0x00, 0x00, 0x00, 0x02, 0x28, 0xE9, 0x3C, 0xCE];
        Assert.Equal(Learner.Value, System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(number));
        Assert.Equal(Convert.ToHexStringLower(Keyed([.. "chain"u8, .. number]))[..32], form.Pseudonym(AuditChain.Of(Learner)));
        Assert.Equal(LearnerPseudonym, form.Pseudonym(AuditChain.Of(Learner)));
        byte[] hash = [.. Enumerable.Repeat((byte)9, 32)];
        Assert.Equal(Keyed([.. number, 0, 0, 0, 4, .. hash]), form.Seal(AuditChain.Of(Learner), 4, hash));
        Assert.Equal(SHA256.HashData([1, 2, 3, 4]), AuditForm.SaltedHash([1, 2], [3, 4]));
    }

    [Fact]
    public void Another_key_gives_other_pseudonyms_and_seals_and_must_have_32_bytes()
    {
        using var form = new AuditForm(Key);
        using var other = new AuditForm(new byte[32]);
        Assert.NotEqual(form.Pseudonym(AuditChain.Register), other.Pseudonym(AuditChain.Register));
        Assert.NotEqual(form.Seal(AuditChain.Register, 0, new byte[32]), other.Seal(AuditChain.Register, 0, new byte[32]));
        Assert.Throws<ArgumentException>(() => new AuditForm(new byte[31]));
    }

    [Theory]
    [InlineData(Roles.None, "nobody")]
    [InlineData(Roles.Learner, "learner")]
    [InlineData(Roles.Register, "register")]
    [InlineData(Roles.LrbOnline | Roles.SuperUser, "organisation-user")]
    [InlineData(Roles.OfficeAgent, "officer")]
    [InlineData(Roles.Auditor, "officer")]
    public void The_kind_of_actor_follows_from_the_roles(Roles roles, string kind) => Assert.Equal(kind, new Actor(roles).Kind);

    [Fact]
    public void Every_word_of_the_trail_is_its_own()
    {
        var actions = typeof(AuditAction).GetFields(System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.Static).Select(field => ((AuditAction)field.GetValue(null)!).Word).ToList();
        Assert.Equal(actions.Count, actions.Distinct().Count());
        Assert.Equal(Enum.GetValues<Channel>().Length, Enum.GetValues<Channel>().Select(channel => channel.Word()).Distinct().Count());
        Assert.Equal(Enum.GetValues<Purpose>().Length, Enum.GetValues<Purpose>().Select(purpose => purpose.Word()).Distinct().Count());
    }

    private const string LearnerPseudonym = "45287a8708a6da57b75cf946d9456b6a";
}
