using System.ComponentModel.DataAnnotations;
using Pentimento.Data;
using static TorchSharp.torch;

namespace Pentimento.Cues;

/// <summary>A fixed overlay that images of a class have in common, faint and fine: what is left of each class's mean once its soft part is
/// taken away.</summary>
/// <remarks>
/// Ours; that overlays can be had from the mean of the images that carry them is Dekel, Rubinstein, Liu and Freeman, 2017, "On the effectiveness of
/// visible watermarks". The class means' fine parts are estimated on two halves of the set, and those directions are kept in which both halves
/// agree; the swap exchanges what images have along them. Without a set the whole fine part of an image counts as its overlay.
/// </remarks>
/// <param name="Window">How many pixels on each side count as soft: the mean over them is taken off.</param>
internal sealed record Watermark([Range(3, 15)] int Window = 3) : Cue
{
    private const int MostImages = 5000;
    private const int Batch = 500;

    // Patterns that agree by chance alone have a cosine about 0, of deviation 1 / sqrt(pixels).
    private const double LeastAgreement = 0.3;
    private const double LeastSize = 1e-4;

    // The overlays, orthonormal float32 (k, C * H * W); null before a set was seen.
    private float[][]? overlays;

    internal override int Breadth => 1;

    /// <inheritdoc/>
    internal override Cue FittedTo(ImageSet set)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var (first, second) = Means(set);
        // Contrasts of classes, the strongest first; one is an overlay where both halves show the same pattern for it, else it is noise.
        var (contrasts, sizes, directions) = linalg.svd(first + second, fullMatrices: false);
        var (one, other) = (contrasts.t().mm(first), contrasts.t().mm(second));
        var agreement = (one * other).sum([1]) / (one.square().sum([1]) * other.square().sum([1])).sqrt().clamp(min: 1e-12);
        var kept = agreement.gt(LeastAgreement).logical_and(sizes.gt(LeastSize)).data<bool>().ToArray();
        var chosen = Enumerable.Range(0, kept.Length).Where(at => kept[at]);
        return this with { overlays = [.. chosen.Select(at => directions[at].data<float>().ToArray())] };
    }

    /// <summary>Two cues with the same window are the same, whatever set they have seen.</summary>
    public bool Equals(Watermark? other) => other is not null && other.Window == Window;

    /// <inheritdoc/>
    public override int GetHashCode() => Window;

    private protected override Tensor Put(Tensor images, Tensor donors)
    {
        if (overlays is null) return images + Fine(donors) - Fine(images);
        if (overlays.Length == 0) return images.clone();
        var basis = Basis(images);
        return images + (donors - images).flatten(1).mm(basis.t()).mm(basis).view(images.shape);
    }

    private protected override Tensor Numbers(Tensor images)
    {
        if (overlays is null) return Fine(images).flatten(1).mul(2);
        return overlays.Length == 0 ? zeros(images.shape[0], 1, device: images.device) : images.flatten(1).mm(Basis(images).t());
    }

    private Tensor Basis(Tensor images) => stack(overlays!.Select(overlay => tensor(overlay))).to(images.device);

    /// <summary>The fine part of each class's mean beside the mean of all, float32 (K, C * H * W), on every other image and on the rest.</summary>
    private (Tensor First, Tensor Second) Means(ImageSet set)
    {
        long[] classes = [.. set.Labels.Distinct().Order()];
        int[] places = set.Count <= MostImages
            ? [.. Enumerable.Range(0, set.Count)]
            : StratifiedDraw.Of(set.Labels, MostImages, new Seed(0).For("watermark"));
        var (height, width, channels) = (set.Shape.Height, set.Shape.Width, set.Shape.Channels);
        var halves = new[] { zeros(classes.Length, set.Shape.Size), zeros(classes.Length, set.Shape.Size) };
        var counts = new[] { new float[classes.Length], new float[classes.Length] };
        var (seen, index) = (new int[classes.Length], classes.Index().ToDictionary(pair => pair.Item, pair => pair.Index));
        foreach (var chunk in places.Chunk(Batch))
        {
            using var inner = NewDisposeScope();
            using var chosen = tensor(chunk, int64);
            var images = Pixels.Batch(set, chosen).contiguous().flatten(1);
            int[] labels = [.. chunk.Select(place => index[set.Labels[place]])];
            int[] sides = [.. labels.Select(label => seen[label]++ % 2)];
            foreach (var side in (int[])[0, 1])
            {
                int[] members = [.. Enumerable.Range(0, chunk.Length).Where(at => sides[at] == side)];
                if (members.Length == 0) continue;
                halves[side].index_add_(
                    0, tensor([.. members.Select(at => (long)labels[at])]), images.index_select(0, tensor([.. members.Select(at => (long)at)])), 1);
                foreach (var at in members) counts[side][labels[at]]++;
            }
        }

        Tensor Mean(int side)
        {
            var means = halves[side] / tensor(counts[side]).clamp(min: 1).unsqueeze(1);
            return Fine((means - means.mean([0], keepdim: true)).view(classes.Length, channels, height, width)).flatten(1);
        }

        return (Mean(0), Mean(1));
    }

    /// <summary>What is left when the mean over a window is taken off.</summary>
    private Tensor Fine(Tensor images)
    {
        var reach = Window / 2;
        var padded = nn.functional.pad(images, [reach, reach, reach, reach], TorchSharp.PaddingModes.Replicate);
        return images - nn.functional.avg_pool2d(padded, (2 * reach) + 1, stride: 1);
    }
}
