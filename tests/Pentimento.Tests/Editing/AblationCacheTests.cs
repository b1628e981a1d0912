using Pentimento.Editing;
using Pentimento.Sparse;
using static TorchSharp.torch;

namespace Pentimento.Tests.Editing;

public sealed class AblationCacheTests
{
    [Theory]
    [InlineData("fc1", 128, 0f)]
    [InlineData("relu3", 64, 0f)]
    [InlineData("pool2", 64, 0.3f)]
    public void The_effect_of_a_feature_is_that_of_the_operated_network(string layer, int inputs, float target)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        using var network = Oracle.Network();
        using var features = EditTests.Random(inputs);
        var activations = CutActivations.Store(network, Oracle.Images.First(60), layer, RunContext.OnCpu());
        var targets = full(features.Features, target, float32);
        using var cache = new AblationCache(network, features, layer, activations, targets);

        Assert.True(cache.Logits.allclose(Operated([]), atol: 1e-4));
        foreach (var feature in new[] { 1, 7 }) Assert.True(After(feature).allclose(Operated([feature]), atol: 1e-3));
        cache.Ablate(3);
        cache.Ablate(9);
        Assert.True(cache.Logits.allclose(Operated([3, 9]), atol: 1e-3));
        Assert.True(After(7).allclose(Operated([3, 9, 7]), atol: 1e-3));

        Tensor Operated(int[] ablated) => CutActivations.Logits(network, layer, activations, FeatureEdit.Ablation(features, ablated, targets).call);

        Tensor After(int feature)
        {
            var logits = cache.Logits.clone();
            return cache.Ablated(feature) is var (images, changed) ? logits.index_copy(0, images, changed) : logits;
        }
    }

    [Fact]
    public void A_feature_that_is_never_active_touches_no_image()
    {
        using var scope = NewDisposeScope();
        using var network = Oracle.Network();
        using var features = EditTests.Random(128, features: 8);
        using (no_grad())
        {
            features.Encoder.zero_();
            features.EncoderBias.fill_(-1);
        }

        using var activations = CutActivations.Store(network, Oracle.Images.First(5), "fc1", RunContext.OnCpu());
        using var cache = new AblationCache(network, features, "fc1", activations, zeros(8));

        Assert.Null(cache.Ablated(2));
    }
}
