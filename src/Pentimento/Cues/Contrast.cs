using static TorchSharp.torch;

namespace Pentimento.Cues;

/// <summary>How far the pixels lie from the image's mean, over all channels together.</summary>
/// <remarks>The root mean square contrast of Peli, 1990, "Contrast in complex images".</remarks>
internal sealed record Contrast : Cue
{
    private const double Least = 1e-3;

    internal override CueKind Kind => CueKind.Appearance;

    internal override int Breadth => 1;

    private protected override Tensor Put(Tensor images, Tensor donors)
    {
        var mean = images.mean([2, 3], keepdim: true);
        return mean + ((images - mean) * (Of(donors) / Of(images)).view(-1, 1, 1, 1));
    }

    private protected override Tensor Numbers(Tensor images) => Of(images).unsqueeze(1);

    private static Tensor Of(Tensor images) =>
        (images - images.mean([2, 3], keepdim: true)).square().mean([1, 2, 3]).sqrt().clamp(min: Least);
}
