using Pentimento.Attacks;
using static TorchSharp.torch;

namespace Pentimento.Tests.Attacks;

public sealed class LossGradientTests
{
    [Fact]
    public void It_is_each_images_own_gradient_as_pytorch_has_it()
    {
        using var scope = NewDisposeScope();
        using var victim = Oracle.Network();
        var (images, labels) = Oracle.Batch(0, 32);

        var ours = LossGradient.At(victim, images, BatchCriterion.AwayFrom(labels));

        var theirs = Oracle.ExpectedTensor("input_grad");
        var size = theirs.abs().amax([1, 2, 3]);
        var worst = ((ours - theirs).abs().amax([1, 2, 3]) / size).data<float>().ToArray();
        // Below 1e-4 rounding of p - 1 decides; between, a hundredth is all that float32 gives.
        Assert.All(worst.Zip(size.data<float>().ToArray()), pair => Assert.InRange(
                pair.First,
                0,
                pair.Second > 1e-2 ? 1e-4
                    : pair.Second > 1e-4 ? 1e-2
                    : float.MaxValue));
        Assert.Contains(size.data<float>().ToArray(), value => value > 1e-2);
    }

    [Fact]
    public void Toward_a_class_it_is_the_opposite()
    {
        using var scope = NewDisposeScope();
        using var victim = TinyProblem.Network();
        var (images, labels) = TinyProblem.Batch();

        Assert.True(
            LossGradient
                .At(victim, images, BatchCriterion.AwayFrom(labels))
                .equal(-LossGradient.At(victim, images, BatchCriterion.At(labels)))
                .all()
                .item<bool>());
    }
}
