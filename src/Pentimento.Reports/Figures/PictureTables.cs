using Pentimento.Reports.Pictures;
using Pentimento.Reports.Runs;

namespace Pentimento.Reports.Figures;

/// <summary>The picture tables of the story, and of the verbs that tell a part of it.</summary>
public static class PictureTables
{
    /// <summary>Images, and below each where the networks find evidence for their answers.</summary>
    /// <param name="explained">The images and the maps.</param>
    /// <param name="paint">Lays a map over a picture: <see cref="Heat.Over(Picture, float[])"/> or
    /// <see cref="SignedHeat.Over(Picture, float[])"/>.</param>
    public static PictureTable Looks(ExplainedImages explained, Func<Picture, float[], Picture> paint)
    {
        var images = explained.Images;
        var rows = new List<PictureRow>
        {
            new("image", [.. Enumerable.Range(0, images.Count).Select(at => Plain(Picture.Of(images, at), images.Labels[at]))]),
        };
        rows.AddRange(
            explained.Networks.Select(network => new PictureRow(
                network.Network,
                [.. network.Maps.Select((map, at) => Look(explained, network, at, paint))])));
        return new(
            $"look-{images.Name}",
            $"Evidence maps of {string.Join(" and ", explained.Networks.Select(network => $"the {network.Network} network"))} on images of {images.Name}.",
            rows);
    }

    /// <summary>Images before and after an attack, and what it changed.</summary>
    public static PictureTable Attack(AttackExamples attacked)
    {
        var images = attacked.Images;
        var places = Enumerable.Range(0, images.Count).ToList();
        var aim = attacked.Target is { } target ? $"to-{target}" : "any";
        return new(
            $"attack-{attacked.Network}-{aim}",
            $"Images before and after an attack on the {attacked.Network} network that wants {(attacked.Target is { } wanted ? $"the answer {wanted}" : "any wrong answer")}.",
            [
                new("before", [.. places.Select(at => Answered(Picture.Of(images, at), "before", images.Labels[at], attacked.Before[at]))]),
                new(
                    "after",
                    [
                        .. places.Select(at =>
                            Answered(Change.After(Picture.Of(images, at), attacked.Perturbed[at]), "after", images.Labels[at], attacked.After[at])),
                    ]),
                new(
                    $"change × {Change.Amplification}",
                    [.. places.Select(at => Changed(images.Labels[at], Change.Amplified(Picture.Of(images, at), attacked.Perturbed[at])))]),
            ]);
    }

    private static Tile Plain(Picture picture, long label) => new(picture, $"a {label}", $"a {label}");

    private static Tile Look(ExplainedImages explained, Explanations network, int at, Func<Picture, float[], Picture> paint)
    {
        var (label, answer, map) = (explained.Images.Labels[at], network.Answers[at], network.Maps[at]);
        var wrong = answer != label;
        var empty = map.All(value => value <= 0);
        var alt = $"{network.Network} network on a {label}: answers {answer}{(wrong ? ", wrong" : "")}{(empty ? ", no positive evidence" : "")}";
        return new(paint(Picture.Of(explained.Images, at), map), alt, $"{answer}", wrong, empty ? "no positive evidence" : "");
    }

    private static Tile Answered(Picture picture, string when, long label, long answer) =>
        new(picture, $"a {label} {when} the attack, answered {answer}", $"{answer}", answer != label);

    private static Tile Changed(long label, Picture picture) => new(picture, $"what the attack changed on a {label}", "");
}
