using Pentimento.Attacks;
using Pentimento.Reports.Pictures;

namespace Pentimento.Reports.Figures;

/// <summary>Samples of an attack as tiles of a table of pictures.</summary>
internal static class AttackTiles
{
    /// <summary>What comes before the title of a row; nothing for a network without a name.</summary>
    public static string Label(this AttackSamples samples) => samples.Network.Length == 0 ? "" : $"{samples.Network}: ";

    /// <summary>One tile for each image.</summary>
    /// <param name="samples">The images.</param>
    /// <param name="draw">Draws an image, given the picture before and its place.</param>
    /// <param name="predicted">The class to write below each; null for none.</param>
    public static IReadOnlyList<Tile> Tiles(this AttackSamples samples, Func<Picture, int, Picture> draw, long[]? predicted = null)
    {
        var images = samples.Images;
        return [.. Enumerable.Range(0, images.Count).Select(at =>
        {
            var below = predicted is null ? "" : $"{predicted[at]}";
            var wrong = predicted is not null && predicted[at] != images.Labels[at];
            return new Tile(draw(Picture.Of(images, at), at), $"a {images.Labels[at]} {below}".Trim(), below, wrong)
            {
                Facts = ImageMetadata.Of(images, at),
                Answer = below,
            };
        })];
    }
}
