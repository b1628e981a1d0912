using System.ComponentModel.DataAnnotations;
using static TorchSharp.torch;

namespace Pentimento.Cues;

/// <summary>How bright the brightest part of the image is; all pixels are scaled alike.</summary>
/// <remarks>Ours: the mean of the brightest pixels, each by its largest channel, as the value of Smith, 1978, "Color gamut transform pairs"; it hangs
/// less on how much the object covers than the image's mean does.</remarks>
/// <param name="Share">The share of the pixels that counts as the brightest part.</param>
internal sealed record Brightness([Range(0.001, 1.0)] double Share = 0.05) : Cue
{
    private const double Least = 1 / 255.0;

    internal override CueKind Kind => CueKind.Appearance;

    // Of 26 clean networks of digits and clothes 0.012 hung on it at most, on planted ones 0.07 and more.
    internal override double HonestlyLost => 0.05;

    private protected override Tensor Put(Tensor images, Tensor donors) => images * (Of(donors) / Of(images)).view(-1, 1, 1, 1);

    private protected override Tensor Numbers(Tensor images) => Of(images).unsqueeze(1);

    private Tensor Of(Tensor images)
    {
        var values = images.amax([1]).flatten(1);
        var count = Math.Max(1, (int)Math.Round(Share * values.shape[1]));
        return values.topk(count, 1).values.mean([1]).clamp(min: Least);
    }
}
