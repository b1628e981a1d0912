using static TorchSharp.torch;

namespace Pentimento.Cues;

/// <summary>How the whole image was taken, whatever it shows: its ground, how bright it is, and how sharp, all at once.</summary>
/// <remarks>
/// The statistics of an image as its style are Huang and Belongie, 2017, "Arbitrary style transfer in real-time with adaptive instance
/// normalization", arXiv:1703.06868, there of features, here of pixels and waves. Images of one class that came from another camera differ in
/// all of these, and a network may follow them together that follows none of them alone: Zech et al., 2018, "Variable generalization performance
/// of a deep learning model to detect pneumonia in chest radiographs". Mean and deviation are not exchanged: they hang on how much an object
/// covers, and an image with those of a large one gets a ground that no image has.
/// </remarks>
internal sealed record Style : Cue
{
    private static readonly Cue[] All = [new Background(), new Brightness(), new Sharpness()];

    internal override CueKind Kind => CueKind.Manner;

    internal override int Breadth => 3;

    internal override IReadOnlyList<Cue> Parts => All;

    private protected override Tensor Put(Tensor images, Tensor donors) =>
        All.Aggregate(images, (changed, part) => part.Swap(changed, donors));

    private protected override Tensor Put(Tensor images, Tensor donors, Tensor cover, Tensor donorCover) =>
        All.Aggregate(images, (changed, part) => part.Swap(changed, donors, cover, donorCover));

    private protected override Tensor Numbers(Tensor images) => cat([.. All.Select(part => part.Read(images))], 1);

    private protected override Tensor Numbers(Tensor images, Tensor cover) => cat([.. All.Select(part => part.Read(images, cover))], 1);
}
