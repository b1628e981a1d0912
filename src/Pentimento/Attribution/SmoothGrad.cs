using System.ComponentModel.DataAnnotations;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Attribution;

/// <summary>SmoothGrad: the input gradient's mean over noisy copies of the image, channels summed with their sign.</summary>
/// <remarks>Smilkov et al., 2017, "SmoothGrad: removing noise by adding noise", arXiv:1706.03825, section 3.</remarks>
/// <param name="Samples">n, the number of noisy copies averaged.</param>
/// <param name="Noise">The noise's standard deviation, as a share of the image's own range.</param>
internal sealed record SmoothGrad([Range(1, 100_000)] int Samples = 50, [Range(0.0, 10.0)] double Noise = 0.15) : AttributionMethod
{
    /// <inheritdoc/>
    public override bool ReadsLayer => false;

    /// <inheritdoc/>
    internal override AttributionMethod? Draft(int passes, Data.ImageShape shape) =>
        Math.Max(1, passes / PassesOfAGradient) is var fewer && Samples > fewer ? this with { Samples = fewer } : null;

    /// <inheritdoc/>
    internal override Tensor Explain(Classifier network, Tensor images, Tensor targets, string layer, RunContext run)
    {
        using var scope = NewDisposeScope();
        var spread = Noise * (images.amax([1, 2, 3], keepdim: true) - images.amin([1, 2, 3], keepdim: true));
        var sum = zeros_like(images);
        using var generator = run.Seed.For("smooth-grad").On(images.device);
        for (var sample = 0; sample < Samples; sample++)
        {
            using var inner = NewDisposeScope();
            // All images get the same noise, so that an image's map does not depend on its company.
            var noise = randn([1, .. images.shape[1..]], float32, images.device, generator: generator);
            sum.add_(LogitGradient.At(images + (spread * noise), targets, network.call));
            run.Report(new("smooth-grad", sample + 1, Samples));
        }

        return (sum / Samples).sum(1).MoveToOuterDisposeScope();
    }
}
