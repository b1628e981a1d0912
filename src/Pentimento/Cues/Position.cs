using Pentimento.Foundation.Configuration;
using static TorchSharp.torch;

namespace Pentimento.Cues;

/// <summary>Where in the image the object lies; the object is moved as a whole.</summary>
/// <remarks>Ours; that networks may learn where an object lies is Kayhan and van Gemert, 2020, "On translation invariance in CNNs",
/// arXiv:2003.07064.</remarks>
[Called("place")]
internal sealed record Position : Cue
{
    internal override CueKind Kind => CueKind.Pose;

    private protected override Tensor Put(Tensor images, Tensor donors) =>
        Motion.Sample(images, Motion.Still(images).expand(images.shape[0], -1, -1), Motion.Middle(donors), Motion.Middle(images));

    private protected override Tensor Numbers(Tensor images) =>
        Motion.Middle(images) / Math.Max(images.shape[2], images.shape[3]) * 4;
}
