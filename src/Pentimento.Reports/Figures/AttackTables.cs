using Pentimento.Attacks;
using Pentimento.Evaluation;
using Pentimento.Reports.Pictures;

namespace Pentimento.Reports.Figures;

/// <summary>The pictures of an attack on one network or several: what it changed, and the networks' gradients and evidence.</summary>
internal static class AttackTables
{
    /// <summary>The images, and for each network the attacked ones, the size of the change and the change with its sign.</summary>
    public static PictureTable Changes(string name, IReadOnlyList<AttackSamples> networks)
    {
        var full = Largest(networks);
        return new(
            name, $"Images before and after an attack on {Names(networks)}, and what was changed.",
            [
                Originals(networks[0]),
                .. networks.SelectMany(images => new PictureRow[]
                {
                    new(
                        $"{images.Label()}after the attack",
                        images.Tiles((before, at) => Perturbation.After(before, images.Perturbed[at]), images.After)),
                    Sizes(images, full),
                    new(
                        $"{images.Label()}change\nwhite +{Text(full)}\nblack −{Text(full)}",
                        images.Tiles((before, at) => Perturbation.Signed(before, images.Perturbed[at], full))),
                }),
            ]);
    }

    /// <summary>For each network: the gradient of the loss before and after beside the change, and Grad-CAM before and after.</summary>
    public static PictureTable Gradients(string name, IReadOnlyList<AttackSamples> networks)
    {
        var (full, heat) = (Largest(networks),
            EvidenceColors.Over(networks.SelectMany(images => images.EvidenceBefore.Concat(images.EvidenceAfter))));
        string Scaled(string title) => $"{title}\nfull colour {Numbers.Decimal(heat.Full, 2)}";
        return new(
            name,
            $"Gradients and Grad-CAM of {Names(networks)} before and after an attack.",
            [
                Originals(networks[0]),
                .. networks.SelectMany(images => new PictureRow[]
                {
                    new($"{images.Label()}gradient before\nown scale", images.Tiles((before, at) => Alone(before, images.GradientBefore[at]))),
                    Sizes(images, full),
                    new($"{images.Label()}gradient after\nown scale", images.Tiles((before, at) => Alone(before, images.GradientAfter[at]))),
                    new(
                        Scaled($"{images.Label()}Grad-CAM before"),
                        images.Tiles((before, at) => heat.Over(before, images.EvidenceBefore[at]), images.Before)),
                    new(
                        Scaled($"{images.Label()}Grad-CAM after"),
                        images.Tiles((before, at) => heat.Over(before, images.EvidenceAfter[at]), images.After)),
                }),
            ]);
    }

    /// <summary>Everything about one network.</summary>
    public static PictureTable Whole(AttackSamples images)
    {
        var (changes, gradients) = (Changes("attack", [images]), Gradients("attack", [images]));
        return changes with { Rows = [.. changes.Rows, .. gradients.Rows.Skip(1).Where(row => changes.Rows.All(other => other.Title != row.Title))] };
    }

    private static PictureRow Sizes(AttackSamples images, double full) => new(
        $"{images.Label()}|change|\nbrightest {Text(full)}", images.Tiles((before, at) => Perturbation.Absolute(before, images.Perturbed[at], full)));

    private static double Largest(IReadOnlyList<AttackSamples> networks) => networks
        .SelectMany(images => images.Perturbed.Select((perturbed, at) => Perturbation.Largest(Picture.Of(images.Images, at), perturbed)))
        .DefaultIfEmpty().Max();

    private static string Text(double change) => Numbers.Decimal(change, 3);

    private static string Names(IReadOnlyList<AttackSamples> networks) =>
        string.Join(" and ", networks.Select(images => $"the network {images.Network}"));

    private static PictureRow Originals(AttackSamples images) =>
        new("original", images.Tiles((before, _) => before, predicted: images.Images.Labels));

    /// <summary>A map on black, its own largest value brightest: gradients of confident and other predictions differ by powers of ten.</summary>
    private static Picture Alone(Picture before, float[] map) =>
        EvidenceColors.Over([map]).Over(before with { Pixels = new byte[before.Pixels.Length] }, map);
}
