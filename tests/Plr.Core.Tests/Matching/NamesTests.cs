using System.Globalization;
using System.Text;
using FsCheck.Xunit;
using Plr.Core.Matching;

namespace Plr.Core.Tests.Matching;

public class NamesTests
{
    [Theory]
    [InlineData("Siân", "SIAN")]
    [InlineData("Llŷr Ap-Gwŷn", "LLYRAPGWYN")]
    [InlineData("Rhŵydd", "RHWYDD")]
    [InlineData("Ó Súilleabháin", "OSUILLEABHAIN")]
    [InlineData("O'Brien", "OBRIEN")]
    [InlineData("O’Brien", "OBRIEN")]
    [InlineData("O‘Brien", "OBRIEN")]
    [InlineData("OʼBrien", "OBRIEN")]
    [InlineData("O`Brien", "OBRIEN")]
    [InlineData("O´Brien", "OBRIEN")]
    [InlineData("Oʻahu", "OAHU")]
    [InlineData("Łukasz Żółć", "LUKASZZOLC")]
    [InlineData("Świętosława", "SWIETOSLAWA")]
    [InlineData("Işıl", "ISIL")]
    [InlineData("İbrahim", "IBRAHIM")]
    [InlineData("ibrahim", "IBRAHIM")]
    [InlineData("Yıldız", "YILDIZ")]
    [InlineData("Nguyễn Thị Hương", "NGUYENTHIHUONG")]
    [InlineData("Đặng", "DANG")]
    [InlineData("Strauß", "STRAUSS")]
    [InlineData("STRAUẞ", "STRAUSS")]
    [InlineData("Søren Ærø", "SORENAERO")]
    [InlineData("Þórður", "THORDUR")]
    [InlineData("Ångström", "ANGSTROM")]
    [InlineData("Smith-Jones", "SMITHJONES")]
    [InlineData("Smith‑Jones", "SMITHJONES")]
    [InlineData("Smith–Jones", "SMITHJONES")]
    [InlineData("Smith\u00ADJones", "SMITHJONES")]
    [InlineData("Smith\u00A0Jones", "SMITHJONES")]
    [InlineData("St. John", "STJOHN")]
    [InlineData("  Ann  ", "ANN")]
    [InlineData("ＡＮＮ", "ANN")]
    [InlineData("Ann\u200B", "ANN")]
    [InlineData("Δημήτρης", "ΔΗΜΗΤΡΗΣ")]
    [InlineData("Сергій", "СЕРГІИ")]
    [InlineData("李小龙", "李小龙")]
    [InlineData("-.'", "")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void Folding_leaves_capital_letters_without_marks(string? name, string folded) => Assert.Equal(folded, Names.Fold(name));

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("lt-LT")]
    [InlineData("cy-GB")]
    public void Folding_is_the_same_in_every_culture(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            Assert.Equal("IBRAHIMISIL", Names.Fold("ibrahim ışıl"));
            Assert.True(Names.EqualIgnoringCase("idris", "IDRIS"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Property]
    public void Folding_twice_changes_nothing(string? name)
    {
        var folded = Names.Fold(name);
        Assert.Equal(folded, Names.Fold(folded));
    }

    [Theory]
    [InlineData("Siân Élodie Nguyễn Żółć")]
    [InlineData("Ångström Llŷr")]
    public void Folding_does_not_see_how_accents_are_encoded(string name) =>
        Assert.Equal(Names.Fold(name.Normalize(NormalizationForm.FormC)), Names.Fold(name.Normalize(NormalizationForm.FormD)));

    [Theory]
    [InlineData("Evans", "EVANS", true)]
    [InlineData("Blean ", "Blean", true)]
    [InlineData("siân", "SIÂN", true)]
    [InlineData("Sia\u0302n", "Siân", true)]
    [InlineData("", null, true)]
    [InlineData("Siân", "Sian", false)]
    [InlineData("O'Brien", "OBrien", false)]
    [InlineData("O'Brien", "O’Brien", false)]
    [InlineData("Ann Marie", "AnnMarie", false)]
    [InlineData("Smith-Jones", "Smith Jones", false)]
    [InlineData("Yildiz", "Yıldız", false)]
    public void An_exact_match_ignores_case_and_outer_blanks_and_nothing_else(string? left, string? right, bool equal)
    {
        Assert.Equal(equal, Names.EqualIgnoringCase(left, right));
        Assert.Equal(equal, Names.EqualIgnoringCase(right, left));
    }

    [Fact]
    public void Half_a_surrogate_pair_breaks_nothing()
    {
        Assert.Equal("A\uFFFDB", Names.Fold("A\uD800b"));
        Assert.True(Names.EqualIgnoringCase("\uD800", "\uD800"));
        Assert.False(Names.EqualIgnoringCase("\uD800", "A"));
    }
}
