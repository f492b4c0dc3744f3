using FsCheck.Xunit;
using Plr.Core.Learners;

namespace Plr.Core.Tests.Learners;

public class UlnPermutationTests
{
    private static readonly UlnPermutation Permutation = new(Key(1));

    [Fact]
    public void The_same_key_gives_the_same_stems_for_ever()
    {
        // Changing these numbers would issue ULNs again that learners already hold. They were computed by a second implementation, in Python.
        long[] sequence = [0, 1, 2, 3, 1_000_000, 449_999_999, 899_999_998, 899_999_999];
        int[] stems = [969_711_200, 456_859_853, 998_816_970, 463_025_887, 902_140_491, 873_283_622, 254_399_817, 774_235_705];
        Assert.Equal(stems, sequence.Select(Permutation.Stem));
    }

    [Fact]
    public void Another_key_gives_another_order()
    {
        var other = new UlnPermutation(Key(2));
        var same = Enumerable.Range(0, 1000).Count(n => Permutation.Stem(n) == other.Stem(n));
        Assert.Equal(0, same);
    }

    [Fact]
    public void Two_hundred_thousand_sequence_values_give_as_many_stems_all_in_range_and_about_one_in_eleven_is_passed_over()
    {
        const int Many = 200_000;
        var stems = new HashSet<int>(Many);
        var passedOver = 0;
        for (var n = 0; n < Many; n++)
        {
            var stem = Permutation.Stem(n);
            Assert.InRange(stem, Uln.LowestStem, Uln.HighestStem);
            Assert.True(stems.Add(stem));
            var uln = Permutation.UlnAt(n);
            passedOver += uln is null ? 1 : 0;
            Assert.NotEqual(Uln.TemporaryNumber, uln?.Value);
        }

        Assert.InRange(passedOver, (Many / 11) - 500, (Many / 11) + 500);
    }

    [Fact]
    public void The_stem_of_the_temporary_number_gives_another_check_digit()
    {
        var sequenceValue = Permutation.SequenceValueOf(Uln.HighestStem);
        Assert.Equal(9_999_999_998, Permutation.UlnAt(sequenceValue)?.Value);
    }

    [Fact]
    public void Neighbouring_sequence_values_give_stems_far_apart()
    {
        // Random stems differ by 300 million on average.
        var average = Enumerable.Range(0, 10_000).Average(n => Math.Abs((double)Permutation.Stem(n) - Permutation.Stem(n + 1)));
        Assert.InRange(average, 290e6, 310e6);
    }

    [Property]
    public void The_sequence_value_of_a_stem_gives_the_stem(uint seed)
    {
        var value = (int)(seed % UlnPermutation.Count);
        var stem = Permutation.Stem(value);
        Assert.Equal(value, Permutation.SequenceValueOf(stem));
        Assert.Equal(Uln.TryFromStem(stem, out var uln) ? uln : null, Permutation.UlnAt(value));
    }

    [Fact]
    public void A_call_allocates_nothing()
    {
        Permutation.UlnAt(0);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var n = 0; n < 1000; n++)
        {
            Permutation.UlnAt(n);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(900_000_000)]
    [InlineData(long.MaxValue)]
    public void A_sequence_value_outside_the_stems_is_refused(long sequenceValue)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Permutation.Stem(sequenceValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => Permutation.UlnAt(sequenceValue));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(16)]
    [InlineData(33)]
    public void A_key_of_another_length_is_refused(int length) =>
        Assert.Throws<ArgumentException>(() => new UlnPermutation(new byte[length]));

    private static byte[] Key(byte first) => [.. Enumerable.Range(first, UlnPermutation.KeyLength).Select(n => (byte)n)];
}
