using Pentimento.Data;
using Pentimento.Foundation.Configuration;
using static TorchSharp.torch;

namespace Pentimento.Cues;

/// <summary>An attribute of the set that can be recoloured because it is a colour: that of what stands out, or that of the ground.</summary>
/// <remarks>
/// Ours; on painted digits it is the recolouring of the audit. The colour of each value is the mean over the set's images that have it; an image is
/// moved from the colour of its own value to that of its donor's, so that its shades, noise and strokes stay. Without a set every image's own colour
/// counts as its value, as in color.
/// </remarks>
/// <param name="Column">The attribute: color, ground, or any column of the set.</param>
[Called("attribute")]
internal sealed record AttributeCue(string Column = ImageSet.Color) : Cue
{
    private const int MostImages = 2000;
    private const int MostValues = 100;

    internal override CueKind Kind => CueKind.Beside;

    // How much further apart values must lie than images of one value spread, to be told from an image.
    private const double LeastRatio = 1;

    // float32 (V, C): the colour of each value; null before a set was seen.
    private float[,]? colors;
    private bool isGround;

    /// <inheritdoc/>
    internal override Cue FittedTo(ImageSet set, CancellationToken cancel = default)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var drawn = set.Drawn(MostImages);
        var values = set.AttributeOf(Column);
        long[] own = [.. drawn.Select(place => values[place])];
        long[] kinds = [.. own.Distinct().Order()];
        Require.That(
            kinds.Length is > 1 and <= MostValues,
            $"A cue needs an attribute of 2 to {MostValues} values; '{Column}' of {set.Name} has {kinds.Length}.");
        using var places = tensor(drawn, int64);
        var images = Pixels.Batch(set, places);
        var member = tensor(Array.ConvertAll(own, value => (long)Array.BinarySearch(kinds, value)));
        var (figure, figureRatio) = Means(ColorOf(images, false), member, kinds.Length);
        var (ground, groundRatio) = Means(ColorOf(images, true), member, kinds.Length);
        Require.That(
            Math.Max(figureRatio, groundRatio) > LeastRatio,
            $"'{Column}' of {set.Name} cannot be recoloured: neither the colour of what stands out nor that of the ground tells its values apart.");
        return this with { colors = groundRatio > figureRatio ? ground : figure, isGround = groundRatio > figureRatio };
    }

    /// <summary>Two cues of one attribute are the same, whatever set they have seen.</summary>
    public bool Equals(AttributeCue? other) => other is not null && other.Column == Column;

    /// <inheritdoc/>
    public override int GetHashCode() => Column.GetHashCode(StringComparison.Ordinal);

    private protected override Tensor Put(Tensor images, Tensor donors)
    {
        if (colors is null) return new Color().Swap(images, donors);
        var ground = Foreground.Ground(images);
        var intensity = Foreground.Intensity(images, ground);
        var palette = tensor(colors).to(images.device);
        var move = palette.index_select(0, ValueOf(donors, palette)) - palette.index_select(0, ValueOf(images, palette));
        return images + ((isGround ? 1 - intensity : intensity) * move.unsqueeze(2).unsqueeze(3));
    }

    private protected override Tensor Numbers(Tensor images)
    {
        if (colors is null) return ColorOf(images, false);
        var palette = tensor(colors).to(images.device);
        return nn.functional.one_hot(ValueOf(images, palette), palette.shape[0]).to_type(float32);
    }

    /// <summary>The value whose colour is nearest, int64 (N).</summary>
    private Tensor ValueOf(Tensor images, Tensor palette) => cdist(ColorOf(images, isGround), palette).argmin(1);

    private static Tensor ColorOf(Tensor images, bool ofGround)
    {
        using var scope = NewDisposeScope();
        var ground = Foreground.Ground(images);
        var color = ofGround ? ground : Foreground.Color(images, ground, Foreground.Intensity(images, ground));
        return color.flatten(1).MoveToOuterDisposeScope();
    }

    /// <summary>The mean colour of each value, and the variance of the means over that within values.</summary>
    private static (float[,] Means, double Ratio) Means(Tensor found, Tensor member, int count)
    {
        using var scope = NewDisposeScope();
        var own = nn.functional.one_hot(member, count).to_type(float32);
        var means = own.t().mm(found) / own.sum([0]).clamp(min: 1).unsqueeze(1);
        var within = (found - means.index_select(0, member)).square().mean().item<float>();
        var between = means.index_select(0, member).var(0, unbiased: false).mean().item<float>();
        var copied = new float[count, found.shape[1]];
        for (var at = 0; at < count; at++)
        {
            for (var channel = 0; channel < found.shape[1]; channel++) copied[at, channel] = means[at, channel].item<float>();
        }

        return (copied, between / Math.Max(within, 1e-6));
    }
}
