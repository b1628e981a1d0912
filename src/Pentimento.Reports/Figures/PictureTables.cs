using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Reports.Pictures;
using Pentimento.Reports.Runs;

namespace Pentimento.Reports.Figures;

/// <summary>The picture tables of a run and of the operations that are a part of it.</summary>
internal static class PictureTables
{
    /// <summary>Images, and below each the evidence of the networks for their predictions.</summary>
    /// <param name="explained">The images and the maps.</param>
    /// <param name="paint">Lays a map over a picture: <see cref="EvidenceColors.Over(Picture, float[])"/> or
    /// <see cref="SignedEvidenceColors.Over(Picture, float[])"/>.</param>
    public static PictureTable EvidenceMaps(ExplainedImages explained, Func<Picture, float[], Picture> paint)
    {
        var images = explained.Images;
        var rows = new List<PictureRow>
        {
            new("image", [.. Enumerable.Range(0, images.Count).Select(at => Plain(images, at))]),
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

    /// <summary>Images, and below each the evidence of the networks, each on a scale of its own: a network of small logits is seen as well.</summary>
    public static PictureTable OwnScales(ExplainedImages explained)
    {
        var tables = explained.Networks.Select(network =>
        {
            var heat = EvidenceColors.Over(network.Maps);
            var titled = network with { Network = $"{network.Network}\nfull colour {Numbers.Decimal(heat.Full, 2)}" };
            return EvidenceMaps(explained with { Networks = [titled] }, heat.Over);
        }).ToList();
        var names = string.Join(" and ", explained.Networks.Select(network => $"the {network.Network} network"));
        return new(
            $"look-own-{explained.Images.Name}", $"Evidence maps of {names} on images of {explained.Images.Name}, each on its own scale.",
            [tables[0].Rows[0], .. tables.SelectMany(table => table.Rows.Skip(1))]);
    }

    /// <summary>Images before and after an attack, and what it changed.</summary>
    public static PictureTable Attack(AttackExamples attacked)
    {
        var images = attacked.Images;
        var places = Enumerable.Range(0, images.Count).ToList();
        var full = places.Select(at => Perturbation.Largest(Picture.Of(images, at), attacked.Perturbed[at])).DefaultIfEmpty().Max();
        var (criterion, text) = attacked.Target is { } target ? ($"to-{target}", $"the prediction {target}") : ("any", "any wrong prediction");
        return new(
            $"attack-{attacked.Network}-{criterion}",
            $"Images before and after an attack on the {attacked.Network} network whose criterion is {text}.",
            [
                new("before", [.. places.Select(at => Predicted(images, at, Picture.Of(images, at), "before", attacked.Before[at]))]),
                new(
                    "after",
                    [
                        .. places.Select(at =>
                            Predicted(images, at, Perturbation.After(Picture.Of(images, at), attacked.Perturbed[at]), "after", attacked.After[at])),
                    ]),
                new(
                    $"change\nwhite +{Numbers.Decimal(full, 3)}\nblack −{Numbers.Decimal(full, 3)}",
                    [.. places.Select(at => Changed(images.Labels[at], Perturbation.Signed(Picture.Of(images, at), attacked.Perturbed[at], full)))]),
            ]);
    }

    private static Tile Plain(ImageSet images, int at)
    {
        var name = SwapPictures.NameOf(images, images.Labels[at]);
        return new(Picture.Of(images, at), $"a {name}", $"a {name}") { Facts = ImageMetadata.Of(images, at) };
    }

    private static Tile EvidenceMap(ExplainedImages explained, Explanations network, int at, Func<Picture, float[], Picture> paint)
    {
        var (label, predicted, map) = (explained.Images.Labels[at], network.Predicted[at], network.Maps[at]);
        var wrong = predicted != label;
        var empty = map.All(value => value <= 0);
        var alt = $"{network.Network.Split('\n')[0]} network on a {label}: predicts {predicted}{(wrong ? ", wrong" : "")}"
            + $"{(empty ? ", no positive evidence" : "")}";
        return new(paint(Picture.Of(explained.Images, at), map), alt, $"{predicted}", wrong, empty ? "no positive evidence" : "")
        {
            Facts = ImageMetadata.Of(explained.Images, at),
            Answer = $"{predicted}",
        };
    }

    private static Tile Predicted(ImageSet images, int at, Picture picture, string when, long predicted) =>
        new(picture, $"a {images.Labels[at]} {when} the attack, predicted as {predicted}", $"{predicted}", predicted != images.Labels[at])
        {
            Facts = ImageMetadata.Of(images, at),
            Answer = $"{predicted}",
        };

    private static Tile Changed(long label, Picture picture) => new(picture, $"what the attack changed on a {label}", "");
}
