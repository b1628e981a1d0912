using Pentimento.Data;
using Pentimento.Evaluation;
using static TorchSharp.torch;

namespace Pentimento.Editing;

/// <summary>Colour permutation augmentation: renders images in each other's colours, from the pixels alone; colour labels are neither needed nor
/// used.</summary>
/// <remarks>
/// A pixel lies between the image's ground and its digit's colour, as far as its intensity says (<see cref="ColorReplacement"/>). Both colours
/// are permuted over all images, always as the pair of
/// one image, so that they are independent of the class and every foreground stays visible.
/// </remarks>
internal static class ColorShuffle
{
    /// <summary>Renders every image in the colours of another, drawn at random.</summary>
    /// <exception cref="BadInputException">The images have no colours.</exception>
    public static ImageSet Of(ImageSet set, Seed seed)
    {
        Require.That(set.Shape.Channels == 3, $"{set.Name} has {set.Shape} images; only RGB ones have colours to shuffle.");
        using var scope = NewDisposeScope();
        using var generator = seed.On(CPU);
        var owners = randperm(set.Count, int64, CPU, generator: generator);
        var shuffled = ColorReplacement.Exchanged(set.Tensor(), owners).data<byte>().ToArray();
        return new($"{set.Name}, colours shuffled", shuffled, set.Labels, [], set.Shape);
    }
}
