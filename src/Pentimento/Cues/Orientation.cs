using static TorchSharp.torch;

namespace Pentimento.Cues;

/// <summary>In which direction the object lies: its edges, and where it is longest; it is turned about its middle.</summary>
/// <remarks>
/// The axis of Hu, 1962, "Visual pattern recognition by moment invariants", tells a direction up to half a turn, and little of what is about as long
/// as it is wide. Edges tell it up to a quarter of a turn, to a few degrees: the phase of the fourth power of their gradients. So edges say how far
/// an object is turned, and the axis whether it is a quarter of a turn more.
/// </remarks>
internal sealed record Orientation : Cue
{
    // Larger images are made about so small, so that grain is no edge.
    private const int Side = 56;

    // How much longer than wide both objects must be for their axes to tell a quarter of a turn.
    private const double Long = 0.3;

    // How much edges must agree for their phase to tell anything.
    private const double Clear = 0.05;

    internal override CueKind Kind => CueKind.Pose;

    // Of 17 honest networks of digits and of two to ten kinds of clothes 0.05 for certain at most; of planted turns 0.12 and more.
    internal override double HonestlyMended => 0.1;

    private protected override Tensor Put(Tensor images, Tensor donors)
    {
        var middle = Motion.Middle(images);
        var turn = Turn(Of(images), Of(donors));
        var (cosine, sine) = (turn.cos(), turn.sin());
        var matrix = stack([stack([cosine, sine], 1), stack([-sine, cosine], 1)], 1);
        return Motion.Sample(images, matrix, middle, middle);
    }

    private protected override Tensor Numbers(Tensor images)
    {
        var (axis, edges) = Of(images);
        return cat([axis, 2 * edges], 1);
    }

    /// <summary>By how much an object must be turned to lie as another, float32 (N), in radians.</summary>
    private static Tensor Turn((Tensor Axis, Tensor Edges) from, (Tensor Axis, Tensor Edges) to)
    {
        // Neither an axis nor an edge has a head: of the turns that bring it there the shortest is taken.
        static Tensor Difference(Tensor one, Tensor other, int fold) => Wrapped((Angle(other) - Angle(one)) / fold, 2 * Math.PI / fold);
        static Tensor Both(Tensor one, Tensor other) => minimum(one.norm(1), other.norm(1));
        var (axis, edges) = (Difference(from.Axis, to.Axis, 2), Difference(from.Edges, to.Edges, 4));
        var isQuarter = Wrapped(axis - edges, Math.PI).abs().gt(Math.PI / 4).logical_and(Both(from.Axis, to.Axis).gt(Long));
        var turn = where(isQuarter, edges - (edges.sign() * (Math.PI / 2)), edges);
        return where(Both(from.Edges, to.Edges).gt(Clear), turn, axis);
    }

    /// <summary>The double angle of the axis and the fourfold one of the edges, float32 (N, 2) each: cosine and sine, as long as they are
    /// clear.</summary>
    private static (Tensor Axis, Tensor Edges) Of(Tensor images)
    {
        var intensity = Foreground.Intensity(images);
        var (_, _, height, width, slant) = Foreground.Moments(intensity);
        var size = (height + width).clamp(min: 0.25);
        return (stack([(width - height) / size, 2 * slant / size], 1), Edges(intensity));
    }

    private static Tensor Edges(Tensor intensity)
    {
        var small = Detail.Shrunk(intensity, Side);
        // Derivatives of a binomial window: their phase follows a turn, which that of plain differences does not.
        var window = tensor([1f, 4, 6, 4, 1]).to(small.device) / 16;
        var slope = tensor([-1f, -2, 0, 2, 1]).to(small.device) / 8;
        Tensor Derivative(Tensor down, Tensor right) =>
            nn.functional.conv2d(nn.functional.conv2d(small, down.view(1, 1, -1, 1), padding: [2, 0]), right.view(1, 1, 1, -1), padding: [0, 2]);
        var (x, y) = (Derivative(window, slope), Derivative(slope, window));
        var square = x.square() + y.square();
        var length = (square + 1e-12).sqrt();
        // (x + iy)^4 / |x + iy|^3.
        var (even, odd) = (x.square() - y.square(), 2 * x * y);
        var cube = length * square.clamp(min: 1e-12);
        var sums = cat([((even.square() - odd.square()) / cube).sum([2, 3]), (2 * even * odd / cube).sum([2, 3])], 1);
        return sums / length.sum([2, 3]).clamp(min: 1e-6);
    }

    private static Tensor Angle(Tensor pair) => atan2(pair.select(1, 1), pair.select(1, 0));

    /// <summary>The angle of the least size that differs by whole periods.</summary>
    private static Tensor Wrapped(Tensor angle, double period) => angle - (period * (angle / period).round());
}
