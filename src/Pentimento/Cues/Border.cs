using System.ComponentModel.DataAnnotations;
using Pentimento.Data;
using static TorchSharp.torch;

namespace Pentimento.Cues;

/// <summary>The frame of the image: the pixels along its border, without those of an object that reaches there.</summary>
/// <remarks>Ours; frames and tags at the border were the shortcuts of Lapuschkin et al., 2019, "Unmasking Clever Hans predictors and assessing what
/// machines really learn", arXiv:1902.10178.</remarks>
/// <param name="Width">How wide the frame is, in pixels.</param>
internal sealed record Border([Range(1, 1000)] int Width = 1) : Cue
{
    private const int Longest = 28;

    internal override CueKind Kind => CueKind.Beside;

    internal override bool IsBesideObject => true;

    internal override string Place => $"the outermost {(Width == 1 ? "pixel" : $"{Width} pixels")} on every side";

    // Of a wide one every corner is a part.
    internal override int Breadth => Width > 1 ? 1 : 0;

    internal override bool IsPartOf(Cue other) => other is Background or Watermark || (other is Border wider && wider.Width > Width);

    internal override bool Fits(ImageShape shape) => 2 * Width < Math.Min(shape.Height, shape.Width);

    private protected override Tensor Put(Tensor images, Tensor donors) => Put(images, donors, CentralObject.Of(images), CentralObject.Of(donors));

    private protected override Tensor Put(Tensor images, Tensor donors, Tensor cover, Tensor donorCover)
    {
        var frame = ones([1, 1, images.shape[2], images.shape[3]], float32, images.device);
        frame.slice(2, Width, images.shape[2] - Width, 1).slice(3, Width, images.shape[3] - Width, 1).zero_();
        return images + (frame * (CentralObject.Exchanged(images, donors, cover, donorCover) - images));
    }

    private protected override Tensor Numbers(Tensor images) => Numbers(images, CentralObject.Of(images));

    private protected override Tensor Numbers(Tensor images, Tensor cover) => Means(CentralObject.Beside(images, cover));

    private Tensor Means(Tensor images)
    {
        var (height, width) = (images.shape[2], images.shape[3]);
        Tensor Strip(Tensor side, int along) =>
            nn.functional.adaptive_avg_pool1d(side.mean([along == 3 ? 2 : 3]), Math.Min(Longest, images.shape[along])).flatten(1);
        return cat(
            [
                Strip(images.slice(2, 0, Width, 1), 3),
                Strip(images.slice(2, height - Width, height, 1), 3),
                Strip(images.slice(3, 0, Width, 1), 2),
                Strip(images.slice(3, width - Width, width, 1), 2),
            ],
            1);
    }
}
