using Pentimento.Data;
using Pentimento.Training.Procedures;

namespace Pentimento.Editing;

/// <summary>The images on which units are selected beside the images as they are: those in which the attribute that misleads no longer tells the
/// class.</summary>
internal static class Counterparts
{
    /// <summary>As many images as the set has.</summary>
    /// <param name="set">Training images.</param>
    /// <param name="attribute">The attribute that misleads; null for colour, which is shuffled among the images and needs no labels.</param>
    /// <param name="seed">Decides which.</param>
    /// <returns>
    /// The same images in each other's colours; or, of an attribute that cannot be painted, images drawn so that every group, a class with one
    /// value, is met equally often.
    /// </returns>
    /// <exception cref="BadInputException">The set does not have the attribute.</exception>
    public static ImageSet Of(ImageSet set, string? attribute, Seed seed)
    {
        if (attribute is null) return ColorShuffle.Of(set, seed);
        var weights = GroupBalanced.Weights(set, attribute);
        var sum = weights.Sum();
        var (places, reached, at) = (new List<int>(set.Count), 0.0, 0);
        var start = new SplitMix64(seed).Below(1 << 20) / (double)(1 << 20);
        // Systematic sampling: evenly spaced points behind one random start.
        for (var image = 0; image < set.Count; image++)
        {
            reached += weights[image] / sum * set.Count;
            for (; at + start < reached && at < set.Count; at++) places.Add(image);
        }

        while (places.Count < set.Count) places.Add(set.Count - 1);
        return set.Pick(places);
    }
}
