using Pentimento.Studies.Parts;

namespace Pentimento.Tests.Reports.Studies;

public sealed class SeedSpreadTests
{
    [Fact]
    public void Several_seeds_give_mean_and_range_and_one_gives_itself()
    {
        Assert.Equal("50.0% (40.0 to 60.0%)", new SeedSpread([0.4, 0.5, 0.6]).Percent);
        Assert.Equal("40.0%", new SeedSpread([0.4]).Percent);
        Assert.Equal("2.5 (2.0 to 3.0)", new SeedSpread([2, 3]).Number(1));
        Assert.Equal(("1 seed", "3 seeds"), (new SeedSpread([1]).Seeds, new SeedSpread([1, 2, 3]).Seeds));
    }

    [Fact]
    public void Every_ruling_has_a_sign_and_words_of_its_own()
    {
        var rulings = Enum.GetValues<Ruling>();

        Assert.Equal(rulings.Length, rulings.Select(ruling => ruling.Sign()).Distinct().Count());
        Assert.Equal(rulings.Length, rulings.Select(ruling => ruling.Label()).Distinct().Count());
    }
}
