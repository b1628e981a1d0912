using System.ComponentModel.DataAnnotations;
using Pentimento.Cues;
using Pentimento.Data;
using Pentimento.Foundation.Configuration;
using static TorchSharp.torch;

namespace Pentimento.Training.Augmentations;

/// <summary>Cue swap: gives each image the cue of another image of the batch, drawn at random, so that the cue says nothing of the class.</summary>
/// <remarks>
/// Ours; of grounds it is the mixed-random augmentation of Xiao, Engstrom, Ilyas and Madry, 2021, "Noise or signal: the role of image backgrounds in
/// object recognition", arXiv:2006.09994, of colours the general form of tint-swap.
/// </remarks>
internal sealed record CueSwap : Augmentation
{
    /// <summary>The cue that is swapped.</summary>
    public Cue Cue { get; init; } = new Color();

    /// <summary>The share of images that get another's cue; in the others the cue goes on to say the class.</summary>
    [Range(0.0, 1.0)]
    public double Probability { get; init; } = 1;

    /// <inheritdoc/>
    public override Supervision RequiredSupervision => Supervision.Nuisance;

    /// <inheritdoc/>
    internal override Tensor Apply(Tensor images, Seed seed)
    {
        var shape = new ImageShape((int)images.shape[2], (int)images.shape[3], (int)images.shape[1]);
        Require.That(Cue.Fits(shape), $"Images of {shape} have no {Catalog.Write(Cue)}.");
        using var scope = NewDisposeScope();
        using var generator = seed.For("cue-swap").On(images.device);
        var swapped = Both.SwapApart(
            Cue, images, () => images.index_select(0, randperm(images.shape[0], int64, images.device, generator: generator)));
        var chosen = rand(images.shape[0], 1, 1, 1, float32, images.device, generator: generator).lt(Probability);
        var mixed = where(chosen, swapped, images);
        return mixed.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2).MoveToOuterDisposeScope();
    }
}
