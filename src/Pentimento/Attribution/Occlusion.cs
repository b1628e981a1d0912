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
    public override Tensor Explain(Classifier network, Tensor images, Tensor targets, string layer, RunContext run)
    {
        using var scope = NewDisposeScope();
        var covers = Covers((int)images.shape[2], (int)images.shape[3]).to(images.device);
        var masks = (1 - covers).unsqueeze(1).unsqueeze(0);
        var whole = Whole(network, images, targets);
        var occluded = Masked.Scores(network, images - Fill, masks, targets, points => network.call(points + Fill), "occlusion", run);
        var drops = (whole - occluded).matmul(covers.flatten(1)) / covers.sum([0]).flatten().clamp(min: 1);
        return drops.view(-1, images.shape[2], images.shape[3]).MoveToOuterDisposeScope();
    }

    private static Tensor Whole(Classifier network, Tensor images, Tensor targets)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        return network.call(images).gather(1, targets.unsqueeze(1)).MoveToOuterDisposeScope();
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
