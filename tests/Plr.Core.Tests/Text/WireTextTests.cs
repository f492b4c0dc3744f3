using FsCheck.Xunit;
using Plr.Core.Text;

namespace Plr.Core.Tests.Text;

public class WireTextTests
{
    [Theory]
    [InlineData("ab\0c", TextFlawKind.Nul, 2)]
    [InlineData("a\u001Bb", TextFlawKind.ControlCharacter, 1)]
    [InlineData("a\u007F", TextFlawKind.ControlCharacter, 1)]
    [InlineData("a\u0085", TextFlawKind.ControlCharacter, 1)]
    [InlineData("a\u009F", TextFlawKind.ControlCharacter, 1)]
    [InlineData("a\tb", TextFlawKind.ControlCharacter, 1)]
    [InlineData("a\nb", TextFlawKind.ControlCharacter, 1)]
    [InlineData("a\uFFFF", TextFlawKind.Noncharacter, 1)]
    public void The_first_flaw_is_named_with_its_place(string text, TextFlawKind kind, int position)
    {
        Assert.Equal(new TextFlaw(kind, position), WireText.FirstFlaw(text));
        Assert.False(WireText.IsStorable(text));
    }

    // Attributes cannot carry half a pair: the compiler writes them as UTF-8.
    [Fact]
    public void Half_a_surrogate_pair_is_a_flaw()
    {
        Assert.Equal(new TextFlaw(TextFlawKind.LoneSurrogate, 0), WireText.FirstFlaw("\uD800"));
        Assert.Equal(new TextFlaw(TextFlawKind.LoneSurrogate, 1), WireText.FirstFlaw("a\uDC00"));
        Assert.Equal(new TextFlaw(TextFlawKind.LoneSurrogate, 0), WireText.FirstFlaw("\uD800\uD800\uDC00"));
        Assert.Equal(new TextFlaw(TextFlawKind.LoneSurrogate, 3), WireText.FirstFlaw("abc\uD83D"));
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData(" Blean ")]
    [InlineData("Siân 😀 李 Sia\u0302n")]
    [InlineData("~ to  ")]
    public void Any_other_text_may_be_stored(string? text) => Assert.True(WireText.IsStorable(text));

    [Fact]
    public void Lines_and_tabs_may_be_stored_where_they_are_allowed_and_other_controls_never()
    {
        Assert.True(WireText.IsStorable("a\r\n\tb", linesAllowed: true));
        Assert.Equal(new TextFlaw(TextFlawKind.ControlCharacter, 3), WireText.FirstFlaw("a\r\n\u000Bb", linesAllowed: true));
        Assert.False(WireText.IsStorable("\0", linesAllowed: true));
    }

    [Property]
    public void What_may_be_stored_survives_UTF_8(string? text)
    {
        if (WireText.IsStorable(text, linesAllowed: true))
        {
            var bytes = System.Text.Encoding.UTF8.GetBytes(text ?? "");
            Assert.Equal(text ?? "", System.Text.Encoding.UTF8.GetString(bytes));
        }
    }
}
