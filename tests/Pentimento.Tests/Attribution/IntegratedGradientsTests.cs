using Pentimento.Attribution;
using Pentimento.Data;
using static TorchSharp.torch;

namespace Pentimento.Tests.Attribution;

public sealed class IntegratedGradientsTests
{
    // The victim's logit is 0 for black and four times the pixel: the images gain 4 and 2.
    [Theory]
    [InlineData(4, 2, 0)]
    [InlineData(0, 0, 1)]
    // Off by 1 and by 1, of 3 gained on average.
    [InlineData(5, 1, 1 / 3.0)]
    public void The_gap_is_measured_in_what_was_gained(float first, float second, double gap)
    {
        using var scope = NewDisposeScope();
        using var network = TinyProblem.LinearVictim(4);
        var set = new ImageSet("two", [255, 128], [0, 0], [], new(1, 1, 1));
        var maps = tensor([first, second]).view(2, 1, 1);

        Assert.Equal(gap, IntegratedGradients.CompletenessGap(network, set, set.Labels, maps, RunContext.OnCpu()), 0.005);
    }
}
