using Pentimento.Attacks;

namespace Pentimento.Tests.Attacks;

public sealed class RobustnessCurveTests
{
    [Fact]
    public void Accuracy_falls_by_every_image_whose_change_is_affordable()
    {
        // Five images: one wrong beforehand, one that cannot be fooled, three that need 0.1, 0.2 and 0.4.
        var outcome = new AttackOutcome(
            [false, true, true, true, true], [false, true, true, true, true], [true, false, true, true, true], [], [], []);

        var budget = RobustnessCurve.Of(Norm.L2, [0, 9, 0.2f, 0.1f, 0.4f], outcome);

        Assert.Equal(("l2", 4), (budget.Norm, budget.Count));
        Assert.Equal(0.3, budget.Median!.Value, 6);
        Assert.Equal([0.1, 0.2, 0.4], budget.Sizes.Select(size => Math.Round(size, 6)));
        // A tenth of the way from 0.1 to 0.2 and further; the last decile lies between 0.4 and never.
        Assert.Equal(0.13, budget.Deciles[0]!.Value, 6);
        Assert.Null(budget.Deciles[8]);
        Assert.Equal((0, 0.8), (budget.Curve[0].Size, budget.Curve[0].Accuracy));
        Assert.Equal(0.6, budget.Curve.Last(point => point.Size < 0.2).Accuracy);
        Assert.Equal(0.2, budget.Curve[^1].Accuracy, 6);
    }
}
