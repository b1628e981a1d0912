using Pentimento.Data;
using Pentimento.Experiments;
using Pentimento.Reports.Pictures;

namespace Pentimento.Reports.Figures;

/// <summary>Images of which a repaired network predicts something else than before.</summary>
internal static class ChangePictures
{
    /// <summary>The pictures, a column for each, with both predictions.</summary>
    /// <param name="name">The name of the figure's file.</param>
    /// <param name="alt">What they have in common.</param>
    /// <param name="set">The images.</param>
    /// <param name="changes">The images that changed.</param>
    public static PictureTable Of(string name, string alt, ImageSet set, IReadOnlyList<ChangedPrediction> changes) => new(
        name, alt,
        [
            new("as it came", [.. changes.Select(change => Tile(set, change, change.Before))]),
            new("repaired", [.. changes.Select(change => Tile(set, change, change.After))]),
        ]);

    private static Tile Tile(ImageSet set, ChangedPrediction change, long predicted)
    {
        var (label, picture) = (set.Labels[change.Place],
            change.Pixels is { } pixels ? Picture.Of(pixels, set.Shape) : Picture.Of(set, change.Place));
        var (shown, said) = (SwapPictures.NameOf(set, label), SwapPictures.NameOf(set, predicted));
        return new(picture, $"an image of class {shown}, predicted as {said}", said, predicted != label, predicted == label ? "" : $"is {shown}");
    }
}
