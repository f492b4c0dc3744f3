using System.Text;
using Plr.Core.DataChallenges;

namespace Plr.Core.Tests.DataChallenges;

public class EvidenceTests
{
    private static readonly EvidenceLimits Limits = new(10, 5);

    public static TheoryData<byte[], string, string?> Files => new()
    {
        { Pdf(), "slip.pdf", null },
        { Pdf(), "slip.exe", null },
        { Jpeg(), "photo.jpg", null },
        { Png(), "scan.png", null },
        { [], "empty.pdf", "EvidenceEmpty" },
        { "PK\u0003\u0004 slip.pdf"u8.ToArray(), "slip.pdf", "EvidenceRefused" },
        { "<script>alert(1)</script>"u8.ToArray(), "photo.png", "EvidenceRefused" },
        { "<!doctype html>%PDF-1.7 %%EOF"u8.ToArray(), "slip.pdf", "EvidenceRefused" },
        { "%PDF-1.7 and nothing more"u8.ToArray(), "slip.pdf", "EvidenceRefused" },
        { "<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>"u8.ToArray(), "scan.png", "EvidenceRefused" },
        { [0x89, 0x50, 0x4E, 0x47], "scan.png", "EvidenceRefused" },
        { [0xFF, 0xD8], "photo.jpg", "EvidenceRefused" },
        { "GIF89a"u8.ToArray(), "photo.jpg", "EvidenceRefused" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_is_told_by_its_content_and_not_by_its_name(byte[] content, string name, string? refusal) => Assert.Equal(refusal, new SentFile(name, content).Refusal(Limits)?.Name);

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, "EvidenceTooLarge")]
    public void The_largest_file_is_taken_and_one_byte_more_is_not(int more, string? refusal)
    {
        var content = new byte[(10 * 1024 * 1024) + more];
        Png().CopyTo(content, 0);

        Assert.Equal(refusal, new SentFile("scan.png", content).Refusal(Limits)?.Name);
    }

    [Theory]
    [InlineData("slip.pdf", "slip.pdf")]
    [InlineData(@"C:\Users\Sian\slip.pdf", "slip.pdf")]
    [InlineData("../../etc/passwd", "passwd.pdf")]
    [InlineData("slip.pdf.exe", "slip.pdf.pdf")]
    [InlineData("<script>.png", "<script>.pdf")]
    [InlineData("a\0b\r\nc.pdf", "abc.pdf")]
    [InlineData("slip\u202Efdp.exe", "slipfdp.pdf")]
    [InlineData("...", "evidence.pdf")]
    [InlineData("", "evidence.pdf")]
    [InlineData(null, "evidence.pdf")]
    public void A_name_is_text_without_a_path_and_ends_as_what_the_file_is(string? name, string kept) => Assert.Equal(kept, new SentFile(name, Pdf()).CleanName);

    [Fact]
    public void A_long_name_is_cut() => Assert.Equal(124, new SentFile(new string('n', 5000) + ".pdf", Pdf()).CleanName.Length);

    private static byte[] Pdf() => Encoding.ASCII.GetBytes("%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n");

    private static byte[] Jpeg() => [0xFF, 0xD8, 0xFF, 0xE0, 0, 16, 0x4A, 0x46, 0x49, 0x46, 0, 0xFF, 0xD9];

    private static byte[] Png() => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1, 0, 0, 0, 1, 8, 6, 0, 0, 0];
}
