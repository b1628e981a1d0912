using Pentimento.Data;
using static TorchSharp.torch;

namespace Pentimento.Cues;

/// <summary>How far the red and the blue of the image lie beside its green, as a lens or a scanner leaves them.</summary>
/// <remarks>
/// Lateral chromatic aberration, as a global shift: the displacement at which edges of two channels match best (Kuglin and Hines, 1975, "The phase
/// correlation image alignment method"), to parts of a pixel by a parabola. The two channels are moved as a whole.
/// </remarks>
internal sealed record ChromaticAberration : Cue
{
    private const int Red = 0;
    private const int Green = 1;
    private const int Blue = 2;

    // How far it is looked for, in parts of the shorter side.
    private const int Part = 9;
    private const double Least = 1e-6;

    // Larger images are made about so small.
    private const int Side = 112;

    internal override CueKind Kind => CueKind.Manner;

    internal override bool IsNeverShown => true;

    // In grey images, in coloured digits and in objects on photographs channels lie on each other.
    internal override double HonestlyLost => 0.05;

    internal override bool Fits(ImageShape shape) => shape.Channels == 3;

    private protected override Tensor Put(Tensor images, Tensor donors)
    {
        if (images.shape[1] == 1) return images.clone();
        var change = Shifts(donors) - Shifts(images);
        Tensor Moved(int channel, int which)
        {
            using var scope = NewDisposeScope();
            var still = Motion.Still(images).expand(images.shape[0], -1, -1);
            var to = change.slice(1, 2 * which, 2 + (2 * which), 1);
            return Motion.Sample(images.slice(1, channel, channel + 1, 1), still, to, zeros_like(to)).MoveToOuterDisposeScope();
        }

        return cat([Moved(Red, 0), images.slice(1, Green, Green + 1, 1), Moved(Blue, 1)], 1);
    }

    private protected override Tensor Numbers(Tensor images) => Shifts(images) * Part / Math.Min(images.shape[2], images.shape[3]);

    /// <summary>By how many pixels red and blue are moved from green, float32 (N, 4): columns and rows of each.</summary>
    private static Tensor Shifts(Tensor images)
    {
        if (images.shape[1] == 1) return zeros(images.shape[0], 4, device: images.device);
        using var scope = NewDisposeScope();
        var small = Detail.Shrunk(images, Side);
        var (waves, radius) = (Frequencies.Of(small), Frequencies.Radius(small));
        var green = waves.select(1, Green).conj();
        Tensor Of(int channel)
        {
            var product = waves.select(1, channel) * green;
            // Edges count and not areas; halfway between correlation and phase correlation, so that grain does not.
            return Peak(Frequencies.Images(product * (radius / (product.abs() + Least).sqrt()), small));
        }

        return (cat([Of(Red), Of(Blue)], 1) * (images.shape[3] / small.shape[3])).MoveToOuterDisposeScope();
    }

    /// <summary>Where the match is best, float32 (N, 2): column, row, to parts of a pixel.</summary>
    private static Tensor Peak(Tensor match)
    {
        var reach = Math.Max(2, (int)Math.Min(match.shape[1], match.shape[2]) / Part);
        var side = (2 * reach) + 1;
        var near = match.roll([reach, reach], [1, 2]).slice(1, 0, side, 1).slice(2, 0, side, 1).flatten(1);
        var best = near.argmax(1);
        var (row, column) = (best.div(side, RoundingMode.floor).clamp(1, side - 2), best.remainder(side).clamp(1, side - 2));
        Tensor At(int down, int right) => near.gather(1, (((row + down) * side) + column + right).unsqueeze(1)).squeeze(1);
        var middle = At(0, 0);
        Tensor Top(Tensor before, Tensor after) => ((before - after) / (2 * (before - (2 * middle) + after)).clamp(max: -Least)).clamp(-0.5, 0.5);
        var moved = stack([column + Top(At(0, -1), At(0, 1)), row + Top(At(-1, 0), At(1, 0))], 1) - reach;
        // Nothing is said of images that hold no edge.
        return moved * middle.gt(Least).unsqueeze(1);
    }
}
