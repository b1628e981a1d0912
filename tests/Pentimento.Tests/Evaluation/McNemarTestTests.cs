using Pentimento.Evaluation;

namespace Pentimento.Tests.Evaluation;

public sealed class McNemarTestTests
{
    [Fact]
    public void Counts_the_images_that_one_of_two_gets_right() => Assert.Equal(
        new McNemarTest(2, 1), McNemarTest.Of([true, true, true, false, false], [true, false, false, true, false]));

    // Of 12 coins 10 or more show one side: (66 + 12 + 1) of 4,096 ways.
    [Fact]
    public void Its_p_value_is_that_of_tossed_coins() => Assert.Equal(79 / 4096.0, new McNemarTest(10, 2).PValue, 1e-12);

    // Sixty coins that all show one side.
    [Fact]
    public void A_small_p_value_keeps_its_digits() => Assert.Equal(1, new McNemarTest(60, 0).PValue / Math.Pow(0.5, 60), 1e-9);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 40)]
    public void Where_nothing_is_lost_there_is_no_evidence_of_a_loss(long lost, long gained) =>
        Assert.Equal(1, new McNemarTest(lost, gained).PValue);
}
