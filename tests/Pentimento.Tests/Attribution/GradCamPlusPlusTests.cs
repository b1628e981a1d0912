using Pentimento.Attribution;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Tests.Attribution;

public sealed class GradCamPlusPlusTests
{
    [Fact]
    public void A_faint_gradient_is_damped()
    {
        // Logit 0 is a thousandth of the sum of a map whose own sum is 0: of equation 19 is left g² / (2 g² + 1e-6) = 1/3 at each of four places.
        using var scope = NewDisposeScope();
        using var network = new Classifier(
            new Cnn3(),
            new(2, 2, 1),
            2,
            [
                new Layer("maps", LayerKind.Other, (x, _) => x.alias()),
                new Layer(
                    "scores",
                    LayerKind.Other,
                    (x, _) => cat([0.001 * x.flatten(1).sum(1, keepdim: true), zeros(x.shape[0], 1)], 1),
                    Maps: false),
            ]);

        var map = new GradCamPlusPlus().Explain(
            network, tensor(new float[] { 3, -3, 1, -1 }).view(1, 1, 2, 2), zeros(1, int64), "maps", RunContext.OnCpu());

        Assert.All(map.data<float>().ToArray().Zip([3, -3, 1, -1]), pair => Assert.Equal(4 * 0.001 / 3 * pair.Second, pair.First, 1e-7));
    }
}
