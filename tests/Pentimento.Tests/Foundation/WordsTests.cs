using CsCheck;

namespace Pentimento.Tests.Foundation;

public sealed class WordsTests
{
    [Theory]
    [InlineData("WarmUp", "warm-up")]
    [InlineData("Pgd", "pgd")]
    [InlineData("learningRate", "learning-rate")]
    [InlineData("Cnn3", "cnn3")]
    public void Names_are_written_in_kebab_case(string pascal, string kebab) => Assert.Equal(kebab, Words.Kebab(pascal));

    [Theory]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("", "abc", 3)]
    [InlineData("abc", "", 3)]
    [InlineData("flaw", "lawn", 2)]
    [InlineData("same", "same", 0)]
    public void Distances_are_those_counted_by_hand(string from, string to, int distance) => Assert.Equal(distance, Words.Distance(from, to));

    [Fact]
    public void Distance_is_a_metric() => Gen.Select(Gen.String[Gen.Char['a', 'c'], 0, 6], Gen.String[Gen.Char['a', 'c'], 0, 6], Gen.String[Gen.Char['a', 'c'], 0, 6])
        .Sample((a, b, c) => Words.Distance(a, b) == Words.Distance(b, a)
            && (Words.Distance(a, b) == 0) == (a == b)
            && Words.Distance(a, c) <= Words.Distance(a, b) + Words.Distance(b, c), iter: 1000);

    [Fact]
    public void A_near_name_is_proposed() => Assert.Equal("did you mean 'steps'? Known: radius, steps.", Words.Suggest("step", ["radius", "steps"]));

    [Fact]
    public void Nothing_is_proposed_for_a_far_one() => Assert.Equal("Known: radius, steps.", Words.Suggest("elephant", ["radius", "steps"]));
}
