using static TorchSharp.torch;

namespace Pentimento.Cues;

/// <summary>How large the object is; it is scaled about its middle.</summary>
/// <remarks>Ours; the root of the mean square distance from the object's middle, as in Hu, 1962, "Visual pattern recognition by moment
/// invariants".</remarks>
internal sealed record Size : Cue
{
    private const double Most = 3;

    internal override CueKind Kind => CueKind.Manner;

    // An elephant is larger than a mouse.
    private protected override Tensor Put(Tensor images, Tensor donors)
    {
        var middle = Motion.Middle(images);
        var ratio = (Of(images) / Of(donors)).clamp(1 / Most, Most).view(-1, 1, 1);
        return Motion.Sample(images, Motion.Still(images) * ratio, middle, middle);
    }

    private protected override Tensor Numbers(Tensor images) => Of(images).unsqueeze(1) / Math.Max(images.shape[2], images.shape[3]) * 4;

    private static Tensor Of(Tensor images)
    {
        var (_, _, height, width, _) = Foreground.Moments(Foreground.Intensity(images));
        return (height + width).sqrt().clamp(min: 0.5);
    }
}
