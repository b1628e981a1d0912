using CsCheck;

namespace Pentimento.Tests.Foundation;

public sealed class NamesTests
{
    [Theory]
    [InlineData("WarmUp", "warm-up")]
    [InlineData("Pgd", "pgd")]
    [InlineData("learningRate", "learning-rate")]
    [InlineData("Cnn3", "cnn3")]
    public void Names_are_written_in_kebab_case(string pascal, string kebab) => Assert.Equal(kebab, Names.Kebab(pascal));

    [Theory]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("", "abc", 3)]
    [InlineData("abc", "", 3)]
    [InlineData("flaw", "lawn", 2)]
    [InlineData("same", "same", 0)]
    public void Distances_are_those_counted_by_hand(string from, string to, int distance) => Assert.Equal(distance, Names.Distance(from, to));

    [Fact]
    public void Distance_is_a_metric() =>
        Gen.Select(Gen.String[Gen.Char['a', 'c'], 0, 6], Gen.String[Gen.Char['a', 'c'], 0, 6], Gen.String[Gen.Char['a', 'c'], 0, 6])
            .Sample(
                (a, b, c) =>
                    Names.Distance(a, b) == Names.Distance(b, a)
                    && (Names.Distance(a, b) == 0) == (a == b)
                    && Names.Distance(a, c) <= Names.Distance(a, b) + Names.Distance(b, c),
                iter: 1000);

    [Fact]
    public void A_near_name_is_proposed() => Assert.Equal("did you mean 'steps'? Known: radius, steps.", Names.Suggest("step", ["radius", "steps"]));

    [Fact]
    public void Nothing_is_proposed_for_a_far_one() => Assert.Equal("Known: radius, steps.", Names.Suggest("elephant", ["radius", "steps"]));
}
