using Pentimento.Data;
using static TorchSharp.torch;

namespace Pentimento.Attacks;

/// <summary>Decomposes perturbations into colour (one RGB shift of the whole stroke and one of the whole background) and shape (the
/// rest).</summary>
/// <remarks>
/// The change of each image is projected onto the six changes that shift one channel of one region evenly; the squares of both parts add up.
/// A stroke is made of the pixels whose brightest channel reaches half of the image's brightest value. Changes drawn at random
/// would have a colour share of six in the number of values, 0.3% of a 28x28 RGB image, and spread over the stroke by its area.
/// </remarks>
/// <param name="Count">The number of perturbations decomposed: those of fooled images that are not zero.</param>
/// <param name="Color">The mean share of a change's energy (squares) that shifts the colour of stroke or background, 0..1.</param>
/// <param name="ColorOfStroke">The part of it on the stroke, 0..1.</param>
/// <param name="Shape">The rest, 0..1.</param>
/// <param name="OnStroke">The mean share of a change's energy on the stroke, 0..1.</param>
/// <param name="StrokeArea">The mean share of an image that is stroke, 0..1.</param>
public sealed record PerturbationSplit(int Count, double Color, double ColorOfStroke, double Shape, double OnStroke, double StrokeArea)
{
    private const double Bright = 0.5;

    /// <summary>Decomposes the perturbations of chosen images; null where there is none.</summary>
    /// <param name="set">The images before.</param>
    /// <param name="change">float32 (N, C, H, W), what was added to them.</param>
    /// <param name="chosen">Which images.</param>
    internal static PerturbationSplit? Of(ImageSet set, Tensor change, bool[] chosen)
    {
        using var scope = NewDisposeScope();
        var energy = change.square().sum([1, 2, 3]);
        var places = Rows.Where(tensor(chosen).logical_and(energy.gt(0)));
        if (places.shape[0] == 0) return null;

        var (picked, total) = (change.index_select(0, places), energy.index_select(0, places));
        var brightness = Pixels.Batch(set.Tensor(), places).amax([1], keepdim: true);
        var stroke = brightness.ge(Bright * brightness.amax([2, 3], keepdim: true)).to_type(float32);
        var (strokeShift, groundShift) = (Shift(picked, stroke) / total, Shift(picked, 1 - stroke) / total);
        var color = Mean(strokeShift + groundShift);
        var onStroke = Mean((picked * stroke).square().sum([1, 2, 3]) / total);
        return new((int)places.shape[0], color, Mean(strokeShift), 1 - color, onStroke, stroke.mean().item<float>());
    }

    /// <summary>The energy of the even shift of a region: its size times the squared means of its channels.</summary>
    private static Tensor Shift(Tensor change, Tensor region)
    {
        var size = region.sum([1, 2, 3]).clamp(min: 1);
        return (change * region).sum([2, 3]).square().sum(1) / size;
    }

    private static double Mean(Tensor shares) => shares.mean().item<float>();
}
