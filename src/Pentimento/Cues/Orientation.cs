using static TorchSharp.torch;

namespace Pentimento.Cues;

/// <summary>In which direction the object is longest; it is turned about its middle.</summary>
/// <remarks>The axis of Hu, 1962, "Visual pattern recognition by moment invariants".</remarks>
internal sealed record Orientation : Cue
{
    internal override CueKind Kind => CueKind.Pose;

    private protected override Tensor Put(Tensor images, Tensor donors)
    {
        var middle = Motion.Middle(images);
        var difference = Angle(donors) - Angle(images);
        // An axis has no head: of the two turns that bring it there the shorter is taken.
        var turn = difference - (Math.PI * (difference / Math.PI).round());
        var (cosine, sine) = (turn.cos(), turn.sin());
        var matrix = stack([stack([cosine, sine], 1), stack([-sine, cosine], 1)], 1);
        return Motion.Sample(images, matrix, middle, middle);
    }

    private protected override Tensor Numbers(Tensor images)
    {
        var (_, _, height, width, slant) = Foreground.Moments(Foreground.Intensity(images));
        var size = (height + width).clamp(min: 0.25);
        return stack([(width - height) / size, 2 * slant / size], 1);
    }

    private static Tensor Angle(Tensor images)
    {
        var (_, _, height, width, slant) = Foreground.Moments(Foreground.Intensity(images));
        return atan2(2 * slant, width - height) / 2;
    }
}
