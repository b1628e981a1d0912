using Pentimento.Attacks;
using Pentimento.Reports.Pictures;

namespace Pentimento.Reports.Figures;

/// <summary>The pictures of an attack on one network or several: what it changed, and what the networks are sensitive to and look at.</summary>
internal static class AttackTables
{
    /// <summary>The images, and for each network the attacked ones, the size of the change and the change with its sign.</summary>
    public static PictureTable Changes(string name, IReadOnlyList<AttackSamples> networks) => new(
        name, $"Images before and after an attack on {Names(networks)}, and what was changed.",
        [
            Originals(networks[0]),
            .. networks.SelectMany(images => new PictureRow[]
            {
                new($"{images.Label()}after", images.Tiles((before, at) => Change.After(before, images.Perturbed[at]), predicted: images.After)),
                new($"{images.Label()}|change| × {Change.Magnification}", images.Tiles((before, at) => Change.Absolute(before, images.Perturbed[at]))),
                new($"{images.Label()}change × {Change.Amplification}", images.Tiles((before, at) => Change.Amplified(before, images.Perturbed[at]))),
            }),
        ]);

    /// <summary>For each network: the gradient of the loss before and after beside the change, and Grad-CAM before and after.</summary>
    public static PictureTable Gradients(string name, IReadOnlyList<AttackSamples> networks) =>
        new(
            name,
            $"What {Names(networks)} are sensitive to and look at before and after an attack.",
            [
                Originals(networks[0]),
                .. networks.SelectMany(images =>
                    new PictureRow[]
                    {
                        new($"{images.Label()}gradient before", images.Tiles((before, at) => Alone(before, images.GradientBefore[at]))),
                        new(
                            $"{images.Label()}|change| × {Change.Magnification}",
                            images.Tiles((before, at) => Change.Absolute(before, images.Perturbed[at]))),
                        new($"{images.Label()}gradient after", images.Tiles((before, at) => Alone(before, images.GradientAfter[at]))),
                        new(
                            $"{images.Label()}Grad-CAM before",
                            images.Tiles(
                                (before, at) => Heat.Over([images.EvidenceBefore[at]]).Over(before, images.EvidenceBefore[at]),
                                predicted: images.Before)),
                        new(
                            $"{images.Label()}Grad-CAM after",
                            images.Tiles(
                                (before, at) => Heat.Over([images.EvidenceAfter[at]]).Over(before, images.EvidenceAfter[at]),
                                predicted: images.After)),
                    }
                ),
            ]);

    /// <summary>Everything about one network.</summary>
    public static PictureTable Whole(AttackSamples images)
    {
        var (changes, gradients) = (Changes("attack", [images]), Gradients("attack", [images]));
        return changes with { Rows = [.. changes.Rows, .. gradients.Rows.Skip(1).Where(row => changes.Rows.All(other => other.Title != row.Title))] };
    }

    private static string Names(IReadOnlyList<AttackSamples> networks) =>
        string.Join(" and ", networks.Select(images => $"the network {images.Network}"));

    private static PictureRow Originals(AttackSamples images) => new("original", images.Tiles((before, _) => before, predicted: images.Images.Labels));

    /// <summary>A map on black, its own largest value brightest: gradients of sure and unsure answers differ by powers of ten.</summary>
    private static Picture Alone(Picture before, float[] map) => Heat.Over([map]).Over(before with { Pixels = new byte[before.Pixels.Length] }, map);
}
