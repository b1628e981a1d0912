using Pentimento.Studies.Parts;

namespace Pentimento.Tests.Reports.Studies;

public sealed class RulingsTests
{
    [Theory]
    [InlineData(0.51, Ruling.Holds)]
    [InlineData(0.5, Ruling.HoldsInPart)]
    [InlineData(0.31, Ruling.HoldsInPart)]
    [InlineData(0.3, Ruling.DoesNotHold)]
    [InlineData(0.29, Ruling.DoesNotHold)]
    public void Above_its_margin_a_claim_holds_and_above_the_smaller_one_in_part(double value, Ruling ruling) =>
        Assert.Equal(ruling, Rulings.Above(value, 0.5, inPart: 0.3));

    [Theory]
    [InlineData(0.29, Ruling.Holds)]
    [InlineData(0.3, Ruling.HoldsInPart)]
    [InlineData(0.49, Ruling.HoldsInPart)]
    [InlineData(0.5, Ruling.DoesNotHold)]
    [InlineData(0.51, Ruling.DoesNotHold)]
    public void Below_its_margin_a_claim_holds_and_below_the_larger_one_in_part(double value, Ruling ruling) =>
        Assert.Equal(ruling, Rulings.Below(value, 0.3, inPart: 0.5));

    [Fact]
    public void With_one_margin_it_holds_or_not()
    {
        Assert.Equal([Ruling.Holds, Ruling.DoesNotHold], new[] { 0.6, 0.5 }.Select(value => Rulings.Above(value, 0.5)));
        Assert.Equal([Ruling.Holds, Ruling.DoesNotHold], new[] { 0.4, 0.5 }.Select(value => Rulings.Below(value, 0.5)));
        Assert.Equal([Ruling.Holds, Ruling.HoldsInPart, Ruling.DoesNotHold], [Rulings.If(true), Rulings.If(false, true), Rulings.If(false)]);
    }

    [Theory]
    [InlineData(3, Ruling.Holds)]
    [InlineData(2, Ruling.HoldsInPart)]
    [InlineData(1, Ruling.HoldsInPart)]
    [InlineData(0, Ruling.DoesNotHold)]
    public void Of_several_it_holds_for_all_some_or_none(int holds, Ruling ruling) => Assert.Equal(ruling, Rulings.Of(holds, 3));
}
