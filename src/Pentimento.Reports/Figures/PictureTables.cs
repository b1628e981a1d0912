using Pentimento.Reports.Pictures;
using Pentimento.Reports.Runs;

namespace Pentimento.Reports.Figures;

/// <summary>The picture tables of a run and of the operations that are a part of it.</summary>
internal static class PictureTables
{
    /// <summary>Images, and below each the evidence of the networks for their predictions.</summary>
    /// <param name="explained">The images and the maps.</param>
    /// <param name="paint">Lays a map over a picture: <see cref="Heat.Over(Picture, float[])"/> or
    /// <see cref="SignedHeat.Over(Picture, float[])"/>.</param>
    public static PictureTable EvidenceMaps(ExplainedImages explained, Func<Picture, float[], Picture> paint)
    {
        var images = explained.Images;
        var rows = new List<PictureRow>
        {
            new("image", [.. Enumerable.Range(0, images.Count).Select(at => Plain(Picture.Of(images, at), images.Labels[at]))]),
        };
        rows.AddRange(
            explained.Networks.Select(network => new PictureRow(
                network.Network,
                [.. network.Maps.Select((map, at) => EvidenceMap(explained, network, at, paint))])));
        return new(
            $"look-{images.Name}",
            $"Evidence maps of {string.Join(" and ", explained.Networks.Select(network => $"the {network.Network} network"))} "
                + $"on images of {images.Name}.",
            rows);
    }

    /// <summary>Images before and after an attack, and what it changed.</summary>
    public static PictureTable Attack(AttackExamples attacked)
    {
        var images = attacked.Images;
        var places = Enumerable.Range(0, images.Count).ToList();
        var (criterion, text) = attacked.Target is { } target ? ($"to-{target}", $"the prediction {target}") : ("any", "any wrong prediction");
        return new(
            $"attack-{attacked.Network}-{criterion}",
            $"Images before and after an attack on the {attacked.Network} network whose criterion is {text}.",
            [
                new("before", [.. places.Select(at => Predicted(Picture.Of(images, at), "before", images.Labels[at], attacked.Before[at]))]),
                new(
                    "after",
                    [
                        .. places.Select(at =>
                            Predicted(Change.After(Picture.Of(images, at), attacked.Perturbed[at]), "after", images.Labels[at], attacked.After[at])),
                    ]),
                new(
                    $"change × {Change.Amplification}",
                    [.. places.Select(at => Changed(images.Labels[at], Change.Amplified(Picture.Of(images, at), attacked.Perturbed[at])))]),
            ]);
    }

    private static Tile Plain(Picture picture, long label) => new(picture, $"a {label}", $"a {label}");

    private static Tile EvidenceMap(ExplainedImages explained, Explanations network, int at, Func<Picture, float[], Picture> paint)
    {
        var (label, predicted, map) = (explained.Images.Labels[at], network.Predicted[at], network.Maps[at]);
        var wrong = predicted != label;
        var empty = map.All(value => value <= 0);
        var alt = $"{network.Network} network on a {label}: predicts {predicted}{(wrong ? ", wrong" : "")}{(empty ? ", no positive evidence" : "")}";
        return new(paint(Picture.Of(explained.Images, at), map), alt, $"{predicted}", wrong, empty ? "no positive evidence" : "");
    }

    private static Tile Predicted(Picture picture, string when, long label, long predicted) =>
        new(picture, $"a {label} {when} the attack, predicted as {predicted}", $"{predicted}", predicted != label);

    private static Tile Changed(long label, Picture picture) => new(picture, $"what the attack changed on a {label}", "");
}
