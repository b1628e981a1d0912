using Pentimento.Evaluation;

namespace Pentimento.Tests.Evaluation;

public sealed class HolmCorrectionTests
{
    // By hand: 3 x .01, then 2 x .03, then .04, which may not fall below its predecessor.
    [Fact]
    public void Multiplies_by_the_tests_that_are_left() =>
        Assert.Equal([0.03, 0.06, 0.06], HolmCorrection.Adjust([0.01, 0.04, 0.03]), (one, two) => Math.Abs(one - two) < 1e-12);

    [Fact]
    public void Never_exceeds_one() => Assert.Equal([1.0, 1.0], HolmCorrection.Adjust([0.6, 0.9]));
}
