using Pentimento.Data;
using Pentimento.Evaluation;
using static TorchSharp.torch;

namespace Pentimento.Surgery;

/// <summary>The same digits in each other's colours, made from the pixels alone: no colour label is needed, and none is used.</summary>
/// <remarks>
/// A pixel of a digit painted on black is its light (<see cref="Repainting"/>) times the colour, the largest value of each channel in the image. Colours are dealt anew over all images, so that they say nothing of the digit.
/// </remarks>
public static class ColorShuffle
{
    /// <summary>Every image in the colour of another, drawn at random.</summary>
    /// <exception cref="BadInputException">The images have no colours.</exception>
    public static ImageSet Of(ImageSet set, Seed seed)
    {
        Require.That(set.Shape.Channels == 3, $"{set.Name} has {set.Shape} images; only RGB ones have colours to shuffle.");
        using var scope = NewDisposeScope();
        using var dice = seed.On(CPU);
        var pixels = set.Tensor().to_type(float32);
        var paint = pixels.amax([1, 2], keepdim: true);
        Require.That(!Repainting.HasColoredGround(set.Tensor()), $"{set.Name} lies on coloured ground; only digits painted on black can exchange colours.");
        var light = Repainting.Light(set.Tensor()).unsqueeze(3);
        var dealt = paint.index_select(0, randperm(set.Count, int64, CPU, generator: dice));
        var shuffled = (light * dealt).round().clamp(0, 255).to_type(uint8).contiguous().data<byte>().ToArray();
        return new($"{set.Name}, colours shuffled", shuffled, set.Labels, [], set.Shape);
    }
}
