using System.Text;
using System.Text.Json;
using FsCheck.Xunit;
using Plr.Core.Audit;

namespace Plr.Core.Tests.Audit;

public class CanonicalJsonTests
{
    /// <summary>The example string of RFC 8785, 3.2.2.2 and 3.2.3: only what must be escaped is, in the shortest way.</summary>
    [Fact]
    public void Strings_are_written_as_RFC_8785_writes_them() =>
        Assert.Equal("""{"string":"€$\u000f\nA'B\"\\\\\"/"}""", new CanonicalJson().Begin().Add("string", "€$\u000F\nA'B\"\\\\\"/").End().ToString());

    [Fact]
    public void Control_characters_have_their_short_escapes_or_lower_case_hexadecimal_and_nothing_else_is_escaped() => Assert.Equal(
        "{\"c\":\"\\u0000\\u0001\\b\\t\\n\\u000b\\f\\r\\u001f\u007f\u0080\u2028<é🦊\"}",
        new CanonicalJson().Begin().Add("c", "\u0000\u0001\b\t\n\u000b\f\r\u001f\u007f\u0080\u2028<é🦊").End().ToString());

    [Fact]
    public void Values_have_one_form_and_null_is_absent() => Assert.Equal(
        """{"a":-1,"b":9007199254740991,"c":true,"d":false,"e":"2008-02-29","f":"2026-11-23T12:00:00.000001Z","g":"0199aaaa-0000-7000-8000-00000000000f","h":"00ff"}""",
        new CanonicalJson().Begin().Add("a", -1L).Add("b", 9007199254740991L).Add("c", true).Add("d", false).Add("e", new DateOnly(2008, 2, 29))
            .Add("f", new DateTimeOffset(2026, 11, 23, 13, 0, 0, TimeSpan.FromHours(1)).AddMicroseconds(1)).Add("g", Guid.Parse("0199AAAA-0000-7000-8000-00000000000F"))
            .AddHex("h", [0, 255]).Add("i", (string?)null).Add("j", (long?)null).Add("k", (Guid?)null).Add("l", (DateOnly?)null).End().ToString());

    [Theory]
    [InlineData("b", "a")]
    [InlineData("a", "a")]
    [InlineData("aa", "a")]
    [InlineData("a", "B")]
    [InlineData("\uFB33", "\uD83D\uDE00")]
    public void Members_out_of_order_are_a_bug(string first, string second)
    {
        var json = new CanonicalJson().Begin().Add(first, "1");
        Assert.Throws<InvalidOperationException>(() => json.Add(second, "2"));
    }

    [Fact]
    public void A_writer_begins_anew_without_a_trace_of_before()
    {
        var json = new CanonicalJson();
        json.Begin().Add("z", "long before").End();
        Assert.Equal("""{"a":"b"}""", json.Begin().Add("a", "b").End().ToString());
        Assert.Equal("{}", json.Begin().End().ToString());
    }

    [Property]
    public bool Any_text_is_read_back_as_it_was(string? text)
    {
        // A lone surrogate is no character; nothing that holds one gets so far.
        var value = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text ?? ""));
        using var document = JsonDocument.Parse(new CanonicalJson().Begin().Add("a", value).End().Bytes.ToArray());
        return document.RootElement.GetProperty("a").GetString() == value;
    }
}
