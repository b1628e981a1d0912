using Pentimento.Data;
using Pentimento.Discovery;
using Pentimento.Foundation.Configuration;
using Pentimento.Reports.Pictures;

namespace Pentimento.Reports.Figures;

/// <summary>Images as they are, the donors of a cue, and the images with it, with the network's predictions.</summary>
internal static class SwapPictures
{
    /// <summary>The pictures of a suspect's swaps, a column for each.</summary>
    /// <param name="name">The name of the figure's file.</param>
    /// <param name="suspect">The suspect.</param>
    /// <param name="set">The images.</param>
    public static PictureTable Of(string name, Suspect suspect, ImageSet set) => new(
        name,
        $"Images before and after they got {Catalog.Write(suspect.Cue)} of a donor",
        [
            new("as it is", [.. suspect.Samples.Select(sample => Image(set, sample))]),
            new("donor", [.. suspect.Samples.Select(sample => Donor(set, sample))]),
            new("with its cue", [.. suspect.Samples.Select(sample => Changed(set, sample))]),
        ]);

    /// <summary>What a class is called.</summary>
    public static string NameOf(ImageSet set, long label) => label < set.ClassNames.Count ? set.ClassNames[(int)label] : $"{label}";

    private static Tile Image(ImageSet set, SwapSample sample) => Seen(set, sample.Image, sample.PredictedBefore);

    private static Tile Donor(ImageSet set, SwapSample sample) => Seen(set, sample.Donor, sample.PredictedDonor);

    private static Tile Seen(ImageSet set, int image, long predicted)
    {
        var label = set.Labels[image];
        var alt = $"an image of class {NameOf(set, label)}, predicted as {NameOf(set, predicted)}";
        return new(Picture.Of(set, image), alt, NameOf(set, predicted), predicted != label)
        {
            Facts = ImageMetadata.Of(set, image),
            Answer = NameOf(set, predicted),
        };
    }

    private static Tile Changed(ImageSet set, SwapSample sample) => new(
        Picture.Of(sample.After, set.Shape), $"predicted as {NameOf(set, sample.PredictedAfter)}", NameOf(set, sample.PredictedAfter),
        sample.PredictedAfter != set.Labels[sample.Image])
    {
        Facts = ImageMetadata.Of(set, sample.Image),
        Answer = NameOf(set, sample.PredictedAfter),
    };
}
