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

    internal override CueKind Kind => CueKind.Manner;

    internal override bool IsNeverShown => true;

    // In grey images, in coloured digits and in objects on photographs channels lie on each other.
    internal override double HonestlyLost => 0.05;

    internal override bool Fits(ImageShape shape) => shape.Channels == 3;

    private protected override Tensor Put(Tensor images, Tensor donors)
    {
        if (images.shape[1] == 1) return images.clone();
        Tensor Moved(int channel)
        {
            var own = images.slice(1, channel, channel + 1, 1);
            var from = zeros(images.shape[0], 2, device: images.device);
            var to = Beside(donors, channel) - Beside(images, channel);
            return Motion.Sample(own, Motion.Still(images).expand(images.shape[0], -1, -1), from + to, from);
        }

        return cat([Moved(Red), images.slice(1, Green, Green + 1, 1), Moved(Blue)], 1);
    }

    private protected override Tensor Numbers(Tensor images) => cat([Beside(images, Red), Beside(images, Blue)], 1) / Reach(images);

    private static int Reach(Tensor images) => Math.Max(2, (int)Math.Min(images.shape[2], images.shape[3]) / Part);

    /// <summary>By how much a channel is moved from green, float32 (N, 2): columns, rows.</summary>
    private static Tensor Beside(Tensor images, int channel)
    {
        if (images.shape[1] == 1) return zeros(images.shape[0], 2, device: images.device);
        var (reach, waves) = (Reach(images), Frequencies.Of(images));
        var product = waves.select(1, channel) * waves.select(1, Green).conj();
        // Edges count and not areas; halfway between correlation and phase correlation, so that grain does not.
        var weight = Frequencies.Radius(images) / (product.abs() + Least).sqrt();
        var match = Frequencies.Images(product * weight, images).roll([reach, reach], [1, 2]);
        match = match.slice(1, 0, (2 * reach) + 1, 1).slice(2, 0, (2 * reach) + 1, 1);
        var side = match.shape[2];
        var best = match.flatten(1).argmax(1);
        var (row, column) = (best.div(side, RoundingMode.floor).clamp(1, side - 2), best.remainder(side).clamp(1, side - 2));
        Tensor At(int down, int right) => match.flatten(1).gather(1, (((row + down) * side) + column + right).unsqueeze(1)).squeeze(1);
        var middle = At(0, 0);
        Tensor Top(Tensor before, Tensor after) => ((before - after) / (2 * (before - (2 * middle) + after)).clamp(max: -Least)).clamp(-0.5, 0.5);
        var moved = stack([column + Top(At(0, -1), At(0, 1)), row + Top(At(-1, 0), At(1, 0))], 1) - reach;
        // Nothing is said of images that hold no edge.
        return moved * middle.gt(Least).unsqueeze(1);
    }
}
