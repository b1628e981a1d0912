using Pentimento.Cues;
using static TorchSharp.torch;

namespace Pentimento.Tests.Cues;

/// <summary>Whether the left or the right half is the brighter.</summary>
/// <remarks>Ours.</remarks>
internal sealed record Balance : Cue
{
    // The donor's difference of the halves, spread over the image.
    private protected override Tensor Put(Tensor images, Tensor donors)
    {
        var ramp = linspace(-1, 1, images.shape[3], device: images.device);
        return images + ((Of(donors) - Of(images)).view(-1, 1, 1, 1) * ramp);
    }

    private protected override Tensor Numbers(Tensor images) => Of(images).unsqueeze(1);

    private static Tensor Of(Tensor images)
    {
        var half = images.shape[3] / 2;
        return images.slice(3, half, images.shape[3], 1).mean([1, 2, 3]) - images.slice(3, 0, half, 1).mean([1, 2, 3]);
    }
}
