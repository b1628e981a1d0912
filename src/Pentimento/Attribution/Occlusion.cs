using System.ComponentModel.DataAnnotations;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Attribution;

/// <summary>Occlusion: the drop of the logit when a patch over the location is covered. It needs no gradient.</summary>
/// <remarks>Zeiler and Fergus, 2013, "Visualizing and understanding convolutional networks", arXiv:1311.2901, section 4.2. A location gets the
/// mean drop of all patches over it.</remarks>
/// <param name="Size">The side of the patch, in pixels.</param>
/// <param name="Stride">The distance from one patch to the next, in pixels.</param>
/// <param name="Fill">The value of covered pixels, in [0, 1]: 0 is black, which on black ground is itself a shape.</param>
internal sealed record Occlusion(
    [Range(1, 1000)] int Size = 7, [Range(1, 1000)] int Stride = 3, [Range(0.0, 1.0)] double Fill = 0) : AttributionMethod
{
    /// <inheritdoc/>
    public override bool ReadsLayer => false;

    /// <inheritdoc/>
    // Fewer patches stand farther apart, and are so large that none of the image lies between them.
    internal override AttributionMethod? Draft(int passes, Data.ImageShape shape)
    {
        if (Starts(shape.Height).Count() * Starts(shape.Width).Count() <= passes) return null;
        var side = Math.Max(1, (int)Math.Sqrt(passes));
        var apart = (Math.Max(shape.Height, shape.Width) + side - 1) / side;
        return apart > Stride ? this with { Size = Math.Min(1000, Math.Max(Size, apart)), Stride = Math.Min(1000, apart) } : null;
    }

    /// <inheritdoc/>
    internal override Tensor Explain(Classifier network, Tensor images, Tensor targets, string layer, RunContext run)
    {
        using var scope = NewDisposeScope();
        var covers = Covers((int)images.shape[2], (int)images.shape[3]).to(images.device);
        // The whole image is one more mask, so that it is scored in the company of its occluded copies.
        var masks = cat([zeros_like(covers[0]).unsqueeze(0), covers]).neg().add(1).unsqueeze(1).unsqueeze(0);
        var scores = Masked.Scores(network, images - Fill, masks, targets, points => network.call(points + Fill), "occlusion", run);
        // Logits of almost the same size are subtracted, and the drops summed, without losing digits.
        var (exact, area) = (scores.to_type(float64), covers.flatten(1).to_type(float64));
        var drops = (exact.narrow(1, 0, 1) - exact.narrow(1, 1, covers.shape[0])).matmul(area) / area.sum([0]).clamp(min: 1);
        return drops.to_type(images.dtype).view(-1, images.shape[2], images.shape[3]).MoveToOuterDisposeScope();
    }

    /// <summary>The patches, float32 (M, H, W), 1 where they cover; the last ones end with the image.</summary>
    private Tensor Covers(int height, int width)
    {
        var covers = new List<Tensor>();
        foreach (var top in Starts(height))
        {
            foreach (var left in Starts(width))
            {
                var cover = zeros(height, width);
                cover.narrow(0, top, Math.Min(Size, height)).narrow(1, left, Math.Min(Size, width)).fill_(1);
                covers.Add(cover);
            }
        }

        return stack(covers);
    }

    private IEnumerable<int> Starts(int length)
    {
        var last = Math.Max(0, length - Size);
        for (var start = 0; start < last; start += Stride) yield return start;
        yield return last;
    }
}
