using Pentimento.Attribution;
using Pentimento.Editing;
using Pentimento.Foundation.Configuration;
using Pentimento.Networks;
using Pentimento.Sparse;
using Pentimento.Sparse.Variants;
using TorchSharp;
using static TorchSharp.torch;

namespace Pentimento.Tests.Operations;

/// <summary>
/// What a network computes with lies on the network's device. Where there is no GPU, <c>meta</c> stands for it: its tensors have no values,
/// but libtorch
/// refuses to mix them with the processor's.
/// </summary>
public sealed class DeviceTests
{
    // Of the others some operator has no kernel for meta.
    [Theory]
    [InlineData("grad-cam")]
    [InlineData("hires-cam")]
    [InlineData("gradient-x-input")]
    [InlineData("input-gradient")]
    [InlineData("integrated-gradients:steps=2")]
    [InlineData("occlusion")]
    [InlineData("rise:masks=3")]
    public void Attribution_stays_on_the_images_device(string name)
    {
        using var scope = NewDisposeScope();
        using var network = Network();
        var method = Catalog.Read<AttributionMethod>(name);
        var (images, classes) = (zeros(2, 1, 8, 8, device: META), zeros(2, int64, device: META));

        var maps = method.Explain(network, images, classes, method.DefaultLayer(network), RunContext.OnCpu());

        Assert.Equal(DeviceType.META, maps.device_type);
        Assert.Equal(2, maps.shape[0]);
    }

    [Fact]
    public void An_edit_of_features_lies_on_the_autoencoders_device()
    {
        using var scope = NewDisposeScope();
        using var autoencoder = new Autoencoder(new TopK(2), 4, 6).to(META);

        using var edit = FeatureEdit.Of(autoencoder, ones(6, device: META), zeros(6, device: META));

        Assert.All(edit.buffers().Concat(edit.parameters()), tensor => Assert.Equal(DeviceType.META, tensor.device_type));
    }

    /// <summary>A network without weights, and of products alone: meta computes neither convolutions nor ReLU.</summary>
    private static Classifier Network() => new(
        new Cnn3(),
        new(8, 8, 1),
        3,
        [
            new Layer("maps", LayerKind.Other, (x, _) => cat([x, 2 * x, -x], 1)),
            new Layer("square", LayerKind.Activation, (x, _) => x * x),
            new Layer("scores", LayerKind.Other, (x, _) => x.mean([2, 3]), Maps: false),
        ]);
}
