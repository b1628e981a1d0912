using Pentimento.Data;
using Pentimento.Evaluation;
using static TorchSharp.torch;

namespace Pentimento.Editing;

/// <summary>The same digits in each other's colours, made from the pixels alone: no colour label is needed, and none is used.</summary>
/// <remarks>
/// A pixel lies between the image's ground and its digit's colour, as far as its light says (<see cref="ColorReplacement"/>). Both colours
/// are dealt anew over all images, always as the pair that
/// one image wears, so that they say nothing of the digit and every digit stays visible.
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
        var owners = randperm(set.Count, int64, CPU, generator: dice);
        var shuffled = ColorReplacement.Exchanged(set.Tensor(), owners).data<byte>().ToArray();
        return new($"{set.Name}, colours shuffled", shuffled, set.Labels, [], set.Shape);
    }
}
